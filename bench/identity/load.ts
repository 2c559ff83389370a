import path from 'node:path';
import { floors, manifest } from '../../server/manifest.ts';
import { loadFolder, type FeedOutcome } from '../../server/feeds/index.ts';
import { loadGeography, loadOrganisations } from '../../server/organisations/index.ts';
import { recheckPatients } from '../../server/people/index.ts';
import { migrate, openDb, type Db } from '../../server/platform/db/index.ts';
import { openDatabase } from '../../server/platform/postgres/index.ts';
import { updateDirectory } from '../../server/record/directory/index.ts';
import { observedPatients } from '../../server/record/operations/index.ts';
import { createServices } from '../../server/services.ts';
import { parentOf, processorSeconds } from '../machine.ts';

/** One part of the work: seconds by the clock, and seconds of processor in this program and in the database. */
export type Stage = { name: string; seconds: number; program: number; database: number };

type Load = { folder: string; dataDir: string; tell: (text: string) => void };

/**
 * Loads a folder of feeds into a new data folder by the ways of the partners, as `./openics start` does, and looks at everybody again
 * who waits for it. Then does `work` on the database.
 */
export async function withLoaded<T>(
  { folder, dataDir, tell }: Load,
  work: (db: Db, stages: Stage[]) => Promise<T>,
): Promise<T> {
  const opened = await openDatabase({ dataDir });
  const db = await openDb({ connection: opened.connection, maxConnections: 10 });
  try {
    await migrate(db, { floors, manifest });
    const [backend] = await db.query<{ pid: number }>('select pg_backend_pid() as pid');
    const postgres = parentOf(backend!.pid) ?? 0;
    const stages: Stage[] = [];
    const stage = async <R>(name: string, task: () => Promise<R>): Promise<R> => {
      tell(name);
      const done = await timed(name, task, () => processorSeconds(postgres));
      stages.push(done.stage);
      return done.result;
    };
    const services = await createServices(db);
    try {
      await stage('map, partners and their directory', async () => {
        await loadGeography(db, services.clock, path.join(folder, 'geography.json'));
        await loadOrganisations(db, services.clock, path.join(folder, 'organisations.json'));
        await updateDirectory(services);
      });
      const outcomes = await stage('load by MLLP, importer and mapping', () =>
        loadFolder(services, { folder, signal: new AbortController().signal, progress: silent }),
      );
      complain(outcomes, tell);
      await stage('look again at who found nobody', () =>
        recheckPatients(db, services.clock, (ids) => observedPatients(db, ids)),
      );
    } finally {
      await services.validator.stop();
    }
    return await work(db, stages);
  } finally {
    await db.close();
    await opened.stop();
  }
}

/** Runs a task and says what it took. */
export async function timed<R>(
  name: string,
  task: () => Promise<R>,
  database: () => number = () => 0,
): Promise<{ result: R; stage: Stage }> {
  const [began, program, others] = [performance.now(), process.cpuUsage(), database()];
  const result = await task();
  const { user, system } = process.cpuUsage(program);
  const seconds = (performance.now() - began) / 1000;
  return { result, stage: { name, seconds, program: (user + system) / 1e6, database: database() - others } };
}

const silent = {
  found: () => undefined,
  bytes: () => undefined,
  stored: () => undefined,
  note: () => undefined,
};

/** What was refused is missing from the record, and from what is measured: it must be seen. */
function complain(outcomes: readonly FeedOutcome[], tell: (text: string) => void): void {
  for (const { partner, held, refused } of outcomes)
    if (held > 0 || refused.length > 0)
      tell(`  ${partner}: ${held} wait for a person, ${refused.length} files were refused`);
}
