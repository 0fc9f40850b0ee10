// A table of many rows: sorted over all of them, shown a page at a time, and kept up to date cell by cell.

import { el, fill, keyed, newId, setAttribute, setText } from './dom.js';
import { count } from './format.js';

const pageSize = 100;

// Made once: localeCompare makes one for every pair.
const collator = new Intl.Collator('en', { numeric: true });

/**
 * @typedef {object} Column
 * @property {string} key names it in `sort-KEY`
 * @property {string} title
 * @property {(row: any) => (string|number|null)} value to sort by; null comes last
 * @property {(row: any) => string} text what a cell says; decides too when it is drawn anew
 * @property {(row: any) => (Node|string)[]} [content] elements in place of the text
 * @property {boolean} [number] set to the right
 * @property {boolean} [minor] left out where the screen is narrow
 * @property {boolean} [heading] names the row
 */

/**
 * @param {object} settings caption, columns, keyOf(row), sort {key, descending}, test (of the table), rowTest(row),
 *   onOpen(row) when a row is clicked, isCurrent(row), empty: text where there is no row
 */
export function sortedTable({ caption, columns, keyOf, sort, test, rowTest, onOpen, isCurrent, empty, hideCaption }) {
  const order = { ...sort };
  let rows = [];
  let page = 0;
  const captionText = el('caption', { class: hideCaption ? 'hidden-text' : null }, caption);
  const heads = columns.map(column => head(column));
  const body = el('tbody');
  const table = el('table', { test }, captionText, el('thead', {}, el('tr', {}, heads)), body);
  const note = el('p', { class: 'muted', hidden: true }, empty ?? 'Nothing yet.');
  const place = el('span', { role: 'status', class: 'muted', test: test ? `${test}-page` : null });
  const earlier = pageButton('Previous', -1, `${test}-previous`);
  const later = pageButton('Next', 1, `${test}-next`);
  const pages = el('nav', { class: 'pages', 'aria-label': `Pages of ${caption}`, hidden: true }, earlier, place, later);
  const region = el('div', { class: 'scroll', role: 'group', 'aria-label': caption, tabindex: '0' }, table);
  const element = el('div', { class: 'sorted' }, region, note, pages);

  function head(column) {
    const button = el('button', {
      type: 'button', test: `sort-${column.key}`,
      on: { click: () => {
        order.descending = order.key === column.key ? !order.descending : Boolean(column.number);
        order.key = column.key;
        page = 0;
        show();
      } },
    }, column.title, el('span', { class: 'arrow', 'aria-hidden': 'true' }));
    return el('th', { scope: 'col', class: classOf(column) }, button);
  }

  function pageButton(title, step, name) {
    return el('button', { type: 'button', class: 'small', test: name, on: { click: () => {
      page += step;
      show();
      region.scrollIntoView({ block: 'nearest' });
    } } }, title);
  }

  function show() {
    const sorted = inOrder(rows, columns.find(column => column.key === order.key), order.descending);
    const last = Math.max(0, Math.ceil(sorted.length / pageSize) - 1);
    page = Math.min(Math.max(0, page), last);
    const shown = sorted.slice(page * pageSize, (page + 1) * pageSize);
    columns.forEach((column, index) => setAttribute(
      heads[index], 'aria-sort', column.key === order.key ? (order.descending ? 'descending' : 'ascending') : null));
    keyed(body, shown, keyOf, makeRow, updateRow);
    note.hidden = rows.length > 0;
    region.hidden = rows.length === 0;
    pages.hidden = last === 0;
    setText(place, `${count(page * pageSize + 1)}–${count(page * pageSize + shown.length)} of ${count(rows.length)}`);
    earlier.disabled = page === 0;
    later.disabled = page === last;
  }

  function makeRow(row) {
    const made = el('tr', { test: rowTest?.(row), class: onOpen ? 'opens' : null },
      columns.map(column => el(column.heading ? 'th' : 'td', { scope: column.heading ? 'row' : null, class: classOf(column) })));
    if (onOpen) {
      // Links and buttons in the row do what they say; anywhere else the row itself opens, unless text is being selected.
      made.addEventListener('click', event => {
        if (!event.target.closest('a, button') && String(getSelection()) === '') {
          onOpen(made.row);
        }
      });
    }
    return made;
  }

  function updateRow(made, row) {
    made.row = row;
    setAttribute(made, 'aria-current', isCurrent?.(row) ? 'true' : null);
    columns.forEach((column, index) => {
      const text = column.text(row);
      fill(made.cells[index], text, () => column.content ? column.content(row) : [text]);
    });
  }

  return {
    element,
    /** Other rows, or the same with other facts. */
    update(newRows) {
      rows = newRows;
      show();
    },
    /** Turns to the page that shows the row, if there is one. */
    reveal(key) {
      const sorted = inOrder(rows, columns.find(column => column.key === order.key), order.descending);
      const index = sorted.findIndex(row => keyOf(row) === key);
      if (index >= 0) {
        page = Math.floor(index / pageSize);
      }
      show();
    },
    setCaption: text => setText(captionText, text),
  };
}

/** The rows sorted by a column; those without a value last. Of equal ones the order stays. */
export function inOrder(rows, column, descending) {
  if (!column) {
    return rows;
  }
  const sign = descending ? -1 : 1;
  return rows.map(row => [column.value(row), row]).sort(([a], [b]) =>
    a === b ? 0 : a === null || a === undefined ? 1 : b === null || b === undefined ? -1
      : sign * (typeof a === 'number' ? a - b : collator.compare(String(a), String(b)))).map(([, row]) => row);
}

/** A short table that is made once: a caption, titles, and rows of cells. */
export function plainTable(caption, titles, rows, test) {
  const id = newId('caption');
  return el('div', { class: 'scroll', role: 'group', 'aria-labelledby': id, tabindex: '0' }, el('table', { test },
    el('caption', { id }, caption),
    el('thead', {}, el('tr', {}, titles.map(title => el('th', { scope: 'col', class: title.number ? 'number' : null }, title.text ?? title)))),
    el('tbody', {}, rows.map(cells => el('tr', {}, cells.map((content, index) =>
      el('td', { class: titles[index].number ? 'number' : null }, ...[content].flat())))))));
}

const classOf = column => [column.number ? 'number' : '', column.minor ? 'minor' : ''].join(' ').trim() || null;
