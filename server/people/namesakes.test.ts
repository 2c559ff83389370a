/** Four thousand people with one name and one year of birth. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { database } from '../../test/support/database.ts';
import { doings, id, minutes } from './made-up.fixture.ts';
import { findMatches, type ObservedPatient } from './index.ts';

const many = 4_000;
const db = await database();
const { observe, samePerson } = doings(db, minutes());

/** The n-th of them: born on any day of 1985, in one of twenty postcode areas. */
function namesake(n: number): Omit<ObservedPatient, 'patientId'> {
  const born = new Date(Date.UTC(1985, 0, 1 + ((n * 131) % 365)));
  const letters = 'ABDEFGHJLN';
  const unit = `${letters[(n * 3) % 10]}${letters[Math.floor(n / 10) % 10]}`;
  return {
    active: true,
    source: 'urn:example:gp',
    given: ['Kestrel'],
    family: ['Umberton'],
    sex: 'female',
    birthDate: born.toISOString().slice(0, 10),
    addresses: [
      {
        lines: [`${1 + (n % 150)} Road ${n % 211}`],
        place: 'Millbeck',
        postcode: `ZZ${n % 20} ${n % 7}${unit}`,
      },
    ],
    phones: [`07700 ${900_000 + n}`],
  };
}

before(async () => {
  for (let from = 0; from < many; from += 250)
    await observe(
      ...Array.from({ length: 250 }, (_, k) => ({ ...namesake(from + k), patientId: id(from + k) })),
    );
});

/** What another source says of the n-th: no phone, or another home. */
function saidElsewhere(n: number): Omit<ObservedPatient, 'patientId'> {
  const known = namesake(n);
  const source = 'urn:example:trust';
  if (n % 2 === 0) return { ...known, source, phones: [] };
  return {
    ...known,
    source,
    addresses: [{ lines: [`${n} Far Way`], postcode: `YY${n % 20} ${n % 9}AA` }],
  };
}

const tried = Array.from({ length: 200 }, (_, k) => (k * 19) % many);

test('the right one of four thousand namesakes is found first', async () => {
  for (const n of tried) {
    const [first] = await findMatches(db, { ...saidElsewhere(n), patientId: 'asked for' });
    assert.equal(first?.patientId, id(n));
  }
});

test('a record of one of them is joined to her, or to nobody', async () => {
  let joined = 0;
  for (const [k, n] of tried.entries()) {
    await observe({ ...saidElsewhere(n), patientId: id(10_000 + k) });
    if (await samePerson(10_000 + k, n)) joined++;
  }
  assert.ok(joined > tried.length * 0.9, `${joined} of ${tried.length} were joined`);
});

const unlike = (n: number) => ({ ...namesake(n), family: [`Only${n}`], given: [`Alone${n}`] });

/** Milliseconds of this program's processor time that finding each takes. */
async function millisecondsFor(ask: (n: number) => Omit<ObservedPatient, 'patientId'>): Promise<number> {
  for (const n of tried.slice(0, 50)) await findMatches(db, { ...ask(n), patientId: 'asked for' });
  const used = process.cpuUsage();
  for (const n of tried) await findMatches(db, { ...ask(n), patientId: 'asked for' });
  const { user, system } = process.cpuUsage(used);
  return (user + system) / 1000 / tried.length;
}

test('looking among them takes little more than looking among few', async () => {
  const [among, alone] = [await millisecondsFor(saidElsewhere), await millisecondsFor(unlike)];
  assert.ok(among < 12 * alone, `${among.toFixed(2)} ms among them, ${alone.toFixed(2)} ms alone`);
});
