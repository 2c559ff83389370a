import { openDb } from '../index.ts';

/**
 * A process with a kept number: `node party.fixture.ts URL`. Messages: `['ask', n]` is answered with the number, kept if that is
 * allowed; `['write', n]` adds one to it. Answers are `[n, number, was kept]`, or `[n, 'failed']` when the database was away.
 */
const db = await openDb({ connection: { connectionString: process.argv[2] } });
let kept: { mark: number; value: number } | undefined;

async function ask(): Promise<[value: number, wasKept: boolean]> {
  if (kept !== undefined && db.lease.isUnchanged(kept.mark, ['number'])) return [kept.value, true];
  const mark = db.lease.mark();
  const [row] = await db.query<{ value: number }>('select value from public.number', [], { name: 'number' });
  kept = mark === undefined ? undefined : { mark, value: row!.value };
  return [row!.value, false];
}

const write = (): Promise<[value: number, wasKept: boolean]> =>
  db.transaction(async (tx) => {
    await db.lease.enter(tx, ['number']);
    const [row] = await tx.query<{ value: number }>(
      'update public.number set value = value + 1 returning value',
      [],
    );
    return [row!.value, false];
  });

process.on('message', ([what, number]: ['ask' | 'write', number]) => {
  (what === 'ask' ? ask() : write()).then(
    (answer) => process.send?.([number, ...answer]),
    () => process.send?.([number, 'failed']),
  );
});
process.on('disconnect', () => process.exit());
process.send?.(['ready']);
