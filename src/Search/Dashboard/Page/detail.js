// The panel beside the charts: one network, or one decision; the recommendation while nothing is picked.

import { el } from './dom.js';
import { decisionDetail } from './decision.js';
import { trialDetail } from './trial.js';

export function detailPanel(known) {
  const element = el('div', { class: 'detail' });
  let shown = null;
  let before = null;

  function show() {
    const wanted = known.selected ?? (known.picture.chosen ? { kind: 'trial', number: known.picture.chosen, isDefault: true } : null);
    const key = JSON.stringify(wanted);
    element.classList.toggle('picked', known.selected !== null);
    if (shown?.key !== key) {
      shown?.stop?.();
      shown = wanted && { key, ...(wanted.kind === 'trial' ? trialDetail : decisionDetail)(known, wanted.number, wanted.isDefault) };
      element.replaceChildren(...(shown ? [shown.element] : []));
    }
    shown?.update();
  }

  return {
    element,
    update: show,
    /** Another one was picked: the reader's focus follows, and goes back when the panel is closed. */
    select() {
      const origin = document.activeElement;
      const wasInside = element.contains(origin);
      show();
      if (known.selected) {
        if (!wasInside && origin !== document.body) {
          before = origin;
        }
        element.querySelector('h2')?.focus({ preventScroll: true });
      } else if (before?.isConnected) {
        before.focus({ preventScroll: true });
      }
    },
  };
}
