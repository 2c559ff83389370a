import { parentPort } from 'node:worker_threads';
import { sent } from '../../../platform/thread-errors.ts';
import { perform, type Task } from './tasks.ts';
import type { Reply } from './threads.ts';

const say = (reply: Reply): void => parentPort?.postMessage(reply, []);

/** Runs in a thread: does one task after another. */
parentPort?.on('message', (task: Task) => {
  try {
    say({ done: perform(task) });
  } catch (error) {
    say({ failure: sent(error) });
  }
});
