/**
 * Joins look-ups that arrive while one is under way into the next one: `fetch` is called with many keys at once, and never
 * more than `width` times at the same moment. The first look-up goes at once, so nothing waits for company.
 */
export function gather<Key, Found>(
  fetch: (keys: Key[]) => Promise<(Found | undefined)[]>,
  options: { width?: number; most?: number } = {},
): (key: Key) => Promise<Found | undefined> {
  type Waiting = { key: Key; resolve: (found: Found | undefined) => void; reject: (error: unknown) => void };
  const width = options.width ?? 2;
  const most = options.most ?? 200;
  let waiting: Waiting[] = [];
  let underWay = 0;

  const next = (): void => {
    while (underWay < width && waiting.length > 0) {
      const batch = waiting.slice(0, most);
      waiting = waiting.slice(most);
      underWay++;
      void run(batch);
    }
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
