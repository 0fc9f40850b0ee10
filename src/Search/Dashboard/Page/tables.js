// Below the charts: all networks, what was verified, how far the model can be trusted, how the search is set up, and downloads.

import { send } from './api.js';
import { el, facts, fill, section } from './dom.js';
import { bytes, count, letter, metricOf, none, percent, plural, short, words } from './format.js';
import { csvOf } from './export.js';
import { report } from './live.js';
import { download, nameOf } from './parts.js';
import { levelNoun, strip } from './strip.js';
import { plainTable, sortedTable } from './table.js';

export function searchTables(known, pick) {
  const trials = el('div', {});
  const verified = el('div', {});
  const trust = el('div', {});
  const settings = el('div', {});
  const more = [
    section('Verified on the test split', { class: 'verified', hidden: true }, verified),
    section('Can the model be trusted?', { class: 'trust', hidden: true }, trust),
    section('How this search is set up', {}, settings),
  ];
  const network = el('section', { 'aria-labelledby': 'networks-title' }, el('div', { class: 'headline' },
    el('h2', { id: 'networks-title' }, 'Networks tried'), downloads(known)), trials);
  let table = null;

  return {
    element: el('div', { class: 'tables' }, network, more),
    update(isNews) {
      if (isNews) {
        if (!table) {
          table = trialsTable(known, pick);
          trials.append(table.element);
        }
        table.update(known.rows);
        showVerified(verified, more[0], known);
        showTrust(trust, more[1], known);
      }
      fill(settings, JSON.stringify(known.view.definition), () => settingsOf(known));
    },
    select() {
      table?.update(known.rows);
    },
  };
}

function trialsTable(known, pick) {
  const { picture } = known;
  const metric = metricOf(picture);
  const link = row => el('a', { href: `#/search/${known.id}/trial/${row.id}`, 'aria-label': `Network ${row.id}` }, String(row.id));
  return sortedTable({
    caption: 'Networks tried', hideCaption: true, test: 'trials', keyOf: row => row.id, rowTest: row => `trial-${row.id}`, sort: { key: 'effective', descending: !metric.isMinimized },
    onOpen: row => pick(row.id), isCurrent: row => known.selected?.kind === 'trial' && known.selected.number === row.id, empty: 'No network has been tried yet.',
    columns: [
      { key: 'id', title: 'No.', heading: true, number: true, value: row => row.id, text: row => `${row.id}|${row.front}|${row.isChosen}`,
        content: row => [row.isChosen ? el('span', { class: 'star', title: 'chosen' }, '★ ') : null, link(row), row.front === null ? null : el('span', { class: 'letter', title: 'on the front' }, ` ${letter(row.front)}`)] },
      { key: 'bits', title: levelNoun(picture.subject), value: row => row.bits, text: row => row.bits, content: row => [strip(row.bits, picture.subject)] },
      { key: 'memory', title: 'Memory', number: true, value: row => row.memoryBytes, text: row => bytes(row.memoryBytes) },
      ...picture.tasks.map((epochs, task) => ({ key: task === picture.tasks.length - 1 ? 'accuracy' : `task-${epochs}`, title: `${epochs} ep.`, number: true, minor: task < picture.tasks.length - 1,
        value: row => row.accuracy[task], text: row => metric.value(row.accuracy[task]) })),
      { key: 'effective', title: 'Effective', number: true, value: row => row.effective, text: row => metric.value(row.effective) },
      { key: 'estimate', title: 'Model', number: true, minor: true, value: row => row.mean, text: row => metric.estimate(row.mean, row.deviation) },
      { key: 'state', title: 'Notes', minor: true, value: row => row.setAside ? 3 : row.pending ? 2 : row.failures ? 1 : null,
        text: row => [row.setAside ? 'set aside' : null, row.pending ? 'in training' : null, row.failures ? plural(row.failures, 'failure') : null].filter(Boolean).join(', ') },
    ],
  });
}

