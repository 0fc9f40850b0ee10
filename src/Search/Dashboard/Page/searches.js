// All searches, one line each.

import { all } from './api.js';
import { el, setText } from './dom.js';
import { ago, count, metricOf, none, plural, spentOf, spentShare } from './format.js';
import { poll } from './live.js';
import { isAdmin, onReader } from './session.js';
import { bar, chip, nameOf } from './parts.js';
import { strip } from './strip.js';
import { sortedTable } from './table.js';

const pollMs = 3000;

const columns = [
  {
    key: 'name', title: 'Search', heading: true, value: nameOf, text: search => `${nameOf(search)}|${search.id}`,
    content: search => [
      el('a', { href: `#/search/${search.id}`, class: 'name' }, nameOf(search)),
      search.name ? el('span', { class: 'muted under minor' }, search.id) : null,
    ],
  },
  { key: 'state', title: 'State', value: search => search.state, text: search => `${search.state}|${search.phase}`, content: search => [chip(search)] },
  { key: 'workload', title: 'Workload', minor: true, value: search => search.workload, text: search => search.workload },
  {
    key: 'budget', title: 'Budget', value: search => spentShare(search.spent, search.budget), number: true,
    text: search => spentOf(search.spent, search.budget),
    content: search => [bar(spentShare(search.spent, search.budget), 'Budget spent'), el('span', { class: 'under' }, spentOf(search.spent, search.budget))],
  },
  {
    key: 'jobs', title: 'Jobs', number: true, minor: true, value: search => search.jobs.succeeded,
    text: search => `${count(search.jobs.succeeded)}${search.jobs.running ? `, ${search.jobs.running} running` : ''}${search.jobs.failed ? `, ${search.jobs.failed} failed` : ''}`,
  },
  {
    key: 'accuracy', title: 'Metric', number: true, value: search => search.bestAccuracy ?? null,
    text: search => metricOf(search).named(search.bestAccuracy),
  },
  {
    key: 'effective', title: 'Effective', number: true, minor: true, value: search => search.bestEffective ?? null,
    text: search => metricOf(search).value(search.bestEffective),
  },
  {
    key: 'bits', title: 'Best network', minor: true, value: search => search.bestBits ?? null, text: search => search.bestBits ?? none,
    content: search => [search.bestBits ? strip(search.bestBits, search.bestBits.includes('/') ? 'both' : 'bits') : none],
  },
  {
    key: 'created', title: 'Begun', number: true, minor: true, value: search => Date.parse(search.createdAt ?? '') || null,
    text: search => ago(search.createdAt),
  },
];

const matches = (search, words) => {
  const text = `${nameOf(search)} ${search.id} ${search.workload} ${search.state} ${search.phase}`.toLowerCase();
  return words.every(word => text.includes(word));
};

export function searchesView() {
  let searches = null;
  const filter = el('input', { id: 'filter', type: 'search', test: 'filter', placeholder: 'Name, workload, state', autocomplete: 'off', on: { input: show } });
  const number = el('p', { class: 'muted', role: 'status' }, '');
  const table = sortedTable({
    caption: 'All searches', hideCaption: true, columns, keyOf: search => search.id, test: 'searches', rowTest: search => `search-${search.id}`,
    sort: { key: 'created', descending: true }, empty: 'No search matches.',
    onOpen: search => { location.hash = `#/search/${search.id}`; },
  });
  const create = el('a', { class: 'button primary', href: '#/new', test: 'new-search' }, 'New search');
  const welcome = el('div', { class: 'empty', hidden: true },
    el('p', {}, 'No search yet.'),
    el('p', { class: 'muted' }, 'Begin one here, or with ', el('code', {}, 'bitcurve search create'), '. A worker on this or another machine trains for it: ',
      el('code', {}, `bitcurve worker --server ${location.origin}`)));
  const forget = onReader(() => { create.hidden = !isAdmin(); });
  create.hidden = !isAdmin();

  function show() {
    if (searches === null) {
      return;
    }
    const words = filter.value.toLowerCase().split(/\s+/).filter(word => word !== '');
    const found = searches.filter(search => matches(search, words));
    welcome.hidden = searches.length > 0;
    table.element.hidden = searches.length === 0;
    setText(number, words.length === 0 ? plural(searches.length, 'search').replace('searchs', 'searches') : `${found.length} of ${searches.length}`);
    table.update(found);
  }

  const stop = poll(async signal => {
    searches = await all('searches', signal);
    show();
  }, pollMs);
  return {
    title: 'Searches',
    element: el('div', { class: 'page' },
      el('div', { class: 'headline' }, el('h1', { tabindex: '-1' }, 'Searches'), create),
      el('div', { class: 'tools' }, el('label', { for: 'filter' }, 'Filter'), filter, number),
      welcome, table.element),
    stop: () => { stop(); forget(); },
  };
}
