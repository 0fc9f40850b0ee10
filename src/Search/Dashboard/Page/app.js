// The page: which view the address names, who reads it, and the frame around both.

import { get, onRefused } from './api.js';
import { el, setAttribute, setText } from './dom.js';
import { showLive } from './live.js';
import { onReader, session, setReader, setToken, token } from './session.js';
import { createView } from './create.js';
import { fleetView } from './fleet.js';
import { searchView } from './search.js';
import { searchesView } from './searches.js';
import { tokenView } from './token.js';

const retryMs = 2000;
const main = document.getElementById('main');
let view = null;
let asking = false;

// Until the server has said who reads, no view asks it for anything.
let isMet = false;

/** Parts of the address behind the #: `search/ID/trial/N` is ['search', ID, 'trial', 'N']. */
const route = () => location.hash.replace(/^#\/?/, '').split('/').filter(part => part !== '').map(decodeURIComponent);

function viewOf(parts) {
  switch (parts[0]) {
    case undefined: return { key: 'searches', make: searchesView };
    case 'search': return parts[1] ? { key: `search/${parts[1]}`, make: () => searchView(parts[1]) } : null;
    case 'fleet': return { key: 'fleet', make: fleetView };
    case 'new': return { key: 'new', make: createView };
    default: return null;
  }
}

function show() {
  if (asking || !isMet) {
    return;
  }
  const parts = route();
  const wanted = viewOf(parts) ?? { key: 'nothing', make: nothing };
  if (view?.key !== wanted.key) {
    open(wanted.key, wanted.make());
  }
  view.select?.(parts.slice(2));
}

function open(key, next) {
  const isFirst = view === null;
  view?.stop?.();
  view = Object.assign(next, { key });
  main.replaceChildren(view.element);
  document.title = `${view.title} · bitcurve`;
  document.querySelectorAll('nav [data-page]').forEach(link =>
    setAttribute(link, 'aria-current', link.dataset.page === key ? 'page' : null));
  if (!isFirst) {
    scrollTo(0, 0);
    (main.querySelector('h1') ?? main).focus({ preventScroll: true });
  }
}

const nothing = () => ({
  title: 'Not found',
  element: el('div', { class: 'page' },
    el('h1', { tabindex: '-1' }, 'Nothing is here'),
    el('p', {}, 'The address names no page. ', el('a', { href: '#/' }, 'All searches'))),
});

function askForToken(reason) {
  if (!asking) {
    asking = true;
    document.getElementById('live').hidden = true;
    open('token', tokenView(reason, async text => {
      setToken(text);
      await meet();
    }));
    main.querySelector('input').focus();
  }
}

/** Asks the server who reads; then shows the page, or asks for a token. */
async function meet() {
  const reader = await get('me');
  setReader(reader);
  document.getElementById('live').hidden = false;
  showLive('live');
  asking = false;
  isMet = true;
  view?.stop?.();
  view = null;
  show();
  const server = await get('server');
  setText(document.getElementById('about'), `bitcurve ${server.version} · ${server.engine} engine · ${server.store}`);
}

onReader(() => {
  setText(document.getElementById('role'), session.role ?? '');
  document.getElementById('role').title = session.name ? `Signed in as ${session.name}` : '';
  document.getElementById('leave').hidden = token() === null;
});

document.getElementById('leave').addEventListener('click', () => {
  setToken(null);
  location.reload();
});

async function start() {
  try {
    await meet();
  } catch (problem) {
    if (problem.status === 401 || problem.status === 403) {
      askForToken(token() === null ? null : problem.message);
    } else {
      showLive('reconnecting');
      if (view === null) {
        main.replaceChildren(el('div', { class: 'page' }, el('p', { class: 'notice', role: 'status' }, `The server does not answer; trying again. ${problem.message}`)));
      }
      setTimeout(start, retryMs);
    }
  }
}

onRefused(refusal => view === null || view.key === 'token' ? null : askForToken(refusal.message));
// Not by the address, which names the view.
document.querySelector('.skip').addEventListener('click', event => {
  event.preventDefault();
  main.focus();
});

addEventListener('hashchange', show);
start();
