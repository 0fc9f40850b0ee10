// What several views show alike.

import { el, newId } from './dom.js';
import { percent, words } from './format.js';

/** What the user calls a search, or else its id. */
export const nameOf = search => search.name || search.id;

const states = { running: '●', paused: '❚❚', completed: '✓', cancelled: '■', failed: '✕', online: '●', lost: '✕', left: '○' };

/** State in a word with a sign, and the phase of a search that is on its way. */
export function chip(search) {
  const phase = search.state === 'running' && search.phase ? words(search.phase) : null;
  return el('span', { class: `chip ${search.state}`, test: 'state' },
    el('span', { class: 'sign', 'aria-hidden': 'true' }, states[search.state] ?? ''), search.state,
    phase && phase !== 'searching' ? el('span', { class: 'muted' }, `, ${phase}`) : null);
}

/** A bar of 0 to 1. */
export function bar(share, label) {
  const fill = el('span', { class: 'fill' });
  const element = el('span', { class: 'bar', role: 'progressbar', 'aria-label': label, 'aria-valuemin': '0', 'aria-valuemax': '100' }, fill);
  setBar(element, share);
  return element;
}

export function setBar(element, share) {
  const per = Math.round(1000 * Math.min(1, Math.max(0, share || 0))) / 10;
  element.setAttribute('aria-valuenow', String(Math.round(per)));
  element.setAttribute('aria-valuetext', percent(per / 100, 0));
  element.firstElementChild.style.width = `${per}%`;
}

/** A labelled input of a form, with a place for what is wrong with it and a word of help. */
export function field(label, input, help) {
  const id = newId('field');
  const fault = el('span', { class: 'fault', id: `${id}-fault`, role: 'alert' });
  input.id = id;
  input.setAttribute('aria-describedby', `${id}-help ${id}-fault`);
  return el('div', { class: 'field' }, el('label', { for: id }, label), input,
    el('span', { class: 'muted help', id: `${id}-help` }, help ?? ''), fault);
}

/** Shows what is wrong with an input; with no text, that nothing is. */
export function setFault(input, text) {
  const fault = input.closest('.field').querySelector('.fault');
  fault.textContent = text ?? '';
  if (text) {
    fault.dataset.test = 'problem';
    input.setAttribute('aria-invalid', 'true');
  } else {
    delete fault.dataset.test;
    input.removeAttribute('aria-invalid');
  }
}

/** Hands a file to the reader's downloads. */
export function download(name, content, type) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = el('a', { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** The head of a panel of details with its way out. */
export const detailHead = (known, title, isDefault) => el('div', { class: 'headline' },
  el('h2', { tabindex: '-1' }, title),
  isDefault ? null : el('a', { class: 'button small', href: `#/search/${known.id}`, test: 'close-detail', 'aria-label': 'Close details' }, 'Close'));
