/** A thread that does tasks, one after the other. */
import { parentPort } from 'node:worker_threads';
import { doTask, type Task } from './work.ts';

const port = parentPort!;
port.on('message', (task: Task) => {
  const done = doTask(task, (steps) => port.postMessage({ steps }));
  port.postMessage({ done });
});
