// Levels as coloured cells from the first layer to the last, as in the thesis's Table 1. Every cell carries its digit.

import { el } from './dom.js';

const nouns = { bits: ['bits'], harmonics: ['harmonics'], both: ['bits', 'harmonics'] };

/** The levels of a text such as 66554433; of one with two curves such as 6655/3322 one above the other. */
export function strip(text, subject = 'bits') {
  if (!text) {
    return el('span', { class: 'muted' }, '32-bit floating point');
  }
  const parts = text.split('/');
  return el('span', { class: parts.length > 1 ? 'strips both' : 'strips', test: 'strip' }, parts.map((part, index) =>
    el('span', { class: 'strip', role: 'img', 'aria-label': `${(nouns[subject] ?? nouns.bits)[index] ?? 'levels'} ${[...part].join(' ')}` },
      [...part].map(cell))));
}

/** One level. */
export const cell = level => el('b', { class: `b${level}` }, String(level));

/** What one step of a level is called. */
export const levelNoun = subject => ({ harmonics: 'harmonics', both: 'bits / harmonics' })[subject] ?? 'bits';
