import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { walledDatabase } from '../test/support/walled-database.ts';
import { openApp } from './app.ts';
import type { AuditLog } from './audit/index.ts';
import { createServices } from './services.ts';

test('an application that cannot be made stops the log that it had opened', async (t) => {
  const undo: (() => Promise<void>)[] = [];
  t.after(async () => {
    for (const work of undo.toReversed()) await work();
  });
  const { db, owner, connection } = await walledDatabase({ after: (work) => undo.push(work) });
  const folder = await mkdtemp(path.join(os.tmpdir(), 'openics-app-'));
  undo.push(() => rm(folder, { recursive: true }));
  await owner.query(
    'alter table platform.sealing_key add constraint none check (purpose <> $$search-ticket$$)',
  );
  let log: AuditLog | undefined;
  const opened = openApp(await createServices(db), folder, {
    signIn: {
      providers: [],
      address: () => '',
      personas: async () => [],
      apart: connection,
      withLog: (one) => (log = one),
    },
  });
  await assert.rejects(opened, /none/);
  await assert.rejects(log?.placeAll() ?? Promise.resolve(), /closed/);
});
