import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { typeNumber } from '../../resource-types.ts';
import { seenRows, type Candidates } from './seen.ts';
import { plainly, type Sight } from './sight.ts';

type Row = Awaited<ReturnType<Candidates>>[number];

const at = new Date('2026-03-02T09:00:00Z');
const row = (number: number, patient: number): Row => ({
  patient_id: String(patient),
  type: typeNumber('Condition'),
  rid: String(number),
  version: 1,
  created: String(number),
  last_updated: at,
  content: `{"resourceType":"Condition","id":"${number}"}`,
});

const placeOf = ({ created, rid }: Row) => ({ created, rid, keys: [] });

/** Conditions of these patients, of whom whoever asks sees some; and what was asked to find them. */
function question(patients: readonly number[], visible: ReadonlySet<number>) {
  const rows = patients.map((patient, number) => row(number, patient));
  const asked = { rows: 0, within: 0, reach: 0 };
  const reach = [...visible].map(String);
  const candidates: Candidates = async (after, limit, within) => {
    const from = after === undefined ? 0 : Number(after.rid) + 1;
    const found = rows
      .slice(from)
      .filter(({ patient_id: patient }) => within === undefined || within.includes(patient))
      .slice(0, limit);
    asked.rows += found.length;
    if (within !== undefined) asked.within++;
    return found;
  };
  const sight: Pick<Sight, 'lists' | 'reach'> = {
    lists: async (stored) => stored.map(({ patientId }) => visible.has(Number(patientId))),
    async reach() {
      asked.reach++;
      return reach;
    },
  };
  const seen = async (most = Infinity): Promise<string[]> => {
    const ids: string[] = [];
    for await (const { stored } of seenRows(candidates, placeOf, { sight: sight as Sight, asked: plainly })) {
      ids.push(stored.id);
      if (ids.length >= most) break;
    }
    return ids;
  };
  return { seen, asked };
}

test('what is seen is all that may be, in its order, whoever is in reach and however much is hidden', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(3_000),
      fc.integer({ min: 1, max: 99 }),
      fc.uniqueArray(fc.nat(9)),
      async (count, step, visible) => {
        const patients = Array.from({ length: count }, (_, n) => Math.floor((n * n) / step) % 10);
        const may = new Set(visible);
        const expected = patients.flatMap((patient, number) => (may.has(patient) ? [String(number)] : []));
        assert.deepEqual(await question(patients, may).seen(), expected);
      },
    ),
    { numRuns: 40 },
  );
});

test('few hidden candidates are passed over without asking who is in reach', async () => {
  const { seen, asked } = question(
    Array.from({ length: 250 }, (_, n) => n % 10),
    new Set([3]),
  );
  assert.equal((await seen()).length, 25);
  assert.deepEqual(asked, { rows: 250, within: 0, reach: 0 });
});

test('once many candidates were hidden, only those of people in reach are read', async () => {
  const { seen, asked } = question(
    Array.from({ length: 50_000 }, (_, n) => n % 100),
    new Set([3]),
  );
  assert.equal((await seen()).length, 500);
  assert.equal(asked.reach, 1);
  assert.ok(asked.rows < 1_000, `${asked.rows} rows were read`);
});
