// Asks for a token. It stays in this tab's memory and never becomes part of an address.

import { el, setText } from './dom.js';
import { setToken } from './session.js';

/** @param {(token: string) => Promise<void>} enter throws when the server does not take it */
export function tokenView(reason, enter) {
  const problem = el('p', { class: 'fault', role: 'alert', test: 'problem', id: 'token-problem' }, reason ?? '');
  const input = el('input', {
    id: 'token', name: 'token', type: 'password', autocomplete: 'off', spellcheck: 'false', required: true, test: 'token',
    'aria-describedby': 'token-problem', placeholder: 'bc_…',
  });
  const submit = el('button', { type: 'submit', class: 'primary', test: 'token-submit' }, 'Open');
  const form = el('form', { class: 'panel form', on: { submit: async event => {
    event.preventDefault();
    submit.disabled = true;
    try {
      await enter(input.value.trim());
    } catch (refusal) {
      setToken(null);
      setText(problem, refusal.status === 401 ? 'The server does not know this token.'
        : refusal.status === 403 ? 'This token is for workers: it does not open the dashboard. Expected one of an admin or a viewer.'
          : refusal.message);
      input.focus();
      input.select();
    } finally {
      submit.disabled = false;
    }
  } } },
  el('label', { for: 'token' }, 'Token'), input, problem, el('p', {}, submit));
  return {
    title: 'Token',
    element: el('div', { class: 'page narrow' },
      el('h1', { tabindex: '-1' }, 'This server asks for a token'),
      el('p', {}, 'Make one where the server runs: ', el('code', {}, 'bitcurve token create --role viewer'),
        '. A viewer may look, an admin may also begin and steer searches.'),
      form),
  };
}
