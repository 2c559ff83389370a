import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import * as fc from 'fast-check';
import { database } from '../../../test/support/database.ts';
import { isUniqueViolation, type Tx } from '../../platform/db/index.ts';
import { largestBlock } from '../candidates.ts';
import { observePatients, type ObservedPatient } from '../index.ts';
import { Blocks } from '../match.ts';
import { Register } from '../register.ts';
import { changeRows, tidyChanges } from './changes.ts';
import { knownOf } from './known.ts';
import { currentLinks } from './links.ts';
import { keysOfPatients, membersOf, patientsUnder } from './members.ts';
import { Memory, noteChange } from './memory.ts';

const db = await database();
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const ids = Array.from({ length: 12 }, (_each, index) => id(index + 1));
let now = Date.UTC(2026, 10, 21, 9);
const memory = new Memory();
const onCitus = db.distributed && 'on Citus nothing is remembered between transactions';

const patient = (
  n: number,
  nhsNumber?: string,
  given = `Rosa${'lind'.slice(0, n % 5)}`,
): ObservedPatient => ({
  patientId: id(n),
  active: true,
  nhsNumber,
  family: ['Quarrington'],
  given: [given],
  birthDate: '1950-03-01',
});

async function observeIn(tx: Tx, patients: ObservedPatient[], by?: Memory): Promise<void> {
  const rows = await observePatients(tx, patients, new Date(now++), () => false, by);
  if (rows.length > 0) await tx.copyIn(rows);
}

const observe = (...patients: ObservedPatient[]): Promise<void> =>
  db.transaction((tx) => observeIn(tx, patients));

/** What is remembered must be what is read afresh. Asked twice, so that the second time it is remembered. */
async function sameAsRead(by = memory): Promise<void> {
  for (let time = 0; time < 2; time += 1)
    await db.transaction(async (tx) => {
      const view = await by.open(tx, largestBlock);
      const { members, links } = await knownOf(tx, ids, view);
      assert.deepEqual(members, await membersOf(tx, ids));
      assert.deepEqual(links, await currentLinks(tx, ids));
      const keys = await keysOfPatients(tx, ids);
      const blocks = await Blocks.under(tx, keys, view);
      const under = await patientsUnder(tx, keys);
      for (const key of keys) assert.deepEqual(blocks.alike([key]), new Set(under.get(key)));
    });
}

async function remembered(patientId: string, by = memory): Promise<boolean> {
  return db.transaction(async (tx) => (await by.open(tx, largestBlock)).patient(patientId) !== undefined);
}

test(
  'patients that nobody wrote are not known, and are once somebody wrote them',
  { skip: onCitus },
  async () => {
    await sameAsRead();
    await observe(patient(1, '9434765919'), patient(2, '9434765919'));
    await sameAsRead();
    assert.equal(await remembered(id(1)), true);
  },
);

test('what another writer changed is read again, and the rest is not', { skip: onCitus }, async () => {
  await observe(patient(2), patient(3, '9434765919'));
  assert.equal(await remembered(id(2)), false);
  await sameAsRead();
  await observe(patient(4, '4010232137', 'Tobias'));
  assert.equal(await remembered(id(2)), true);
  await sameAsRead();
  await observe({ patientId: id(3), active: false });
  await sameAsRead();
});

test('what a transaction wrote and took back is not remembered, nor what it read after it wrote', async () => {
  const undone = new Error('taken back');
  const work = db.transaction(async (tx) => {
    await observeIn(tx, [patient(1, '4010232137'), patient(5, '4010232137')], memory);
    const { members } = await knownOf(tx, ids, await memory.open(tx, largestBlock));
    assert.equal(members.get(id(5))?.nhsNumber, '4010232137');
    throw undone;
  });
  await assert.rejects(work, undone);
  await sameAsRead();
});

test('what was read before somebody else changed it is not kept after it was heard of', async () => {
  await db.transaction(async (slow) => {
    const view = await memory.open(slow, largestBlock);
    const before = (await membersOf(slow, [id(1)])).get(id(1));
    await observe(patient(1, undefined, 'Rosamund'));
    await db.transaction(async (tx) => void (await memory.open(tx, largestBlock)));
    view.keepPatient(id(1), { member: before, link: undefined });
  });
  assert.equal(await remembered(id(1)), false);
  await sameAsRead();
});

