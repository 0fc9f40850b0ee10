// Facts that stay true without a reload: streams of events, and lists asked for again and again while somebody looks.

import { Refusal, send } from './api.js';
import { setText } from './dom.js';

const firstDelay = 1000;
const longestDelay = 15_000;

// The server says that it is there every 15 seconds.
const longestSilence = 45_000;

/** Shows at the top of the page whether what it shows is true now. */
export function showLive(state) {
  const element = document.getElementById('live');
  element.dataset.state = state;
  setText(element, state);
}

/** Resolves after a time, or at once when the signal is aborted. */
const wait = (milliseconds, signal) => new Promise(resolve => {
  const timer = setTimeout(resolve, milliseconds);
  signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
});

/** Resolves when the page is in front, or when the signal is aborted. */
const visible = signal => new Promise(resolve => {
  if (!document.hidden || signal.aborted) {
    resolve();
    return;
  }
  const look = () => {
    if (!document.hidden || signal.aborted) {
      document.removeEventListener('visibilitychange', look);
      resolve();
    }
  };
  document.addEventListener('visibilitychange', look);
  signal.addEventListener('abort', look, { once: true });
});

/**
 * Calls `ask` at once and again after every `milliseconds` while the page is in front; less often while the server does not
 * answer. Returns a function that ends it.
 */
export function poll(ask, milliseconds) {
  const ending = new AbortController();
  (async () => {
    let delay = milliseconds;
    while (!ending.signal.aborted) {
      try {
        await ask(ending.signal);
        delay = milliseconds;
        if (!ending.signal.aborted) {
          showLive('live');
        }
      } catch (problem) {
        if (ending.signal.aborted) {
          return;
        }
        delay = Math.min(longestDelay, 2 * delay);
        showLive('reconnecting');
        report(problem);
      }
      await wait(delay, ending.signal);
      await visible(ending.signal);
    }
  })();
  return () => ending.abort();
}

/** Tells a mistake of ours from a server that is away: only the first belongs into the console. */
export function report(problem) {
  if (!(problem instanceof Refusal || problem instanceof TypeError || problem?.name === 'AbortError')) {
    console.error(problem);
  }
}

/**
 * Follows a stream of events, and goes on where it was after every interruption. While the page is in the background nothing
 * is read: browsers allow few connections. Returns a function that ends it.
 * @param {() => number} after number of the last event that is known already
 * @param {(kind: string, data: object) => void} onEvent
 */
export function follow(path, after, onEvent) {
  const ending = new AbortController();
  let last = 0;
  (async () => {
    let delay = firstDelay;
    while (!ending.signal.aborted) {
      await visible(ending.signal);
      const attempt = new AbortController();
      const stop = () => attempt.abort();
      const hide = () => document.hidden && attempt.abort();
      ending.signal.addEventListener('abort', stop);
      document.addEventListener('visibilitychange', hide);
      try {
        last = Math.max(last, after());
        const response = await send('GET', path, { signal: attempt.signal, headers: { 'Last-Event-ID': String(last) } });
        showLive('live');
        delay = firstDelay;
        await read(response.body, attempt, (id, kind, data) => {
          last = id;
          onEvent(kind, data);
        });
        delay = longestDelay;
      } catch (problem) {
        if (!ending.signal.aborted && !document.hidden) {
          showLive('reconnecting');
          report(problem);
        }
      } finally {
        ending.signal.removeEventListener('abort', stop);
        document.removeEventListener('visibilitychange', hide);
      }
      if (!document.hidden) {
        await wait(delay, ending.signal);
        delay = Math.min(longestDelay, 2 * delay);
      }
    }
  })();
  return () => ending.abort();
}

/** Reads a stream of events to its end; one that falls silent is given up. */
async function read(body, attempt, onEvent) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const silence = setTimeout(() => attempt.abort(), longestSilence);
    const { done, value } = await reader.read().finally(() => clearTimeout(silence));
    if (done) {
      return;
    }
    const messages = (rest + value).split('\n\n');
    rest = messages.pop();
    messages.map(parse).filter(message => message.data !== '').forEach(message =>
      onEvent(Number(message.id), message.event, JSON.parse(message.data)));
  }
}

/** The fields of one message; a line that begins with a colon is a sign of life. */
function parse(message) {
  const fields = { id: '', event: 'message', data: '' };
  for (const line of message.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) {
      fields[line.slice(0, colon)] = line.slice(colon + 1).trimStart();
    }
  }
  return fields;
}

/**
 * A function that runs `work` at most once in so many milliseconds, never twice at the same time, and only while the page is in
 * front; whoever calls it in between is served by the next run. What `work` returns is another number of milliseconds to wait for.
 * After a failure it tries again by itself. `first` resolves after
 * the first run that went well, `stop` ends it.
 */
export function atMost(work, milliseconds, onFailure) {
  const ending = new AbortController();
  let isWanted = false;
  let isRunning = false;
  let arrived;
  async function run() {
    isRunning = true;
    let delay = milliseconds;
    while (isWanted && !ending.signal.aborted) {
      await visible(ending.signal);
      isWanted = false;
      try {
        delay = await work() ?? milliseconds;
        arrived();
      } catch (problem) {
        isWanted = true;
        delay = Math.min(longestDelay, 2 * delay);
        if (!ending.signal.aborted) {
          onFailure(problem);
        }
      }
      await wait(delay, ending.signal);
    }
    isRunning = false;
  }
  const call = () => {
    isWanted = true;
    if (!isRunning && !ending.signal.aborted) {
      run();
    }
  };
  call.first = new Promise(resolve => { arrived = resolve; });
  call.stop = () => ending.abort();
  return call;
}
