// One network: what it is made of, what was measured, what the model expects, and which jobs trained it.

import { numbered } from './api.js';
import { el, facts, fill } from './dom.js';
import { bytes, count, letter, metricOf, none, plural, short, span, words } from './format.js';
import { report } from './live.js';
import { detailHead } from './parts.js';
import { cell, levelNoun, strip } from './strip.js';
import { plainTable } from './table.js';

const mostJobs = 12;

export function trialDetail(known, number, isDefault) {
  const body = el('div', {});
  const history = el('div', {});
  const element = el('section', { test: 'trial', 'data-trial': String(number), 'aria-label': `Network ${number}` },
    detailHead(known, isDefault ? `Recommended: network ${number}` : `Network ${number}`, isDefault), body, history);
  let asked = null;
  let isOver = false;

  function update() {
    const row = known.rows.find(candidate => candidate.id === number);
    if (!row) {
      fill(body, 'none', () => el('p', {}, 'The search has no network of this number.'));
      return;
    }
    fill(body, JSON.stringify(row), () => parts(known, row));
    const own = known.decisions.filter(decision => decision.trialId === number);
    const signature = JSON.stringify([row.accuracy, row.failures, row.pending, own.length]);
    if (asked !== signature) {
      asked = signature;
      ask(own, signature).catch(report);
    }
  }

  async function ask(own, signature) {
    const path = `searches/${encodeURIComponent(known.id)}`;
    const [trial, ...decisions] = await Promise.all([numbered(`${path}/trials`, number),
      ...own.slice(-mostJobs).map(decision => numbered(`${path}/decisions`, decision.id))]);
    const jobs = await Promise.all(decisions.filter(Boolean).map(decision => numbered(`${path}/jobs`, decision.jobId)));
    if (!isOver && asked === signature) {
      fill(history, signature, () => [...failuresOf(trial), ...jobsOf(known, decisions.filter(Boolean), jobs)]);
    }
  }

  return { element, update, stop: () => { isOver = true; } };
}

function parts({ picture, view }, row) {
  const baseline = picture.baseline;
  const metric = metricOf(picture);
  const highest = row.accuracy.findLast(value => value !== null);
  return [
    el('p', { class: 'big' }, strip(row.bits, picture.subject)),
    row.setAside ? el('p', { class: 'notice' }, `Set aside: ${row.setAside}`) : null,
    row.isChosen && picture.chosenReason ? el('p', {}, picture.chosenReason) : null,
    facts([
      [metric.title, highest === undefined ? 'not measured yet' : `${metric.value(highest)}${metric.hint}`],
      [`Effective ${metric.name}`, metric.value(row.effective)],
      ['Against FP32', baseline.accuracy === null || highest === undefined ? null : `${highest > baseline.accuracy ? '+' : ''}${metric.difference(highest - baseline.accuracy)}`],
      ['Model’s estimate', metric.estimate(row.mean, row.deviation)],
      ['Memory', `${bytes(row.memoryBytes)}, ${short(baseline.memoryBytes / row.memoryBytes)} times smaller`],
      ['Bit operations', row.bitOperations === null ? null : `${short(row.bitOperations / 1e6)} M per sample`],
      ['On the front', row.front === null ? null : `as ${letter(row.front)}`],
      ['Curve', row.w ? `w = (${row.w.map(value => value.toFixed(3)).join(', ')})` : null],
      ['State', row.pending ? view.state === 'running' ? 'in training' : 'waits' : null],
      ['Failures', row.failures ? String(row.failures) : null],
    ]),
    plainTable(`${metric.title} by training length`, ['Epochs', { text: metric.title, number: true }],
      picture.tasks.map((epochs, task) => [String(epochs), metric.value(row.accuracy[task])])),
    layersOf(picture, row.bits),
  ];
}

/** Level of each layer; what the search leaves alone stays FP32. */
export function layersOf(picture, bits) {
  const curves = bits.split('/');
  let place = 0;
  const own = new Map();
  const rows = picture.layers.map(layer => {
    if (!layer.skipped && !layer.sharesWith) {
      own.set(layer.name, curves.map(curve => curve[place]));
      place++;
    }
    const levels = layer.skipped ? null : own.get(layer.sharesWith ?? layer.name);
    return [layer.name, levels ? levels.flatMap((level, index) => [index > 0 ? ' / ' : null, level ? cell(level) : none]).filter(Boolean) : 'FP32',
      count(layer.weights), layer.macs >= 1e6 ? `${short(layer.macs / 1e6)} M` : count(layer.macs)];
  });
  return el('details', { open: picture.layers.length <= 20 }, el('summary', {}, `${plural(picture.layers.length, 'layer')}`),
    plainTable('Levels by layer', ['Layer', levelNoun(picture.subject), { text: 'Weights', number: true }, { text: 'MACs', number: true }], rows, 'layers'));
}

const failuresOf = trial => !trial?.failures.length ? [] : [
  el('h3', {}, 'Failures'),
  el('ul', {}, trial.failures.map(failure => el('li', {}, el('b', {}, words(failure.kind)), `: ${failure.message}`))),
];

function jobsOf(known, decisions, jobs) {
  return decisions.length === 0 ? [] : [plainTable('Jobs of this network', ['Job', 'Epochs', 'State', { text: 'Training', number: true }],
    decisions.map((decision, index) => [
      el('a', { href: `#/search/${known.id}/decision/${decision.id}`, title: 'Why this one?' }, String(decision.jobId)),
      String(decision.epochs),
      jobs[index] ? `${words(jobs[index].state)}${jobs[index].lease ? ` on ${jobs[index].lease.workerId}` : ''}${jobs[index].attempts ? `, ${plural(jobs[index].attempts, 'failed try').replace('trys', 'tries')}` : ''}` : none,
      jobs[index] ? span(jobs[index].trainSeconds) : none,
    ]), 'trial-jobs')];
}
