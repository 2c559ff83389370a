import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { mergeStatements } from './merge.ts';
import type { Entry, Statement } from './types.ts';

const statement = fc.record({
  kind: fc.constantFrom('problem' as const, 'medicine' as const),
  type: fc.constantFrom('Condition', 'MedicationRequest'),
  id: fc.constantFrom('1', '2', '3', '4', '5', '6', '7', '8'),
  key: fc.constantFrom('asthma 2001', 'asthma 2002', 'eczema 2001'),
  group: fc.constantFrom('asthma', 'eczema'),
  title: fc.constantFrom('Asthma', 'Asthma NOS'),
  when: fc.option(fc.constantFrom('2001', '2001-05-04', '2002-01-01T10:00:00Z'), { nil: undefined }),
  standing: fc.constantFrom(
    'current' as const,
    'past' as const,
    'unclear' as const,
    'not-done' as const,
    'set-aside' as const,
  ),
  facts: fc.dictionary(
    fc.constantFrom('status', 'severity', 'note'),
    fc.constantFrom('active', 'mild', 'severe', 'seen'),
    { noNullPrototype: true },
  ),
  source: fc.constantFrom({ key: 'a', name: 'A' }, { key: 'b', name: 'B' }, { key: 'c', name: 'C' }),
  received: fc.constantFrom('2026-01-01', '2026-01-02'),
});

/** A record holds one current version of each resource. */
const statements = fc.uniqueArray(statement, {
  selector: (each) => `${each.type}/${each.id}`,
  maxLength: 16,
});

/** Each thing that each resource says, as far as an entry tells it. */
function sayings(entries: Entry[]): string[] {
  return entries
    .flatMap((entry) =>
      entry.said.flatMap((said, by) => [
        `${said.type}/${said.id} ${entry.kind} ${entry.key} by ${said.source.key}`,
        ...Object.entries(entry.facts).map(([name, value]) => `${said.id} ${name}=${value}`),
        ...Object.entries(entry.differing ?? {}).flatMap(([name, values]) =>
          values.filter((each) => each.by.includes(by)).map((each) => `${said.id} ${name}=${each.value}`),
        ),
      ]),
    )
    .filter((each) => !each.includes(' wording='))
    .sort();
}

function heard(all: Statement[]): string[] {
  return all
    .flatMap((each) => [
      `${each.type}/${each.id} ${each.kind} ${each.key} by ${each.source.key}`,
      ...Object.entries(each.facts).map(([name, value]) => `${each.id} ${name}=${value}`),
    ])
    .sort();
}

test('the order in which statements arrive does not change the record', () => {
  const shuffled = statements.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
  );
  fc.assert(
    fc.property(shuffled, ([all, other]) => {
      assert.deepEqual(mergeStatements(other), mergeStatements(all));
    }),
  );
});

test('hearing everything twice changes nothing', () => {
  fc.assert(
    fc.property(statements, (all) => {
      assert.deepEqual(mergeStatements([...all, ...all]), mergeStatements(all));
    }),
  );
});

test('every statement stays, with its source and each of its facts', () => {
  fc.assert(
    fc.property(statements, (all) => {
      assert.deepEqual(sayings(mergeStatements(all)), heard(all));
    }),
  );
});

test('what was set aside never joins what stands', () => {
  fc.assert(
    fc.property(statements, (all) => {
      const standing = new Map(all.map((each) => [`${each.type}/${each.id}`, each.standing === 'set-aside']));
      for (const entry of mergeStatements(all)) {
        const asides = new Set(entry.said.map((each) => standing.get(`${each.type}/${each.id}`)));
        assert.equal(asides.size, 1);
      }
    }),
  );
});

test('one source that says an event in two differing ways keeps two entries', () => {
  const base = { kind: 'medicine', key: 'k', group: 'g', title: 'Prednisolone', standing: 'past' } as const;
  const a = {
    ...base,
    type: 'M',
    id: '1',
    facts: { repeats: '1' },
    source: { key: 'a', name: 'A' },
    received: '1',
  };
  const entries = mergeStatements([a, { ...a, id: '2', facts: { repeats: '2' } }]);
  assert.equal(entries.length, 2);
});
