// One search: where it stands, what it found, and why it does what it does.

import { get } from './api.js';
import { el } from './dom.js';
import { atMost, follow, report, showLive } from './live.js';
import { detailPanel } from './detail.js';
import { figures } from './figures.js';
import { searchHead } from './head.js';
import { decisionsOf, measuredIn, merged, rowsOf } from './picture.js';
import { nameOf } from './parts.js';
import { searchTables } from './tables.js';

const refreshMs = 2000;
const modelMs = 10_000;
const computingMs = 3000;

// Without events there may still be news: workers come and go, and the forecast moves.
const quietMs = 15_000;

// A model that is still being made is asked for again so often before the next measurement.
const mostModelTries = 12;

export function searchView(id) {
  const path = `searches/${encodeURIComponent(id)}`;
  const known = { id, view: null, picture: null, model: null, rows: [], decisions: [], selected: null };
  const pick = (trial, picked) => {
    location.hash = picked?.decisionId ? `#/search/${id}/decision/${picked.decisionId}` : `#/search/${id}/trial/${trial}`;
  };
  const head = searchHead(known, changed);
  const panel = detailPanel(known);
  const charts = figures(known, pick);
  const tables = searchTables(known, pick);
  const parts = [head, panel, charts, tables];
  const content = el('div', { class: 'beside', hidden: true }, el('div', { class: 'wide' }, charts.element, tables.element), panel.element);
  const element = el('div', { class: 'page search' }, head.element, content);
  const result = { title: id, element, select, stop };
  let ended = false;
  let stopFollowing = null;
  let modelTries = 0;
  let hasMoved = true;
  const quiet = setInterval(() => known.view && refresh(), quietMs);

  const refresh = atMost(async () => {
    const since = known.picture?.version ?? 0;
    const asksForPicture = hasMoved;
    hasMoved = false;
    const [view, news] = await Promise.all([get(path), asksForPicture ? get(`${path}/picture${since ? `?since=${since}` : ''}`) : null]).catch(problem => {
      hasMoved ||= asksForPicture;
      throw problem;
    });
    if (ended) {
      return;
    }
    if (!news) {
      known.view = view;
      show(false);
      if (view.version > since) {
        move();
      }
      return;
    }
    const isNews = !known.picture || !news.since || news.trials.id.length > 0 || news.decisions.id.length > 0
      || news.phase !== known.picture.phase || news.chosen !== known.picture.chosen
      || JSON.stringify(news.verified) !== JSON.stringify(known.picture.verified);
    known.view = view;
    known.picture = merged(known.picture, news);
    showLive('live');
    show(isNews);
    if (isNews) {
      modelTries = 0;
      refreshModel();
    }
  }, refreshMs, failed);

  const refreshModel = atMost(async () => {
    if (known.model?.measurements === measuredIn(known.picture) || modelTries++ >= mostModelTries) {
      return modelMs;
    }
    const model = await get(`${path}/model`);
    if (ended) {
      return modelMs;
    }
    const isNews = JSON.stringify([model.version, model.measurements, model.unavailable])
      !== JSON.stringify([known.model?.version, known.model?.measurements, known.model?.unavailable]);
    known.model = model;
    if (isNews) {
      show(true);
    }
    refreshModel();
    return model.unavailable ? computingMs : modelMs;
  }, modelMs, report);

  function show(isNews) {
    document.title = `${nameOf(known.view)} · bitcurve`;
    content.hidden = false;
    if (isNews) {
      known.rows = rowsOf(known.picture, known.model);
      known.decisions = decisionsOf(known.picture);
    }
    parts.forEach(part => part.update(isNews));
  }

  /** Something happened to the search: there is more to see. */
  function move() {
    hasMoved = true;
    refresh();
  }

  /** The search after something was asked of it: shown at once. */
  function changed(view) {
    known.view = view;
    show(false);
    move();
  }

  function failed(problem) {
    if (problem.status === 404) {
      element.replaceChildren(el('h1', { tabindex: '-1' }, 'No such search'), el('p', {}, problem.message, ' ', el('a', { href: '#/' }, 'All searches')));
      stop();
    } else {
      showLive('reconnecting');
      report(problem);
    }
  }

  /** @param {string[]} route what the address says behind the search: trial/N or decision/N */
  function select([kind, number]) {
    const selected = (kind === 'trial' || kind === 'decision') && Number(number) > 0 ? { kind, number: Number(number) } : null;
    if (JSON.stringify(selected) !== JSON.stringify(known.selected)) {
      known.selected = selected;
      if (known.picture) {
        parts.forEach(part => part.select?.());
      }
    }
  }

  function stop() {
    ended = true;
    clearInterval(quiet);
    stopFollowing?.();
    refresh.stop();
    refreshModel.stop();
    charts.stop();
    head.stop();
  }

  // Events of the past are in the picture: the stream begins behind it.
  refresh.first.then(() => {
    if (!ended) {
      stopFollowing = follow(`${path}/events`, () => known.picture?.version ?? 0, move);
    }
  });
  refresh();
  return result;
}
