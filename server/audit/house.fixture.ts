import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { database } from '../../test/support/database.ts';
import type { Clock } from '../platform/clock.ts';
import type { PoolDb } from '../platform/db/index.ts';
import { createHttp } from '../platform/http/index.ts';
import { openAuditLog, Proofs, registerAudit, type AuditLog, type Happening } from './index.ts';

export const ada = '0198a000-0000-7000-8000-00000000000a';
export const ben = '0198a000-0000-7000-8000-00000000000b';
export const at = new Date('2026-03-02T09:00:00Z');
/** The clock of the log under test: a second after what happens. */
export const clock: Clock = () => new Date(at.getTime() + 1000);

/** A nurse opens a part of somebody's record, or of nobody's. */
export const opening = (person: string | undefined, more: Partial<Happening> = {}): Happening => ({
  at,
  kind: 'read',
  outcome: 'permitted',
  user: 'nurse-1',
  organisation: 'RX1',
  purpose: 'TREAT',
  resource: 'Observation',
  ...(person === undefined ? {} : { person }),
  ...more,
});

export type House = {
  db: PoolDb;
  log: AuditLog;
  proofs: Proofs;
  dataDir: string;
  /** Opens the log once more, as another server of the same database. Without a folder of its own it shares the first one's. */
  openAgain(ownFolder?: 'own folder'): Promise<AuditLog>;
  /** Serves it over HTTP and gives the address. */
  serve(): Promise<string>;
};

/** An audit log on a database of its own. All of it goes when the test ends: servers first, the database last. */
export async function house(t: TestContext, origin?: string): Promise<House> {
  const undo: (() => Promise<unknown> | void)[] = [];
  t.after(async () => {
    for (const work of undo.toReversed()) await work();
  });
  const db = await database({ after: (work) => undo.push(work) });
  const folder = (): string => {
    const made = mkdtempSync(path.join(tmpdir(), 'openics-audit-'));
    undo.push(() => rmSync(made, { recursive: true }));
    return made;
  };
  const open = async (dataDir: string): Promise<AuditLog> => {
    const opened = await openAuditLog({
      db,
      dataDir,
      clock,
      ...(origin === undefined ? {} : { origin }),
      onError: (error) => assert.fail(String(error)),
      everyMs: 3_600_000,
    });
    undo.push(() => opened.stop());
    return opened;
  };
  const dataDir = folder();
  const log = await open(dataDir);
  const proofs = new Proofs(db);
  return {
    db,
    log,
    proofs,
    dataDir,
    openAgain: (own) => open(own === undefined ? dataDir : folder()),
    async serve() {
      const app = createHttp({ gate: async () => undefined });
      registerAudit(app, { db, clock, log, proofs });
      undo.push(() => app.close());
      return app.listen({ port: 0, host: '127.0.0.1' });
    },
  };
}
