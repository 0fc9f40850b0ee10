// The head of a search's page: its name and state, what an admin can do with it, and the figures that matter.

import { el, fill, setText } from './dom.js';
import { ago, bytes, count, metricOf, moment, none, plural, short, span, spentOf, spentShare } from './format.js';
import { bar, chip, nameOf, setBar } from './parts.js';
import { steering } from './steering.js';
import { strip } from './strip.js';

export function searchHead(known, changed) {
  const title = el('h1', { tabindex: '-1' }, known.id);
  const state = el('span', { role: 'status' });
  const about = el('p', { class: 'muted about' }, '…');
  const actions = steering(known, changed);
  const notice = el('p', { class: 'notice', role: 'status', test: 'notice', hidden: true });
  const best = card('Best so far');
  const budget = card('Budget', 'budget');
  const regret = card('Stopping now would cost');
  const decision = card('Last decision');
  const jobs = card('Jobs');
  const budgetBar = bar(0, 'Budget spent');
  const budgetText = el('b', {});
  const forecast = el('span', { class: 'line', test: 'forecast' });
  const basisText = el('span', {});
  const basis = el('details', { class: 'line', hidden: true }, el('summary', {}, 'How this is known'), basisText);
  budget.body.append(budgetText, budgetBar, forecast, basis);

  return {
    element: el('div', { class: 'head' },
      el('p', { class: 'crumbs' }, el('a', { href: '#/' }, 'Searches')),
      el('div', { class: 'headline' }, title, state, actions.element), about, actions.problem, notice,
      el('div', { class: 'cards' }, best.element, budget.element, regret.element, decision.element, jobs.element)),
    update() {
      const { view, picture } = known;
      setText(title, nameOf(view));
      fill(state, `${view.state}|${view.phase}`, () => chip(view));
      setText(about, [view.name ? view.id : null, view.workload, picture.space, `tasks ${picture.tasks.join(', ')}`, `seed ${picture.seed}`, `begun ${ago(view.createdAt)}`]
        .filter(part => part !== null).join(' · '));
      const says = view.notice ?? (view.state === 'running' || view.state === 'paused' ? null : view.endReason && `Ended: ${view.endReason}`);
      notice.hidden = !says;
      notice.classList.toggle('calm', !view.notice && view.state !== 'failed');
      setText(notice, says ?? '');
      fillBest(best, known);
      setText(budgetText, spentOf(view.spent, view.budget));
      setBar(budgetBar, spentShare(view.spent, view.budget));
      setText(forecast, forecastText(view));
      basis.hidden = !view.forecast?.basis;
      setText(basisText, view.forecast?.basis ?? '');
      fillRegret(regret, known);
      fillDecision(decision, known);
      fill(jobs.body, JSON.stringify(view.jobs), () => [el('b', {}, `${count(view.jobs.succeeded)} done`),
        el('span', { class: 'line' }, [view.jobs.running ? `${view.jobs.running} running` : null, view.jobs.queued ? `${view.jobs.queued} queued` : null, view.jobs.failed ? `${view.jobs.failed} failed` : null].filter(Boolean).join(', ') || 'none running'),
        el('span', { class: 'line' }, `${span(view.spent.trainSeconds)} of training`)]);
      actions.update();
    },
    stop: () => actions.stop(),
  };
}

function card(title, test) {
  const body = el('div', { class: 'body' });
  return { body, element: el('section', { class: 'card', test, 'aria-label': title }, el('h2', {}, title), body) };
}

function fillBest({ body, element }, { view, picture, rows }) {
  const metric = metricOf(picture);
  const row = rows.find(candidate => candidate.isChosen);
  const isOver = ['completed', 'cancelled'].includes(view.state);
  setText(element.querySelector('h2'), isOver ? 'Chosen network' : 'Best so far');
  fill(body, JSON.stringify([row?.id, row?.accuracy, row?.effective, picture.baseline]), () => {
    if (!row) {
      return [el('b', {}, none), el('span', { class: 'line' }, picture.baseline.accuracy === null ? 'The FP32 baseline comes first.' : 'Nothing is measured yet.')];
    }
    const accuracy = row.accuracy.findLast(value => value !== null);
    return [
      el('b', {}, metric.value(accuracy)),
      metric.isAccuracy ? null : el('span', { class: 'line' }, `${metric.name}${metric.hint}`),
      el('span', { class: 'line' }, el('a', { href: `#/search/${view.id}/trial/${row.id}`, 'aria-label': `Network ${row.id}: ${row.bits}` }, strip(row.bits, picture.subject))),
      el('span', { class: 'line' }, `${bytes(row.memoryBytes)}, ${short(picture.baseline.memoryBytes / row.memoryBytes)} times smaller than FP32 (${metric.value(picture.baseline.accuracy)})`),
    ];
  });
}

function forecastText({ state, forecast }) {
  if (!forecast) {
    return state === 'running' ? 'No forecast yet' : '';
  }
  const range = forecast.secondsLow !== null && forecast.secondsLow !== undefined && forecast.secondsHigh
    ? ` (${span(forecast.secondsLow)} to ${span(forecast.secondsHigh)})` : '';
  return `About ${span(forecast.secondsLeft)} left${range}, until ${moment(forecast.finishAt)}`;
}

function fillRegret({ body }, { picture, decisions }) {
  const metric = metricOf(picture);
  const regret = decisions.findLast(decision => decision.regret !== null)?.regret ?? null;
  const stop = picture.stopRegret;
  fill(body, JSON.stringify([regret, stop]), () => [
    el('b', {}, metric.relative(regret)),
    el('span', { class: 'line' }, regret === null
      ? 'No estimate yet: it comes with the model.'
      : `${metric.isFraction ? 'of effective' : 'effective'} ${metric.name}, as the model expects.`),
    el('span', { class: 'line' }, stop === null || stop === undefined
      ? 'No automatic stop: it ends when the budget is spent.'
      : `Ends by itself below ${metric.relative(stop)} in three decisions in a row; so far ${below(decisions, stop)}.`),
  ]);
}

/** How many decisions in a row, from the last back, expected less than the tolerance. */
function below(decisions, stop) {
  const place = decisions.findLastIndex(decision => decision.regret === null || decision.regret >= stop);
  return decisions.length - 1 - place;
}

function fillDecision({ body }, { view, picture, decisions }) {
  const last = decisions.at(-1);
  fill(body, JSON.stringify(last ?? null), () => last === undefined ? [el('b', {}, none), el('span', { class: 'line' }, 'None yet.')] : [
    el('b', {}, `Network ${last.trialId}`),
    el('span', { class: 'line' }, strip(last.bits, picture.subject)),
    el('span', { class: 'line' }, `To ${plural(last.epochs, 'epoch')}: ${last.gainNats > 0 ? `${short(last.gainNats)} nats for ` : ''}${short(last.costEpochs)} epochs of budget. `,
      el('a', { href: `#/search/${view.id}/decision/${last.id}` }, 'Why this one?')),
  ]);
}
