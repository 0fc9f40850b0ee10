// Who reads this page. A token is kept for this tab alone and sent only as a header.

const key = 'bitcurve.token';
const listeners = new Set();

export const session = { name: null, role: null, tokens: false };

export const token = () => sessionStorage.getItem(key);

export function setToken(text) {
  if (text) {
    sessionStorage.setItem(key, text);
  } else {
    sessionStorage.removeItem(key);
  }
}

/** Takes over what the server says of the reader; null when it knows nobody. */
export function setReader(reader) {
  Object.assign(session, reader ?? { name: null, role: null, tokens: false });
  listeners.forEach(listener => listener());
}

export const isAdmin = () => session.role === 'admin';

/** Calls the listener whenever the reader is another; returns a function that ends it. */
export function onReader(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
