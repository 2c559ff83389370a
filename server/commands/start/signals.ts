const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Resolves at the first Ctrl-C or kill. `onSignal` is told of each one, with true from the second on. */
export function untilAsked(onSignal: (again: boolean) => void): Promise<void> {
  return new Promise((resolve) => {
    let asked = 0;
    for (const signal of signals) {
      process.on(signal, () => {
        asked += 1;
        resolve();
        onSignal(asked > 1);
      });
    }
  });
}
