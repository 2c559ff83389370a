import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oddAccesses, type Access, type Facts, type Tie } from './odd.ts';

const day = Date.UTC(2026, 2, 2);
const hourMs = 3_600_000;

/** A month of a hospital: 60 users, each with people in their care, on duty by day or by night. Nothing odd in it. */
function month(random: () => number) {
  const accesses: Access[] = [];
  const cares = new Set<string>();
  const ties = new Map<string, Tie>();
  const add = (user: string, person: string, at: number): void => {
    accesses.push({ seq: accesses.length, at: new Date(at), user, person, outcome: 'permitted' });
  };
  for (let u = 0; u < 60; u++) {
    const start = u % 4 === 0 ? 20 : 8;
    // Of one person in fifty whom a user cares for, the register does not know.
    for (let p = 0; p < 40; p++) if (random() > 0.02) cares.add(`u${u} p${u * 40 + p}`);
    for (let d = 0; d < 20; d++) {
      for (let k = 0; k < 12; k++) {
        const person = `p${u * 40 + Math.floor(random() * 40)}`;
        // One look in a hundred is overtime.
        const hour = random() < 0.01 ? start + 8 + random() * 2 : start + random() * 8;
        add(`u${u}`, person, day + d * 24 * hourMs + hour * hourMs);
      }
    }
    // A neighbour and a colleague who are rightly in care.
    ties.set(`u${u} p${u * 40}`, 'neighbour');
    ties.set(`u${u} p${u * 40 + 1}`, 'colleague');
    cares.add(`u${u} p${u * 40}`);
    cares.add(`u${u} p${u * 40 + 1}`);
  }
  const facts: Facts = {
    hasRelationship: (user, person) => cares.has(`${user} ${person}`),
    tie: (user, person) => ties.get(`${user} ${person}`),
    isOffDuty: (user, at) => {
      const start = Number(user.slice(1)) % 4 === 0 ? 20 : 8;
      return (at.getUTCHours() - start + 24) % 24 >= 8;
    },
  };
  return { accesses, ties, add, facts };
}

/** A small generator with a seed (mulberry32), so that a failure can be looked at again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

test('planted odd accesses are found among a month of ordinary work', (t) => {
  const { accesses, ties, add, facts } = month(seeded(7));
  const planted = new Set<string>();
  const plant = (user: string, person: string, at: number, tie?: Tie): void => {
    if (tie !== undefined) ties.set(`${user} ${person}`, tie);
    planted.add(`${user} ${person}`);
    add(user, person, at);
  };
  for (let i = 0; i < 8; i++) {
    const noon = day + i * 24 * hourMs + 12 * hourMs;
    plant(`u${i}`, `colleague${i}`, noon, 'colleague');
    plant(`u${i + 8}`, `family${i}`, noon, 'family');
    plant(`u${i + 16}`, `neighbour${i}`, noon, 'neighbour');
    plant(`u${i * 4 + 1}`, `stranger${i}`, day + i * 24 * hourMs + 3 * hourMs);
  }
  plant('u30', 'self30', day + 12 * hourMs, 'self');
  for (let i = 0; i < 35; i++) plant('u41', `listed${i}`, day + 10 * hourMs + i * 60_000);

  const odd = oddAccesses(accesses, facts);
  const right = odd.filter(({ user, person }) => planted.has(`${user} ${person}`)).length;
  const precision = right / odd.length;
  t.diagnostic(
    `${accesses.length} accesses, ${planted.size} planted: ${odd.length} told, precision ${precision.toFixed(3)}, found ${(right / planted.size).toFixed(3)}`,
  );
  assert.equal(right, planted.size, 'none is missed');
  assert.ok(precision >= 0.9, `precision ${precision}`);
});

const one = (person: string, seq: number): Access => ({
  seq,
  at: new Date(day + 12 * hourMs),
  user: 'u1',
  person,
  outcome: 'permitted',
});

test('a look at a colleague in care is not told; one at family is, even in care', () => {
  const facts: Facts = {
    hasRelationship: () => true,
    tie: (_user, person) => (person === 'mother' ? 'family' : 'colleague'),
    isOffDuty: () => undefined,
  };
  assert.deepEqual(
    oddAccesses([one('mother', 1), one('desk mate', 2)], facts).map(({ person, reasons }) => [
      person,
      reasons,
    ]),
    [['mother', ['family']]],
  );
});
