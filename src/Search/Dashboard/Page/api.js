// Requests to the server's interface. Whatever is refused becomes a Refusal with the server's own line.

import { token } from './session.js';

const root = '/api/v1';

/** What the server refused: its problem's status, line and field. */
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? `The server answered ${status}.`);
    this.status = status;
    this.field = problem?.field ?? null;
    this.expected = problem?.expected ?? null;
    this.actual = problem?.actual ?? null;
  }
}

const refused = new Set();

/** Calls the listener when the server asks for a token (401), or lets this one do nothing at all (403 to a question). */
export const onRefused = listener => refused.add(listener);

/** The answer, whatever its type. */
export async function send(method, path, { body, headers, signal } = {}) {
  const known = token();
  const response = await fetch(path.startsWith('/') ? path : `${root}/${path}`, {
    method,
    signal,
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'error',
    headers: {
      ...(known ? { Authorization: `Bearer ${known}` } : {}),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!response.ok) {
    const refusal = new Refusal(response.status, await problemOf(response));
    if (response.status === 401 && token() === known) {
      refused.forEach(listener => listener(refusal));
    }
    throw refusal;
  }
  return response;
}

export const get = async (path, signal) => (await send('GET', path, { signal })).json();

export async function post(path, body, headers) {
  const response = await send('POST', path, { body, headers });
  return response.status === 204 ? null : response.json();
}

/** All items of a list that comes in pages. */
export async function all(path, signal) {
  const items = [];
  let after = '';
  do {
    const page = await get(`${path}?limit=500${after && `&after=${encodeURIComponent(after)}`}`, signal);
    items.push(...page.items);
    after = page.next ?? '';
  } while (after !== '');
  return items;
}

/** The item of a numbered list with this number, null when there is none. */
export async function numbered(path, number, signal) {
  const page = await get(`${path}?after=${number - 1}&limit=1`, signal);
  return page.items[0]?.id === number ? page.items[0] : null;
}

async function problemOf(response) {
  try {
    return await response.json();
  } catch {
    // A proxy's page, or a body cut short: the status says enough.
    return null;
  }
}
