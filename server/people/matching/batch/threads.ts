import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { received, type SentError } from '../../../platform/thread-errors.ts';
import { perform, type Done, type Task } from './tasks.ts';

/** Threads that do tasks side by side; with none, tasks are done here. */
export type Threads = {
  count: number;
  all(tasks: readonly Task[]): Promise<Done[]>;
  close(): Promise<void>;
};

/** What a thread says when a task ended. */
export type Reply = { done: Done } | { failure: SentError };

/** Starts so many threads. */
export function openThreads(count: number): Threads {
  const workers = Array.from({ length: count }, () => new Worker(new URL('./worker.ts', import.meta.url)));
  return {
    count,
    async all(tasks) {
      if (workers.length === 0) return tasks.map(perform);
      const done: Done[] = [];
      let next = 0;
      const serve = async (worker: Worker): Promise<void> => {
        while (next < tasks.length) {
          const index = next++;
          worker.postMessage(tasks[index], []);
          const [reply] = (await once(worker, 'message')) as [Reply];
          if ('failure' in reply) throw received(reply.failure);
          done[index] = reply.done;
        }
      };
      await Promise.all(workers.map(serve));
      return done;
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
