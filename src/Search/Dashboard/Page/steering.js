// What an admin can do with a search: pause, resume, top up, extend, cancel.

import { post } from './api.js';
import { el, setAttribute, setText } from './dom.js';
import { isAdmin, onReader } from './session.js';

const defaults = { epochs: '20epochs', jobs: '10jobs', seconds: '1h' };

/** @param {(view: object) => void} changed takes over the search as it is after a request */
export function steering(known, changed) {
  const problem = el('p', { class: 'fault', role: 'alert', hidden: true });
  const pause = button('Pause', 'pause', () => ask('pause'));
  const resume = button('Resume', 'resume', () => ask('resume'));
  const cancel = button('Cancel…', 'cancel', () => confirmation.showModal());
  const raise = raising(by => ask(isOver() ? 'extend' : 'top-up', { by }));
  const confirmation = cancelling(() => ask('cancel'));
  const element = el('div', { class: 'actions', role: 'group', 'aria-label': 'Steer this search', hidden: true },
    pause, resume, raise.element, cancel, confirmation);
  const all = [pause, resume, cancel, raise.button];
  const forget = onReader(update);
  let isBusy = false;
  const isOver = () => ['completed', 'cancelled'].includes(known.view.state);

  async function ask(verb, body) {
    if (isBusy) {
      return;
    }
    setBusy(true);
    problem.hidden = true;
    delete problem.dataset.test;
    try {
      changed(await post(`searches/${encodeURIComponent(known.id)}/${verb}`, body));
    } catch (refusal) {
      problem.hidden = false;
      problem.dataset.test = 'problem';
      setText(problem, refusal.message);
    } finally {
      setBusy(false);
    }
  }

  // Not disabled: that would take the focus away.
  function setBusy(value) {
    isBusy = value;
    all.forEach(one => setAttribute(one, 'aria-disabled', value ? 'true' : null));
  }

  function update() {
    element.hidden = !isAdmin() || !known.view;
    if (!known.view) {
      return;
    }
    const { state } = known.view;
    const hadFocus = element.contains(document.activeElement);
    pause.hidden = state !== 'running';
    resume.hidden = state !== 'paused' && state !== 'failed';
    cancel.hidden = state !== 'running' && state !== 'paused';
    raise.element.hidden = state === 'failed';
    raise.offer(known.view, isOver());

    // The button that was pressed may be gone: its counterpart takes the focus.
    if (hadFocus && (document.activeElement === document.body || document.activeElement.closest('[hidden]'))) {
      (pause.hidden ? resume.hidden ? raise.button : resume : pause).focus();
    }
  }

  return { element, problem, update, stop: forget };
}

const button = (title, test, click) => el('button', { type: 'button', test, on: { click } }, title);

/** An input for more budget with its button; a search that has ended goes on with it. */
function raising(raise) {
  const input = el('input', { test: 'top-up-by', 'aria-label': 'More budget', autocomplete: 'off', spellcheck: 'false', size: '9' });
  const submit = el('button', { type: 'submit', test: 'top-up' }, 'Top up');
  const form = el('form', { class: 'joined', on: { submit: event => { event.preventDefault(); raise(input.value.trim()); } } }, input, submit);
  return {
    element: form,
    button: submit,
    offer(view, isOver) {
      setText(submit, isOver ? 'Extend' : 'Top up');
      submit.dataset.test = isOver ? 'extend' : 'top-up';
      input.dataset.test = `${submit.dataset.test}-by`;
      if (input.value === '' && document.activeElement !== input) {
        input.value = defaults[view.budget.unit] ?? '';
      }
    },
  };
}

/** Asks before a search is ended. */
function cancelling(cancel) {
  const dialog = el('dialog', { 'aria-labelledby': 'cancelling', test: 'cancel-dialog' },
    el('h2', { id: 'cancelling' }, 'Cancel this search?'),
    el('p', {}, 'It ends at once with what it has; running jobs are given up and nothing is verified on the test split. It can be extended later.'),
    el('p', { class: 'actions' },
      button('Keep it running', 'cancel-keep', () => dialog.close()),
      el('button', { type: 'button', class: 'danger', test: 'cancel-confirm', on: { click: () => { dialog.close(); cancel(); } } }, 'Cancel the search')));
  return dialog;
}
