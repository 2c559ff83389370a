import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { decide } from '../decide/decide.ts';
import { now, policy } from '../scenarios/build.fixture.ts';
import type { Effect, Party, PersonFacts } from '../types.ts';
import { columns, couldSee } from './could-see.ts';

const when = { at: Date.parse(now), day: '2026-05-12' } as const;
const roles = ['R0260', 'R8001', 'R0620', 'R8014', 'unknown-role'];
const [signatory] = policy.agreements[0]!.parties;
const parties = (['gp-practice', 'housing-association'] as const).flatMap((kind, at) =>
  [0, 1, 2].map((nth): Party => ({
    id: `${kind}-${nth}`,
    kind,
    name: kind,
    bodies: at % 2 === nth % 2 ? [signatory!] : [],
  })),
);
const teams = ['ward-1', 'ward-2'];
const one = <T>(of: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...of);

const shape = fc.record({
  role: one(roles),
  party: one(parties),
  teams: fc.subarray(teams),
  users: fc.integer({ min: 1, max: 9 }),
  user: fc.option(one(['nurse-1', 'nurse-2']), { freq: 1 }),
});
const person: fc.Arbitrary<PersonFacts> = fc.record({
  person: fc.constant('person-1'),
  born: one(['1950-03-01', '2015-03-01']),
  died: fc.constant(null),
  restricted: fc.boolean(),
  relationships: fc.array(
    fc.record({
      id: fc.uuid(),
      kind: one(['registered', 'admission', 'referral', 'care-team'] as const),
      organisation: one(parties.map(({ id }) => id)),
      team: fc.option(one(teams)),
      user: fc.option(one(['nurse-1', 'nurse-2']), { freq: 1 }),
      evidence: fc.constant('Encounter/1'),
      from: fc.constant(when.at - 86_400_000),
      to: fc.constant(null),
    }),
    { maxLength: 4 },
  ),
  choices: fc.array(
    fc.record({
      kind: one(['objects-to-sharing', 'blocks-organisation'] as const),
      organisation: one(parties.map(({ id }) => id)),
      user: fc.constant(null),
      project: fc.constant(null),
      from: fc.constant(when.at - 1),
      to: fc.constant(null),
    }),
    { maxLength: 2 },
  ),
  proxies: fc.constant([]),
  glass: fc.constant([]),
  recorded: fc.constant([]),
  employers: fc.subarray(
    parties.map(({ id }) => id),
    { maxLength: 1 },
  ),
  family: fc.constant([]),
});

const order: Effect[] = ['deny', 'break-glass', 'permit'];

test('posts that are looked at together could see just what each could see alone', () => {
  fc.assert(
    fc.property(
      fc.array(shape, { minLength: 6, maxLength: 12 }),
      person,
      fc.subarray(parties, { minLength: 1, maxLength: 2 }),
      (posts, about, holders) => {
        const shapes = posts.map((post) => ({ ...post, organisation: post.party.id, person: null }));
        const found = couldSee(shapes, about, holders, policy, when);
        for (const [index, post] of shapes.entries()) {
          const worker = {
            kind: 'staff' as const,
            id: post.user ?? 'nobody-in-particular',
            person: null,
            post: { role: post.role, organisation: post.party, teams: post.teams, from: when.at, to: null },
          };
          const expected = columns.map((column) => {
            const outcomes = (['TREAT', 'THREAT', 'HDECD', 'HCOMPL'] as const).flatMap((purpose) =>
              holders.map((holder) => {
                const item = {
                  dataClass: column.kind === 'class' ? column.name : ('conditions' as const),
                  type: 'Basic',
                  holder,
                  labels: column.kind === 'label' ? [column.name] : [],
                  seal: null,
                  form: 'identifiable' as const,
                  about,
                };
                const context = {
                  ...when,
                  purpose,
                  signIn: 'AAL3' as const,
                  app: null,
                  byPlace: false,
                  project: null,
                };
                return order.indexOf(decide(worker, 'read', item, context, policy).effect);
              }),
            );
            return order[Math.max(...outcomes)];
          });
          assert.deepEqual(found[index]!.effects, expected);
        }
      },
    ),
    { numRuns: 100 },
  );
});
