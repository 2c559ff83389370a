import type { Sequencer } from './sequencer.ts';

/** So long a staged event waits for its place, when nothing else is wrong. */
export const usualMs = 1_000;

export type Running = {
  /** Places all that waits now, in as many transactions as it takes. Gives how many events. */
  placeAll(): Promise<number>;
  stop(): Promise<void>;
};

/** Places events every second while there are new ones. A fault is told, and tried again a second later. */
export function runSequencer(
  sequencer: Sequencer,
  options: {
    onError: (error: unknown) => void;
    everyMs?: number;
  },
): Running {
  let last: Promise<unknown> = Promise.resolve();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const placeAll = (): Promise<number> => {
    const turn = last.then(async () => {
      let events = 0;
      for (;;) {
        const placed = await sequencer.place();
        if (placed === undefined) return events;
        events += placed.events;
      }
    });
    last = turn.catch(() => undefined);
    return turn;
  };

  const again = (): void => {
    if (stopped) return;
    timer = setTimeout(
      () => void placeAll().catch(options.onError).finally(again),
      options.everyMs ?? usualMs,
    );
    timer.unref();
  };
  again();

  return {
    placeAll,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await last;
    },
  };
}
