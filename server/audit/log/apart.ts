import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { DbOptions } from '../../platform/db/index.ts';
import { received, type SentError } from '../../platform/thread-errors.ts';
import { usualMs, type Running } from './running.ts';

/** What the thread is started with. */
export type Setting = { connection: DbOptions['connection']; dataDir: string; everyMs: number };

/** What the thread is asked. It answers `place` by its number. */
export type ToThread = { kind: 'place'; call: number } | { kind: 'stop' };

export type FromThread =
  | { kind: 'placed'; call: number; events: number }
  | { kind: 'failed'; call: number; failure: SentError }
  | { kind: 'told'; failure: SentError };

type Call = { resolve: (events: number) => void; reject: (error: unknown) => void };

/**
 * Gives places in a thread of its own, over connections of its own, so that no answer waits while they are given. A thread that
 * ends unasked is told of, and a second later another takes its place: what is staged waits for it.
 */
export function runApart(
  { connection, dataDir }: Omit<Setting, 'everyMs'>,
  options: { onError: (error: unknown) => void; everyMs?: number },
): Running {
  const everyMs = options.everyMs ?? usualMs;
  const setting: Setting = { connection, dataDir, everyMs };
  const calls = new Map<number, Call>();
  let lastCall = 0;
  let thread: Worker | undefined;
  let stopped = false;
  let timer = setTimeout(begin, everyMs).unref();

  function begin(): Worker {
    clearTimeout(timer);
    const begun = new Worker(new URL('./placing-thread.ts', import.meta.url), { workerData: setting });
    begun.on('message', hear);
    begun.on('error', options.onError);
    begun.once('exit', () => end(begun));
    begun.unref();
    thread = begun;
    return begun;
  }

  function hear(message: FromThread): void {
    if (message.kind === 'told') return options.onError(received(message.failure));
    const call = calls.get(message.call);
    calls.delete(message.call);
    if (message.kind === 'placed') call?.resolve(message.events);
    else call?.reject(received(message.failure));
  }

  function end(ended: Worker): void {
    if (thread === ended) thread = undefined;
    for (const { reject } of calls.values()) reject(new Error('The thread that gives places has ended.'));
    calls.clear();
    if (!stopped) timer = setTimeout(begin, everyMs).unref();
  }

  return {
    placeAll() {
      if (stopped) return Promise.reject(new Error('The audit log is closed.'));
      return new Promise((resolve, reject) => {
        const call = ++lastCall;
        calls.set(call, { resolve, reject });
        ask(thread ?? begin(), { kind: 'place', call });
      });
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      if (thread === undefined) return;
      const ended = once(thread, 'exit');
      ask(thread, { kind: 'stop' });
      await ended;
    },
  };
}

function ask(thread: Worker, message: ToThread): void {
  // The rule is about windows, which have an origin; threads have none.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  thread.postMessage(message);
}
