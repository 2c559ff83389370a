import { openProgress, type ProgressView } from './progress.ts';

type Going = { progress: ProgressView; signal: AbortSignal };

/** Shows how far work is, and lets it be stopped between its steps: by Ctrl-C, or when the machine asks programs to end. */
export async function stoppable<T>(work: (going: Going) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  const progress = openProgress(process.stderr);
  try {
    return await work({ progress, signal: stop.signal });
  } finally {
    progress.end();
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}
