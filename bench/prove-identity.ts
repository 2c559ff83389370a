import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { floors, manifest } from '../server/manifest.ts';
import { migrate, openDb, type Db } from '../server/platform/db/index.ts';
import { openDatabase, removeDataDir } from '../server/platform/postgres/index.ts';
import { runInDatabase } from './identity-database.ts';
import { randomEvents, replayed, runEvents, statesDiffer } from './identity-events.ts';

const patients = 400;
const patientsInDatabase = 60;

/**
 * Runs random links, merges, unlinks, replacements and their undoing one after the other, and compares what is left with a replay from
 * nothing by another program: 100,000 events in memory, and fewer through the real tables.
 */
export async function prove(args: string[]): Promise<boolean> {
  const { values } = parseArgs({
    args,
    options: {
      events: { type: 'string', default: '100000' },
      stored: { type: 'string', default: '1500' },
      seed: { type: 'string', default: '1' },
    },
  });
  const seed = Number(values.seed);
  const inMemory = proveInMemory(Number(values.events), seed);
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'openics-identity-'));
  try {
    const opened = await openDatabase({ dataDir, purpose: 'discard' });
    const db = await openDb({ connection: opened.connection });
    try {
      await migrate(db, { floors, manifest });
      return (await proveInDatabase(db, Number(values.stored), seed)) && inMemory;
    } finally {
      await db.close();
      await opened.stop();
    }
  } finally {
    removeDataDir(dataDir);
  }
}

function proveInMemory(count: number, seed: number): boolean {
  const events = randomEvents(seed, count, patients);
  const began = performance.now();
  const differs = statesDiffer(runEvents(events, patients), replayed(events, patients));
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(
    `${count.toLocaleString('en-GB')} events in memory, ${patients} patients: ${said(differs)} (${seconds} s)`,
  );
  return differs === undefined;
}

async function proveInDatabase(db: Db, count: number, seed: number): Promise<boolean> {
  const began = performance.now();
  const { differs, refused, asked } = await runInDatabase(db, { seed, count, patients: patientsInDatabase });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(
    `${count.toLocaleString('en-GB')} events in the database, ${patientsInDatabase} patients, ${refused} refused: ${said(differs)} (${seconds} s)`,
  );
  console.log(`${asked} earlier beliefs were asked for by their time among these`);
  return differs === undefined;
}

const said = (differs: string | undefined): string =>
  differs === undefined ? 'equal to a replay from nothing' : `NOT equal, first about ${differs}`;
