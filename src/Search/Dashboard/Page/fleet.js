// The machines: who is there, what each does now, how fast, and what went wrong.

import { get } from './api.js';
import { el, setText } from './dom.js';
import { ago, bytes, none, percent, plural, short } from './format.js';
import { poll } from './live.js';
import { bar, chip } from './parts.js';
import { strip } from './strip.js';
import { sortedTable } from './table.js';

const pollMs = 3000;
const rank = { online: 0, lost: 1, left: 2 };
const purposes = { baseline: 'FP32 baseline', search: 'search', verify: 'verification' };

const memoryOf = device => device?.memoryUsedBytes === undefined || device.memoryUsedBytes === null ? none
  : device.memoryBytes ? `${bytes(device.memoryUsedBytes)} of ${bytes(device.memoryBytes)}` : bytes(device.memoryUsedBytes);

const jobText = worker => worker.job
  ? `${worker.job.searchId}|${worker.job.jobId}|${worker.job.bits}|${worker.job.epochsDone}|${worker.job.epochs}|${ago(worker.jobSince)}`
  : worker.lease ?? none;

function jobOf(worker) {
  const job = worker.job;
  if (!job) {
    return [worker.lease ? el('code', {}, worker.lease) : worker.state === 'online' ? el('span', { class: 'muted' }, 'waits for work') : none];
  }
  return [
    el('span', { class: 'line' }, el('a', { href: `#/search/${job.searchId}` }, job.searchId), ` · job ${job.jobId}, ${purposes[job.purpose] ?? job.purpose}`),
    job.bits ? el('span', { class: 'line' }, strip(job.bits, job.bits.includes('/') ? 'both' : 'bits')) : null,
    el('span', { class: 'line' }, bar(job.epochs ? job.epochsDone / job.epochs : 0, 'Epochs trained'),
      el('span', { class: 'muted' }, ` ${short(job.epochsDone)} of ${plural(job.epochs, 'epoch')}${worker.jobSince ? `, begun ${ago(worker.jobSince)}` : ''}`)),
  ];
}

const columns = [
  { key: 'worker', title: 'Worker', heading: true, value: worker => worker.workerId, text: worker => worker.workerId },
  { key: 'state', title: 'State', value: worker => rank[worker.state], text: worker => worker.state, content: worker => [chip({ state: worker.state })] },
  { key: 'device', title: 'Device', value: worker => worker.deviceKind, text: worker => worker.deviceKind },
  { key: 'job', title: 'Current job', value: worker => worker.job?.searchId ?? worker.lease ?? null, text: jobText, content: jobOf },
  {
    key: 'throughput', title: 'Images/s', number: true, value: worker => worker.imagesPerSecond ?? null,
    text: worker => worker.imagesPerSecond === undefined || worker.imagesPerSecond === null ? none : short(worker.imagesPerSecond),
  },
  { key: 'memory', title: 'Device memory', number: true, value: worker => worker.device?.memoryUsedBytes ?? null, text: worker => memoryOf(worker.device) },
  {
    key: 'utilization', title: 'In use', number: true, value: worker => worker.device?.utilization ?? null,
    text: worker => percent(worker.device?.utilization, 0),
  },
  { key: 'succeeded', title: 'Done', number: true, value: worker => worker.succeeded, text: worker => String(worker.succeeded) },
  {
    key: 'failed', title: 'Failed', number: true, value: worker => worker.failed, text: worker => `${worker.failed}|${worker.lastFailure ?? ''}`,
    content: worker => [String(worker.failed), worker.lastFailure ? el('span', { class: 'under fault' }, worker.lastFailure) : null],
  },
  { key: 'seen', title: 'Last seen', number: true, value: worker => Date.parse(worker.lastSeen) || null, text: worker => ago(worker.lastSeen) },
];

export function fleetView() {
  const number = el('p', { class: 'muted', role: 'status' });
  const table = sortedTable({
    caption: 'All workers', hideCaption: true, columns, keyOf: worker => worker.workerId, test: 'workers', rowTest: worker => `worker-${worker.workerId}`,
    sort: { key: 'state', descending: false }, empty: 'No worker yet.',
  });
  const offers = el('div', {});
  const welcome = el('div', { class: 'empty', hidden: true },
    el('p', {}, 'No worker has joined yet.'),
    el('p', { class: 'muted' }, 'Start one where there is a processor or a GPU to train on: ', el('code', {}, `bitcurve worker --server ${location.origin}`)));
  const stop = poll(async signal => {
    const workers = (await get('workers', signal)).items;
    welcome.hidden = workers.length > 0;
    table.element.hidden = workers.length === 0;
    table.update(workers);
    const of = state => workers.filter(worker => worker.state === state).length;
    const busy = workers.filter(worker => worker.state === 'online' && (worker.job || worker.lease)).length;
    setText(number, `${of('online')} online, ${busy} at work, ${of('lost')} lost, ${of('left')} gone`);
    const names = [...new Set(workers.filter(worker => worker.state === 'online').flatMap(worker => worker.workloads))].sort();
    setText(offers, names.length > 0 ? `On offer: ${names.join(', ')}` : '');
  }, pollMs);
  return {
    title: 'Fleet',
    element: el('div', { class: 'page' },
      el('div', { class: 'headline' }, el('h1', { tabindex: '-1' }, 'Fleet')), number, welcome, table.element, el('p', { class: 'muted' }, offers)),
    stop,
  };
}
