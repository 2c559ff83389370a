import { Worker } from 'node:worker_threads';
import { doTask, type Done, type Task } from './work.ts';

type Answer = { steps: number } | { done: Done };

/** Threads that share the work. */
export type Crew = {
  size: number;
  /** Does the tasks, several at a time, and gives what came of each in the order of the tasks. */
  all<T extends Done>(tasks: Task[], progress: (steps: number) => void): Promise<T[]>;
  end(): Promise<void>;
};

/** A crew of so many threads with so much memory each; one alone works where we are. */
export function hireCrew(size: number, memoryMb: number): Crew {
  if (size <= 1)
    return {
      size: 1,
      all: async <T extends Done>(tasks: Task[], progress: (steps: number) => void) =>
        tasks.map((task) => doTask(task, progress) as T),
      end: async () => undefined,
    };
  const resourceLimits = { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 32 };
  const workers = Array.from(
    { length: size },
    () => new Worker(new URL('./worker.ts', import.meta.url), { resourceLimits }),
  );
  return {
    size,
    async all<T extends Done>(tasks: Task[], progress: (steps: number) => void) {
      const results: T[] = [];
      let next = 0;
      await Promise.all(
        workers.map(async (worker) => {
          while (next < tasks.length) {
            const at = next++;
            results[at] = (await ask(worker, tasks[at]!, progress)) as T;
          }
        }),
      );
      return results;
    },
    end: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

function ask(worker: Worker, task: Task, progress: (steps: number) => void): Promise<Done> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      worker.off('message', hear);
      worker.off('error', fail);
    };
    const hear = (answer: Answer): void => {
      if ('steps' in answer) {
        progress(answer.steps);
        return;
      }
      stop();
      resolve(answer.done);
    };
    const fail = (error: Error): void => {
      stop();
      reject(error);
    };
    worker.on('message', hear);
    worker.on('error', fail);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage(task);
  });
}
