export type Regular = { stop(): Promise<void> };

/**
 * Does work every `everyMs`, one turn at a time, until stopped. A turn that fails is made up for by the next; the first failure of
 * its kind in a row is told.
 */
export function regularly(
  work: () => Promise<unknown>,
  { everyMs, onError }: { everyMs: number; onError: (error: unknown) => void },
): Regular {
  let underWay: Promise<void> | undefined;
  let told: string | undefined;
  const turn = async (): Promise<void> => {
    try {
      await work();
      told = undefined;
    } catch (error) {
      if (told !== kindOf(error)) onError(error);
      told = kindOf(error);
    } finally {
      underWay = undefined;
    }
  };
  const timer = setInterval(() => {
    underWay ??= turn();
  }, everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await underWay;
    },
  };
}

function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error ? `${error.name} ${String(error.code)}` : error.name;
}
