// The charts of a search, each in a figure with its words, its downloads and the same as a table. A chart is drawn when it
// comes into view.

import { send } from './api.js';
import { el, section, setText } from './dom.js';
import { metricOf } from './format.js';
import { report } from './live.js';
import { chartTables } from './chart-tables.js';
import { download, nameOf } from './parts.js';

const about = {
  front: ['Accuracy against memory', 'Every network that was tried: the higher and the further left, the better. The line joins the measured front; the other line is the same number of bits in every layer.'],
  decisions: ['Information and cost', 'What each job was expected to tell about the front, and what it was charged.'],
  regret: ['Expected regret', 'What stopping at each decision would have cost, as the model expected.'],
  slices: ['The model along its parameters', 'What the model expects of networks on a line through the recommended one, with the central 95 %, for every training length; points are measured networks near the line.'],
  correlation: ['How training lengths go together', 'Correlation of the accuracies after different lengths of training, as the model has learned it. Near 1, short trainings tell nearly everything.'],
  curves: ['Learning curves', 'Accuracy after each training length.'],
  estimates: ['Model against test', 'The test accuracy of verified networks against what the model expected.'],
};

/** The words of a chart for a metric: those above are for the accuracy. */
function wordsOf(name, { title, name: metric, isMinimized }) {
  const [heading, text] = about[name];
  const turned = isMinimized ? text.replace('the higher and', 'the lower and') : text;
  return metric === 'accuracy' ? [heading, turned]
    : [heading, turned].map(one => one.replaceAll('Accuracy', title).replaceAll('the accuracies', `${metric}`).replaceAll('accuracy', metric));
}

// Headings with their figures: in each row one alone, or two side by side.
const sections = [
  ['Front', [['front']], null],
  ['Decisions', [['decisions', 'regret']], 'Each job is the one that tells most for what it costs. Pick one in the chart to see why.'],
  ['What the model believes', [['slices'], ['correlation', 'estimates']], null],
  ['Training', [['curves']], null],
];

/** One piece of work after the other, with time for the reader's own doings in between. */
const waiting = new Set();
function later(work) {
  if (waiting.size === 0) {
    setTimeout(next);
  }
  waiting.add(work);
}

function next() {
  const [work] = waiting;
  try {
    work();
  } finally {
    waiting.delete(work);
    if (waiting.size > 0) {
      setTimeout(next);
    }
  }
}

/** The module of charts, or why there is none; asked for once. */
let bundle = null;
const loadCharts = () => bundle ??= load();

async function load() {
  try {
    return { module: await import('/assets/charts.js') };
  } catch {
    const reason = await send('GET', '/assets/charts.js').then(() => 'the charts could not be loaded', refusal => refusal.message);
    return { reason };
  }
}

export function figures(known, pick) {
  const note = el('p', { class: 'notice', test: 'no-charts', hidden: true });
  const all = sections.flatMap(([, names]) => names.flat()).map(name => figure(name, known, pick));
  const of = name => all.find(one => one.name === name);
  const element = el('div', { class: 'figures' }, note, sections.map(([title, names, words]) =>
    section(title, {}, words ? el('p', { class: 'muted' }, words) : null,
      names.map(row => el('div', { class: row.length > 1 ? 'pair' : 'single' }, row.map(name => of(name).element))))));
  loadCharts().then(({ module, reason }) => {
    if (reason) {
      note.hidden = false;
      setText(note, `Tables take the place of the charts. ${reason}`);
    }
    all.forEach(one => one.ready(module ?? null));
  });
  return {
    element,
    update: isNews => isNews && all.forEach(one => one.update()),
    select: () => all.forEach(one => one.update()),
    stop: () => all.forEach(one => one.stop()),
  };
}

function figure(name, known, pick) {
  let [title, words] = about[name];
  const place = el('div', { class: `chart ${name}`, test: `chart-${name}` });
  const save = (kind, make) => el('button', { type: 'button', class: 'small', test: `download-${kind}`, disabled: true,
    'aria-label': `${title} as ${kind.toUpperCase()}`, 'data-kind': kind.toUpperCase(), on: { click: () => Promise.resolve(make()).then(content =>
      download(`${nameOf(known.view)}-${name}.${kind}`, content, 'image/svg+xml')).catch(report) } }, kind.toUpperCase());
  const saves = [save('svg', () => chart.svg()), save('png', () => chart.png())];
  const table = el('details', { class: 'as-table', on: { toggle: () => showTable() } }, el('summary', {}, 'As a table'));
  const tools = el('div', { class: 'figure-tools' }, saves);
  const heading = el('h3', {}, title);
  const caption = el('figcaption', { class: 'muted' }, words);
  const element = el('figure', { 'aria-label': title }, el('div', { class: 'headline' }, heading, tools), place, caption, table);
  let module;
  let chart = null;
  let isSeen = false;
  let isStale = true;
  let rows = null;
  const watching = new IntersectionObserver(entries => {
    isSeen = entries.at(-1).isIntersecting;
    later(draw);
  }, { rootMargin: '300px' });
  watching.observe(place);

  /** The metric is only known with the picture. */
  function rename() {
    const [now, text] = wordsOf(name, metricOf(known.picture));
    if (now !== title || text !== words) {
      [title, words] = [now, text];
      setText(heading, title);
      setText(caption, words);
      element.setAttribute('aria-label', title);
      saves.forEach(one => one.setAttribute('aria-label', `${title} as ${one.dataset.kind}`));
    }
  }

  const facts = () => ({ picture: known.picture, model: known.model });
  const options = () => ({ onPick: pick, selected: known.selected?.kind === 'trial' ? known.selected.number : null });

  function draw() {
    if (!isSeen || !isStale || !module || !known.picture) {
      return;
    }
    isStale = false;
    rename();
    try {
      if (chart) {
        chart.update(facts(), options());
      } else {
        chart = module.draw(name, place, facts(), options());
      }
      place.dataset.drawn = '';
      saves.forEach(one => { one.disabled = chart.isDrawn === false; });
    } catch (problem) {
      console.error(problem);
      place.replaceChildren(el('p', { class: 'muted' }, 'This chart could not be drawn; its facts are in the table below.'));
    }
  }

  function showTable() {
    if (table.open && known.picture) {
      rename();
      rows ??= table.appendChild(el('div', {}));
      chartTables[name](rows, known, pick);
    }
  }

  return {
    name,
    element,
    /** The charts are there, or, with null, will not be. */
    ready(charts) {
      module = charts;
      if (charts === null) {
        place.remove();
        tools.remove();
        table.open = true;
        element.setAttribute('data-test', `chart-${name}`);
      }
      later(draw);
      later(showTable);
    },
    update() {
      isStale = true;
      later(draw);
      later(showTable);
    },
    stop() {
      module = null;
      watching.disconnect();
      chart?.dispose();
    },
  };
}
