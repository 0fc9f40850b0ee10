// One decision: why this one, and what it was preferred to.

import { numbered } from './api.js';
import { el, facts, fill } from './dom.js';
import { metricOf, none, plural, short, span, words } from './format.js';
import { report } from './live.js';
import { detailHead } from './parts.js';
import { strip } from './strip.js';
import { plainTable } from './table.js';

export function decisionDetail(known, number) {
  const body = el('div', {}, el('p', { class: 'muted' }, '…'));
  const element = el('section', { test: 'decision', 'data-decision': String(number), 'aria-label': `Decision ${number}` },
    detailHead(known, `Why decision ${number}?`), body);
  let isOver = false;
  let decision = null;
  let job = null;

  async function ask() {
    const path = `searches/${encodeURIComponent(known.id)}`;
    decision ??= await numbered(`${path}/decisions`, number);
    if (decision && (!job || ['queued', 'leased'].includes(job.state))) {
      job = await numbered(`${path}/jobs`, decision.jobId);
    }
    if (!isOver) {
      show();
    }
  }

  function show() {
    const last = known.decisions.at(-1)?.id ?? 0;
    fill(body, JSON.stringify([decision?.id, job?.state, job?.epochsDone, last > number]), () => decision
      ? parts(known, decision, job, last)
      : [el('p', {}, 'The search has no decision of this number.')]);
  }

  return { element, update: () => { ask().catch(report); }, stop: () => { isOver = true; } };
}

function parts(known, decision, job, last) {
  const { picture } = known;
  const gains = decision.gainNats > 0 || decision.runnersUp.some(other => other.gainNats > 0);
  const link = (number, text) => el('a', { class: 'button small', href: `#/search/${known.id}/decision/${number}` }, text);
  return [
    el('p', { class: 'big' }, el('a', { href: `#/search/${known.id}/trial/${decision.trialId}`, 'aria-label': `Network ${decision.trialId}: ${textOf(decision.bits, picture)}` },
      strip(textOf(decision.bits, picture), picture.subject))),
    el('p', { test: 'reason' }, decision.reason),
    facts([
      ['Trained to', plural(decision.epochs, 'epoch')],
      ['Information', gains ? `${short(decision.gainNats)} nats` : null],
      ['Cost', `${short(decision.costEpochs)} epochs of budget${decision.expectedSeconds ? `, about ${span(decision.expectedSeconds)} on ${decision.deviceKind}` : ''}`],
      ['Score', short(decision.score)],
      ['Model’s estimate then', decision.posteriorMean === null || decision.posteriorMean === undefined ? null : metricOf(picture).estimate(decision.posteriorMean, decision.posteriorDeviation)],
      ['Stopping then would have cost', decision.expectedRegret === null || decision.expectedRegret === undefined ? null : metricOf(picture).relative(decision.expectedRegret)],
      ['Job', job ? `${job.id}, ${words(job.state)}${job.lease ? ` on ${job.lease.workerId}` : ''}` : null],
    ]),
    decision.runnersUp.length === 0 ? el('p', { class: 'muted' }, 'There were no others to choose from.')
      : plainTable('Runners-up: what scored lower (gain in nats, cost in epochs)',
        ['Network', { text: 'To', number: true }, { text: 'Gain', number: true }, { text: 'Cost', number: true }, { text: 'Score', number: true }],
        decision.runnersUp.map(other => [strip(textOf(other.bits, picture), picture.subject), String(other.epochs), gains ? short(other.gainNats) : none,
          short(other.costEpochs), short(other.score)]), 'runners-up'),
    el('p', { class: 'actions' }, decision.id > 1 ? link(decision.id - 1, '← Earlier') : null, decision.id < last ? link(decision.id + 1, 'Later →') : null),
  ];
}

// The history writes the levels of both curves one after the other.
const textOf = (bits, picture) => {
  const text = Array.isArray(bits) ? bits.join('') : String(bits);
  return picture.subject === 'both' && !text.includes('/') ? `${text.slice(0, text.length / 2)}/${text.slice(text.length / 2)}` : text;
};
