// Small functions that make and change elements. Text only ever becomes text: nothing that a search or a worker is
// called can become markup.

/** An element. Of the attributes `class`, `test` (data-test), `on` ({event: listener}); false and null leave one out. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'on') {
      Object.entries(value).forEach(([event, listener]) => element.addEventListener(event, listener));
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name === 'test' ? 'data-test' : name, value === true ? '' : value);
    }
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

/** Changes the text only if it is another: what is selected stays selected. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Sets or, with null, removes an attribute. */
export function setAttribute(element, name, value) {
  if (value === null || value === undefined || value === false) {
    element.removeAttribute(name);
  } else if (element.getAttribute(name) !== String(value)) {
    element.setAttribute(name, value);
  }
}

/** Shows the content that `make` makes, anew only when `signature` is another than last time. */
export function fill(element, signature, make) {
  if (element.signature !== signature) {
    element.signature = signature;
    element.replaceChildren(...[make()].flat().filter(child => child !== null && child !== undefined));
  }
}

/**
 * Makes the children of a parent those of the items, in their order. A child stays the same element as long as its key is
 * there, so that focus and selection survive.
 */
export function keyed(parent, items, keyOf, make, update) {
  const before = parent.keyed ?? new Map();
  const now = new Map();
  const focused = parent.contains(document.activeElement) ? document.activeElement : null;
  for (const item of items) {
    const key = keyOf(item);
    const child = before.get(key) ?? make(item);
    update(child, item);
    now.set(key, child);
  }
  for (const [key, child] of before) {
    if (!now.has(key)) {
      child.remove();
    }
  }
  let place = parent.firstElementChild;
  for (const child of now.values()) {
    if (child === place) {
      place = place.nextElementSibling;
    } else {
      parent.insertBefore(child, place);
    }
  }
  parent.keyed = now;
  if (focused && focused !== document.activeElement && parent.contains(focused)) {
    focused.focus({ preventScroll: true });
  }
}

let lastId = 0;

/** An id that no other element of the page has. */
export const newId = name => `${name}-${++lastId}`;

/** A section with its heading. */
export function section(title, attributes, ...children) {
  const id = newId('section');
  return el('section', { 'aria-labelledby': id, ...attributes }, el('h2', { id }, title), ...children);
}

/** A list of terms with their values: pairs of text and text or element; pairs without a value are left out. */
export const facts = pairs => el('dl', { class: 'facts' }, pairs
  .filter(([, value]) => value !== null && value !== undefined && value !== '')
  .map(([term, value]) => el('div', {}, el('dt', {}, term), el('dd', {}, ...[value].flat()))));
