// What each chart shows, as a table: for readers without the charts, and for those who cannot see them.

import { count, letter, metricOf, none, short, words } from './format.js';
import { levelNoun, strip } from './strip.js';
import { plainTable, sortedTable } from './table.js';

const number = (key, title, value, text) => ({ key, title, number: true, value, text });

const networkColumn = known => ({
  key: 'bits', title: levelNoun(known.picture.subject), heading: true, value: row => row.bits, text: row => row.bits || 'FP32',
  content: row => [strip(row.bits, known.picture.subject)],
});

/** Keeps one sorted table in a place and hands it its rows. */
function inPlace(place, known, settings, rows) {
  place.table ??= sortedTable({ ...settings(), hideCaption: true });
  if (!place.firstChild) {
    place.append(place.table.element);
  }
  place.table.update(rows);
}

const pickTrial = pick => row => row.trialId && pick(row.trialId);

function front(place, known, pick) {
  const { picture, model } = known;
  const measured = known.rows.filter(row => row.front !== null).map(row => ({
    kind: `front ${letter(row.front)}${row.isChosen ? ', chosen' : ''}`, trialId: row.id, bits: row.bits, memoryBytes: row.memoryBytes,
    accuracy: row.accuracy.findLast(value => value !== null) ?? null, mean: row.mean, deviation: row.deviation,
  }));
  const uniform = picture.uniform.map(row => ({ ...row, kind: `uniform ${row.level}`, mean: row.estimate?.mean ?? null, deviation: row.estimate?.deviation ?? null }));
  const expected = (model?.predictedFront ?? picture.predictedFront ?? []).map(row => ({ ...row, kind: 'expected front', accuracy: null }));
  inPlace(place, known, () => ({
    caption: 'Front, uniform networks and expected front', sort: { key: 'memory', descending: false }, keyOf: row => `${row.kind}|${row.bits}`, onOpen: pickTrial(pick),
    columns: [
      { key: 'kind', title: 'What', value: row => row.kind, text: row => row.kind }, networkColumn(known),
      number('memory', 'Memory, kB', row => row.memoryBytes, row => short(row.memoryBytes / 1000)),
      number('accuracy', metricOf(picture).title, row => row.accuracy, row => metricOf(picture).value(row.accuracy)),
      number('estimate', 'Model’s estimate', row => row.mean, row => metricOf(picture).estimate(row.mean, row.deviation)),
    ],
  }), [...measured, ...uniform, ...expected]);
}

function decisions(place, known) {
  inPlace(place, known, () => ({
    caption: 'Decisions', test: 'decisions', sort: { key: 'id', descending: true }, keyOf: row => row.id,
    onOpen: row => { location.hash = `#/search/${known.id}/decision/${row.id}`; },
    columns: [
      number('id', 'No.', row => row.id, row => String(row.id)), networkColumn(known),
      number('epochs', 'Epochs', row => row.epochs, row => String(row.epochs)),
      number('gain', 'Gain, nats', row => row.gainNats, row => short(row.gainNats)),
      number('cost', 'Cost, epochs', row => row.costEpochs, row => short(row.costEpochs)),
      number('score', 'Score', row => row.score, row => short(row.score)),
      number('estimate', 'Estimate then', row => row.mean, row => metricOf(known.picture).estimate(row.mean, row.deviation)),
    ],
  }), known.decisions);
}

function regret(place, known) {
  inPlace(place, known, () => ({
    caption: 'Expected regret by decision', sort: { key: 'id', descending: true }, keyOf: row => row.id,
    columns: [number('id', 'Decision', row => row.id, row => String(row.id)), number('regret', 'Expected regret', row => row.regret, row => metricOf(known.picture).relative(row.regret))],
  }), known.decisions.filter(row => row.regret !== null));
}

function curves(place, known, pick) {
  inPlace(place, known, () => ({
    caption: `${metricOf(known.picture).title} after each training length`, sort: { key: 'id', descending: false }, keyOf: row => row.id, onOpen: row => pick(row.id),
    columns: [
      number('id', 'No.', row => row.id, row => String(row.id)), networkColumn(known),
      ...known.picture.tasks.map((epochs, task) => number(`task-${epochs}`, `${epochs} epochs`, row => row.accuracy[task], row => metricOf(known.picture).value(row.accuracy[task]))),
    ],
  }), known.rows);
}

function slices(place, known) {
  const target = known.model?.slices?.length ? known.model.slices : [];
  const rows = target.flatMap(slice => slice.at.map((at, index) => {
    const task = slice.tasks.at(-1);
    return { parameter: slice.parameter, at, bits: slice.bits[index], memoryBytes: slice.memoryBytes[index], mean: task.mean[index], lower: task.lower[index], upper: task.upper[index] };
  }));
  inPlace(place, known, () => ({
    caption: 'The model at the target along each parameter', sort: { key: 'parameter', descending: false }, keyOf: row => `${row.parameter}|${row.at}`,
    empty: known.model?.unavailable ?? 'No model yet.',
    columns: [
      number('parameter', 'Parameter', row => row.parameter, row => `w${row.parameter + 1}`), number('at', 'Value', row => row.at, row => row.at.toFixed(3)),
      networkColumn(known), number('memory', 'Memory, kB', row => row.memoryBytes, row => short(row.memoryBytes / 1000)),
      number('mean', 'Expected', row => row.mean, row => metricOf(known.picture).value(row.mean)),
      number('lower', 'From', row => row.lower, row => metricOf(known.picture).value(row.lower)), number('upper', 'To (95 %)', row => row.upper, row => metricOf(known.picture).value(row.upper)),
    ],
  }), rows);
}

function correlation(place, known) {
  const tasks = known.model?.tasks ?? [];
  const rows = known.model?.correlation ?? [];
  place.replaceChildren(rows.length === 0 ? known.model?.unavailable ?? 'No model yet.' : plainTable('Correlation of training lengths',
    ['Epochs', ...tasks.map(epochs => ({ text: count(epochs), number: true }))],
    rows.map((row, index) => [count(tasks[index]), ...row.map(value => value.toFixed(2))])));
}

function estimates(place, known) {
  inPlace(place, known, () => ({
    caption: `Test ${metricOf(known.picture).name} against the model’s estimate`, sort: { key: 'memory', descending: false }, keyOf: row => row.bits, empty: 'Nothing is verified on the test split yet.',
    columns: [
      networkColumn(known), { key: 'groups', title: 'As', value: row => row.groups.join(), text: row => row.groups.map(words).join(', ') || none },
      number('memory', 'Memory, kB', row => row.memoryBytes, row => short(row.memoryBytes / 1000)),
      number('test', `Test ${metricOf(known.picture).name}`, row => row.mean, row => metricOf(known.picture).estimate(row.mean, row.deviation)),
      number('estimate', 'Model’s estimate', row => row.estimate?.mean ?? null, row => metricOf(known.picture).estimate(row.estimate?.mean, row.estimate?.deviation)),
    ],
  }), known.picture.verified);
}

export const chartTables = { front, decisions, regret, curves, slices, correlation, estimates };
