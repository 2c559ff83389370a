import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openAuditLog, Proofs } from '../server/audit/index.ts';
import { floors, manifest } from '../server/manifest.ts';
import { systemClock } from '../server/platform/clock.ts';
import { migrate, openDb } from '../server/platform/db/index.ts';
import { openDatabase, removeDataDir } from '../server/platform/postgres/index.ts';
import { honestHolds, prepare, tamperOnce, type Subject } from './prove-audit-tamperings.ts';
import { seeded } from './match-people.ts';

/**
 * Tampers with an audit log in random ways, as its reader's verifier would meet it: rows changed by the owner of the database,
 * lists changed on the way, the whole log made anew with and without its key. Every one must be seen, and the honest log must
 * hold before and after.
 */
export async function prove(args: string[]): Promise<boolean> {
  const { values } = parseArgs({
    args,
    options: {
      tamperings: { type: 'string', default: '2000' },
      events: { type: 'string', default: '300' },
      seed: { type: 'string', default: '1' },
    },
  });
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'openics-prove-audit-'));
  try {
    const opened = await openDatabase({ dataDir, purpose: 'discard' });
    const db = await openDb({ connection: opened.connection });
    try {
      await migrate(db, { floors, manifest });
      const log = await openAuditLog({ db, dataDir, clock: systemClock, onError: console.error });
      try {
        const subject: Subject = { db, log, proofs: new Proofs(db) };
        return await tamper(subject, {
          count: Number(values.tamperings),
          events: Number(values.events),
          seed: Number(values.seed),
        });
      } finally {
        await log.stop();
      }
    } finally {
      await db.close();
      await opened.stop();
    }
  } finally {
    removeDataDir(dataDir);
  }
}

/** Runs so many tamperings and prints what was seen. Gives whether all were, and the honest log held. */
export async function tamper(
  subject: Subject,
  {
    count,
    events,
    seed,
    print = console.log,
  }: {
    count: number;
    events: number;
    seed: number;
    print?: (line: string) => void;
  },
): Promise<boolean> {
  const random = seeded(seed);
  const prepared = await prepare(subject, random, events);
  const before = await honestHolds(subject.db, prepared);
  const tried = new Map<string, { tried: number; missed: number }>();
  for (let i = 0; i < count; i++) {
    const { kind, detected } = await tamperOnce(subject.db, prepared, random);
    const tally = tried.get(kind) ?? { tried: 0, missed: 0 };
    tried.set(kind, { tried: tally.tried + 1, missed: tally.missed + (detected ? 0 : 1) });
  }
  const after = await honestHolds(subject.db, prepared);
  print('| tampering | tried | seen |\n| --- | --- | --- |');
  for (const [kind, { tried: all, missed }] of [...tried].sort(([a], [b]) => (a < b ? -1 : 1)))
    print(`| ${kind} | ${all} | ${all - missed} |`);
  const missed = [...tried.values()].reduce((sum, each) => sum + each.missed, 0);
  print(
    `\n${count - missed} of ${count} were seen; the honest log ${before && after ? 'holds' : 'DOES NOT HOLD'}.`,
  );
  return missed === 0 && before && after;
}
