/** A look-up that takes longer no longer holds up those behind it. */
const patienceMs = 3;

/**
 * Joins look-ups that arrive while one is under way into the next one: `fetch` is called with many keys at once. The first
 * look-up goes at once, so nothing waits for company. Those behind a slow look-up wait a few milliseconds at most; even so
 * never more than `width` are under way.
 */
export function gather<Key, Found>(
  fetch: (keys: Key[]) => Promise<(Found | undefined)[]>,
  options: { width?: number; most?: number } = {},
): (key: Key) => Promise<Found | undefined> {
  type Waiting = { key: Key; resolve: (found: Found | undefined) => void; reject: (error: unknown) => void };
  const width = options.width ?? 4;
  const most = options.most ?? 200;
  let waiting: Waiting[] = [];
  let underWay = 0;
  let timer: NodeJS.Timeout | undefined;

  const start = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const batch = waiting.slice(0, most);
    waiting = waiting.slice(most);
    underWay++;
    void run(batch);
    next();
  };

  const next = (): void => {
    if (waiting.length === 0 || underWay >= width) return;
    if (underWay === 0 || waiting.length >= most) start();
    else timer ??= setTimeout(start, patienceMs);
  };

  const run = async (batch: Waiting[]): Promise<void> => {
    try {
      const found = await fetch(batch.map((item) => item.key));
      for (const [index, item] of batch.entries()) item.resolve(found[index]);
    } catch (error) {
      for (const item of batch) item.reject(error);
    } finally {
      underWay--;
      next();
    }
  };

  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject });
      next();
    });
}