test('what a transaction wrote after it looked is heard of, though it had a number and later ones ended before', async () => {
  const other = new Memory();
  await sameAsRead(other);
  await db.transaction(async (tx) => {
    await tx.query('select pg_current_xact_id()');
    await db.query('select pg_current_xact_id()');
    await observeIn(tx, [patient(6, undefined, 'Tobiah')], other);
  });
  await sameAsRead(other);
});

test(
  'all is read again after much was changed, and after rows that tell of changes are gone',
  { skip: onCitus },
  async () => {
    const idle = new Memory();
    await sameAsRead();
    await sameAsRead(idle);
    await db.transaction(async (tx) => {
      noteChange(tx);
      const many = Array.from({ length: 2_001 }, (_each, index) => id(1_000 + index));
      await tx.copyIn(changeRows({ patients: many, joined: new Map(), keys: [] }, new Date(now++)));
    });
    assert.equal(await remembered(id(1)), false);
    await sameAsRead();
    for (let n = 0; n < 30; n += 1)
      await db.transaction((tx) =>
        tx.copyIn(changeRows({ patients: [id(99)], joined: new Map(), keys: [] }, new Date(now++))),
      );
    assert.equal(await remembered(id(1)), true);
    for (let left = 30; left > 21; await pause(50)) {
      await tidyChanges(db, 20);
      left = (await db.query<{ n: number }>('select count(*) as n from people.change'))[0]!.n;
    }
    assert.equal(await remembered(id(1), idle), false);
    await sameAsRead(idle);
  },
);

test('a block that grows too large in memory is full there too', { skip: onCitus }, async () => {
  const small = new Memory();
  await observe(patient(6, undefined, 'Ottoline'));
  const [key] = await keysOfPatients(db, [id(6)]);
  const blockOf = (): Promise<unknown> =>
    db.transaction(async (tx) => {
      const view = await small.open(tx, 2);
      await Blocks.under(tx, [key!], view);
      return view.block(key!)?.patients?.length;
    });
  const began = await blockOf();
  assert.ok(typeof began === 'number');
  const join = (n: number): Promise<unknown> =>
    db.transaction((tx) =>
      tx.copyIn(changeRows({ patients: [], joined: new Map([[id(n), [key!]]]), keys: [] }, new Date(now++))),
    );
  for (let n = 0; n < 3; n += 1) await join(2_000 + n);
  assert.equal(await blockOf(), undefined);
});

test('whatever two processes write at once, commit or take back, what is remembered is what is read', async () => {
  const processes = [new Memory(), new Memory()];
  const numbers = [undefined, '9434765919', '4010232137'];
  const change = fc.record({
    n: fc.integer({ min: 1, max: 12 }),
    number: fc.integer({ min: 0, max: 2 }),
    given: fc.constantFrom('Rosalind', 'Rosa', 'Tobias'),
    active: fc.boolean(),
    by: fc.integer({ min: 0, max: 1 }),
    isTakenBack: fc.boolean(),
  });
  const undone = new Error('taken back');
  const write = async ({
    n,
    number,
    given,
    active,
    by,
    isTakenBack,
  }: ChangeOf<typeof change>): Promise<void> => {
    const said = active ? patient(n, numbers[number], given) : { patientId: id(n), active };
    try {
      await db.transaction(async (tx) => {
        await observeIn(tx, [said], processes[by]);
        if (isTakenBack) throw undone;
      });
    } catch (error) {
      if (error !== undone && !isUniqueViolation(error)) throw error;
    }
  };
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 2, maxLength: 8 }), async (changes) => {
      await Promise.all(changes.map(write));
      for (const each of processes) await sameAsRead(each);
    }),
    { numRuns: 12 },
  );
});

type ChangeOf<A> = A extends fc.Arbitrary<infer Value> ? Value : never;

test('equal particulars are one object, so that pairs of them are compared once', async () => {
  await observe(
    patient(8, '4010232137', 'Rosa'),
    patient(9, '4010232137', 'Rosa'),
    patient(10, '9434765919', 'Tobias'),
  );
  await db.transaction(async (tx) => {
    const register = new Register(tx, new Date(now), 'a test', await memory.open(tx, largestBlock));
    await register.load([id(8), id(9), id(10)]);
    const [a, b, c] = [8, 9, 10].map((n) => register.members.get(id(n))?.normalised);
    assert.equal(a, b);
    assert.notEqual(a, c);
  });
});
