import { Worker } from 'node:worker_threads';
import { release, stop, type News, type Order } from './engine/index.ts';

/** Milliseconds a thread has to end by itself once its time is over or it was told to stop. */
const grace = 500;

/** The longest that a timer can wait, in milliseconds. */
const longest = 2 ** 31 - 1;

/**
 * Runs a thread for each order until all have ended. One that is busy in a single long step when its time is over is
 * ended from outside: what it found before stands in the shared memory.
 */
export async function runThreads(
  orders: readonly Order[],
  signal: AbortSignal | undefined,
  hear: (news: News) => void,
): Promise<void> {
  const [first] = orders;
  if (first === undefined) return;
  const { shared, until } = first;
  let isEnded = false;
  const workers = orders.map(
    (order) => new Worker(new URL('./engine/worker.ts', import.meta.url), { workerData: order }),
  );
  const end = (): void => {
    isEnded = true;
    for (const worker of workers) void worker.terminate();
  };
  let timer = setTimeout(end, Math.min(longest, Math.max(0, until - Date.now()) + grace));
  const halt = (): void => {
    stop(shared);
    clearTimeout(timer);
    timer = setTimeout(end, grace);
  };
  signal?.addEventListener('abort', halt, { once: true });
  if (signal?.aborted === true) halt();
  try {
    await Promise.all(
      workers.map(
        (worker) =>
          new Promise<void>((resolve, reject) => {
            worker.on('message', (news: News) => {
              if (!isEnded) hear(news);
            });
            worker.on('error', (error) => {
              end();
              reject(error);
            });
            worker.on('exit', () => resolve());
          }),
      ),
    );
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', halt);
    if (isEnded) release(shared);
  }
}