/** Data of the search as files: CSV and JSON from what this page has, the report from the server. */
function downloads(known) {
  const name = ending => `${nameOf(known.view)}.${ending}`;
  const save = (test, title, make) => el('button', { type: 'button', class: 'small', test, on: { click: () => Promise.resolve(make()).catch(report) } }, title);
  return el('div', { class: 'actions', role: 'group', 'aria-label': 'Download' },
    save('download-csv', 'CSV', () => download(name('csv'), csvOf(known.picture.tasks, known.rows), 'text/csv')),
    save('download-json', 'JSON', () => {
      const { places, ...picture } = known.picture;
      download(name('json'), JSON.stringify({ search: known.view, picture, model: known.model }), 'application/json');
    }),
    save('download-report', 'Report', async () => download(name('html'), await (await send('GET', `searches/${encodeURIComponent(known.id)}/report.html`)).blob())));
}

function showVerified(place, part, { picture }) {
  part.hidden = picture.verified.length === 0;
  fill(place, JSON.stringify(picture.verified), () => plainTable(`Test ${metricOf(picture).name} over fine-tuning seeds${metricOf(picture).hint}`,
    ['Network', 'As', { text: 'Memory', number: true }, { text: 'Runs', number: true }, { text: `Test ${metricOf(picture).name}`, number: true }],
    picture.verified.map(row => [strip(row.bits, picture.subject), row.groups.map(words).join(', '), bytes(row.memoryBytes), String(row.runs), metricOf(picture).estimate(row.mean, row.deviation)]),
    'verified'));
}

function showTrust(place, part, { model }) {
  const calibration = model?.calibration;
  part.hidden = !model;
  fill(place, JSON.stringify([model?.unavailable, model?.trustsLowFidelities, calibration]), () => [
    model?.unavailable ? el('p', { class: 'muted', test: 'model-note' }, model.unavailable) : null,
    calibration ? el('p', {}, calibration.verdict) : null,
    calibration ? plainTable('Every network predicted from all the others',
      [{ text: 'Epochs', number: true }, { text: 'Networks', number: true }, { text: 'Inside 90 %', number: true }, { text: 'Inside 50 %', number: true }, { text: 'Residual, standardised', number: true }],
      calibration.tasks.map(task => [count(task.epochs), count(task.observations), percent(task.coverage90, 0), percent(task.coverage50, 0), short(task.rmsStandardizedResidual)]),
      'calibration') : null,
    model && !model.unavailable && model.trustsLowFidelities === false ? el('p', { class: 'muted' }, 'Short trainings are left out at present: they tell too little about long ones.') : null,
  ]);
}

function settingsOf({ view, picture }) {
  const { definition } = view;
  const { selection, choosing, quantizer } = definition;
  const metric = metricOf(picture);
  return facts([
    ['Workload', view.workload], ['Space', picture.space], ['Training lengths', `${picture.tasks.join(', ')} epochs`], ['Budget', picture.budget],
    ['Seed', String(picture.seed)], ['Strategy', words(selection.strategy)], ['Information about', selection.about],
    ['Last part for the best', percent(selection.closingShare, 0)], ['Kernel', `${selection.kernel} of ${selection.kernelInput}`],
    ['Ranked by', words(choosing.rankBy)], ['Bits per accuracy', short(choosing.bitsPerAccuracy)],
    ['Largest network', choosing.maximumMemoryBytes ? bytes(choosing.maximumMemoryBytes) : null],
    ['Metric', metric.name === 'accuracy' ? null : `${metric.name}, ${metric.isMinimized ? 'lower' : 'higher'} is better`],
    [`${metric.isMinimized ? 'Greatest' : 'Least'} ${metric.name}`, choosing.minimumAccuracy ? metric.value(choosing.minimumAccuracy) : null],
    ['Blocks of', quantizer?.blockSize ? `${quantizer.blockSize} weights` : none],
    ['Priority and weight', `${definition.sharing.priority}, ${short(definition.sharing.weight)}`],
    ['FP32', `${metric.value(picture.baseline.accuracy)} validation, ${bytes(picture.baseline.memoryBytes)}`],
    ['Ended because', view.endReason],
  ]);
}
