import { parentPort } from 'node:worker_threads';
import { Problem } from '../../../platform/errors.ts';
import { perform, type Task } from './tasks.ts';

/** Runs in a thread: does one task after another. */
parentPort?.on('message', (task: Task) => {
  try {
    parentPort?.postMessage({ done: perform(task) }, []);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { code, status, message, place, wayOut } = error;
    parentPort?.postMessage({ problem: { code, status, message, place, wayOut } }, []);
  }
});
