import { updateDirectory, type DirectoryParts } from './update.ts';

/** Keeps the directory right: at once, and again whenever organisations or the day have changed. A look that fails is tried at the next. */
export function followOrganisations(
  parts: DirectoryParts,
  onFailure: (error: unknown) => void,
  everyMs = 30_000,
): { stop(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve();
  let isRunning = false;
  const look = (): void => {
    if (isRunning) return;
    isRunning = true;
    running = updateDirectory(parts)
      .catch(onFailure)
      .finally(() => {
        isRunning = false;
      });
  };
  look();
  const timer = setInterval(look, everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
