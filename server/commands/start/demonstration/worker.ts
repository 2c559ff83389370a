/** The process that makes the demonstration, beside the server. It is given the data folder and the number of people. */
import { Problem } from '../../../platform/errors.ts';
import { createServices } from '../../../services.ts';
import { withDatabase } from '../../database/index.ts';
import { makeDemonstration } from './make.ts';

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

/** Nobody hears it when the server is gone; `disconnect` then stops the work. */
const goOn = (): void => undefined;

const [dataDir = '', people = ''] = process.argv.slice(2);
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
process.on('disconnect', () => stop.abort());

await withDatabase({ dataDir, maxConnections: 10, log: () => undefined }, async (db, owner) => {
  const services = await createServices(db);
  try {
    await makeDemonstration(services, {
      dataDir,
      owner,
      people: Number(people),
      signal: stop.signal,
      tell: (step, share) => void process.send?.({ step, share }, undefined, undefined, goOn),
    });
  } catch (error) {
    // What it says may hold a person's data: its kind and place are enough.
    const frames =
      error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
    console.error(
      [`  ${error instanceof Problem ? error.message : nameOf(error)}`, ...frames.slice(0, 4)].join('\n'),
    );
    process.exitCode = 1;
  } finally {
    await services.validator.stop();
  }
});
if (stop.signal.aborted) process.exitCode = 3;
// Whoever started this may have been killed meanwhile.
if (process.connected) process.disconnect();
