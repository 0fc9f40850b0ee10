// A form that begins a search.

import { get, post } from './api.js';
import { el, setText } from './dom.js';
import { bytes, count, plural } from './format.js';
import { report, showLive } from './live.js';
import { field, setFault } from './parts.js';
import { isAdmin } from './session.js';

const strategies = {
  'information-gain': 'Information gain: most information for the cost (recommended)',
  'mf-mi-greedy': 'MF-MI-Greedy', ucb: 'Upper confidence bound', 'front-ucb': 'Upper confidence bound of the front',
  alternate: 'In turn: information and confidence bound', hyperband: 'Hyperband (no model)', random: 'Random (no model)',
};

// Fields whose problems the server names by another word than the form.
const aliases = { budgetUnit: 'budget', spaceKind: 'space', spaceDimension: 'space', spaceAmplitude: 'space', rangeOfBits: 'bits', task: 'tasks' };

const text = (name, value, more) => el('input', { name, value, autocomplete: 'off', spellcheck: 'false', ...more });
const number = (name, value, more) => el('input', { name, type: 'number', value, step: 'any', ...more });

export function createView() {
  const workload = el('select', { name: 'workload', required: true });
  const spaces = el('datalist', { id: 'spaces' }, ['bezier:1', 'bezier:2', 'bezier:3', 'chebyshev:3', 'harmonics:bezier:2', 'joint:bezier:2']
    .map(value => el('option', { value })));
  const inputs = {
    workload,
    name: text('name', '', { maxlength: '200', placeholder: 'optional' }),
    space: text('space', 'bezier:2', { list: 'spaces' }),
    tasks: text('tasks', '0,1,2,15'),
    budget: text('budget', '150epochs'),
    strategy: el('select', { name: 'strategy' }, Object.entries(strategies).map(([value, title]) => el('option', { value }, title))),
    seed: number('seed', '0', { step: '1' }),
    bits: text('bits', '1..8'),
    stopRegret: number('stopRegret', '', { min: '0', placeholder: 'never' }),
    bitsPerAccuracy: number('bitsPerAccuracy', '1000', { min: '0' }),
    maximumMemory: number('maximumMemory', '', { min: '0', placeholder: 'no limit' }),
    repeats: number('repeats', '3', { min: '0', step: '1' }),
    priority: number('priority', '0', { step: '1' }),
    weight: number('weight', '1', { min: '0' }),
  };
  const problem = el('p', { class: 'fault', role: 'alert' });
  const submit = el('button', { type: 'submit', class: 'primary', test: 'create-submit' }, 'Begin');
  const described = el('p', { class: 'muted', role: 'status' });
  const offers = new Map();
  let key = newKey();

  const form = el('form', { class: 'panel form', test: 'create', novalidate: true, on: { submit: event => { event.preventDefault(); begin(); }, input: () => { key = newKey(); } } },
    field('Workload', workload, 'A network and its data, of those that workers offer'), described,
    field('Name', inputs.name, 'What you call it'),
    el('div', { class: 'columns' },
      field('Space', inputs.space, 'Curve over the layers and its number of parameters: bezier:2, chebyshev:3; harmonics:… or joint:… for series'), spaces,
      field('Budget', inputs.budget, 'Epochs, jobs or time: 150epochs, 40jobs, 2h'),
      field('Training lengths', inputs.tasks, 'Ascending epochs; the last is what counts'),
      field('Seed', inputs.seed, 'The same seed, the same search')),
    field('Strategy', inputs.strategy, 'How the next job is picked'),
    el('details', {}, el('summary', {}, 'More settings'),
      el('div', { class: 'columns' },
        field('Bits', inputs.bits, 'Smallest and largest bit-width, MIN..MAX'),
        field('Stop by itself below', inputs.stopRegret, 'Expected regret in points of accuracy (per cent of FP32’s value for other metrics), e.g. 0.1; three decisions in a row'),
        field('Bits per accuracy', inputs.bitsPerAccuracy, 'One more bit in one layer must buy 1/k of accuracy (of FP32’s value for other metrics)'),
        field('Largest network, kB', inputs.maximumMemory, 'A limit on what may be chosen'),
        field('Verification runs', inputs.repeats, 'Seeds of the chosen network on the test split'),
        field('Priority', inputs.priority, 'Higher ones are served first'),
        field('Weight', inputs.weight, 'Share of the workers among equal priorities'))),
    problem,
    el('p', { class: 'actions' }, submit, el('a', { class: 'button', href: '#/' }, 'Back')));

  async function offer() {
    try {
      const items = (await get('workloads')).items;
      items.forEach(item => offers.set(item.name, item));
      workload.replaceChildren(...items.map(item => el('option', { value: item.name }, item.name)));
      if (items.length === 0) {
        setText(described, `No worker has offered a network yet. Start one: bitcurve worker --server ${location.origin}`);
      }
      showLive('live');
      describe();
    } catch (refusal) {
      setText(problem, refusal.message);
      report(refusal);
    }
  }

  function describe() {
    const item = offers.get(workload.value);
    if (item) {
      const weights = item.layers.map(layer => layer.weightShape.reduce((product, extent) => product * extent, 1)).reduce((sum, size) => sum + size, 0);
      setText(described, `${plural(item.layers.length, 'layer')}, ${count(weights)} weights, ${bytes(4 * weights)} in FP32, baseline of ${plural(item.baselineEpochs, 'epoch')}`);
    }
  }

  async function begin() {
    Object.values(inputs).forEach(input => setFault(input, null));
    setText(problem, '');
    delete problem.dataset.test;
    submit.disabled = true;
    try {
      const search = await post('searches', requestOf(inputs), { 'Idempotency-Key': key });
      location.hash = `#/search/${search.id}`;
    } catch (refusal) {
      showFault(refusal);
    } finally {
      submit.disabled = false;
    }
  }

  function showFault(refusal) {
    const name = refusal.field?.split('.').at(-1);
    const input = inputs[aliases[name] ?? name];
    if (input) {
      setFault(input, refusal.message);
      input.closest('details')?.setAttribute('open', '');
      input.focus();
    } else {
      problem.dataset.test = 'problem';
      setText(problem, refusal.message);
    }
  }

  workload.addEventListener('change', describe);
  offer();
  return {
    title: 'New search',
    element: el('div', { class: 'page narrow' },
      el('p', { class: 'crumbs' }, el('a', { href: '#/' }, 'Searches')),
      el('h1', { tabindex: '-1' }, 'New search'),
      isAdmin() ? form : el('p', { class: 'notice' }, 'Only an admin may begin a search; this page is open as a viewer.')),
  };
}

/** What the server is asked for: only what is other than its own defaults. */
export function requestOf(inputs) {
  const value = name => inputs[name].value.trim();
  const numeric = name => value(name) === '' ? null : Number(value(name));
  const request = {
    workload: value('workload'), space: value('space'), tasks: value('tasks'), budget: value('budget'), bits: value('bits'), seed: numeric('seed') ?? 0,
    selection: { strategy: value('strategy') },
  };
  if (value('name') !== '') {
    request.name = value('name');
  }
  if (numeric('stopRegret') !== null) {
    request.selection.stopRegret = numeric('stopRegret') / 100;
  }
  request.choosing = { bitsPerAccuracy: numeric('bitsPerAccuracy') ?? 1000 };
  if (numeric('maximumMemory') !== null) {
    request.choosing.maximumMemoryBytes = Math.round(1000 * numeric('maximumMemory'));
  }
  request.verification = { repeats: numeric('repeats') ?? 3 };
  request.sharing = { priority: numeric('priority') ?? 0, weight: numeric('weight') ?? 1 };
  return request;
}

// Repeating a request by this key begins no second search. (randomUUID is for encrypted connections only.)
const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');
