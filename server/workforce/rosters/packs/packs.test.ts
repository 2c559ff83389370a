import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusalOf } from '../fixtures/check.fixture.ts';
import { asRulePack, shippedPacks } from './index.ts';

test('five rule packs come with OpenICS, each rule with its source, dates, weight and who may override it', () => {
  const packs = shippedPacks();
  assert.deepEqual([...packs.keys()].toSorted(), [
    'agenda-for-change',
    'resident-doctors-2016',
    'resident-doctors-2019',
    'ward-policy-example',
    'wtr-1998',
  ]);
  for (const rule of [...packs.values()].flatMap(({ rules }) => rules)) {
    assert.ok(rule.source.length > 0 && rule.words.endsWith('.'), rule.id);
    assert.match(rule.from, /^\d{4}-\d\d-\d\d$/);
  }
});

const confirmed = (pack: string, id: string): boolean | undefined =>
  shippedPacks()
    .get(pack)
    ?.rules.find((rule) => rule.id === id)?.confirmed;

test('what the sources seen do not confirm is marked so', () => {
  assert.equal(confirmed('wtr-1998', 'wtr-daily-rest'), true);
  assert.equal(confirmed('resident-doctors-2019', 'rd2019-night-rest'), true);
  assert.equal(confirmed('resident-doctors-2019', 'rd2019-weekends'), false);
  assert.equal(confirmed('resident-doctors-2019', 'rd2019-notice'), false);
});

test('the terms of 2016 end on the day those of 2019 start', () => {
  const [old, current] = ['2016', '2019'].map((year) => shippedPacks().get(`resident-doctors-${year}`)!);
  assert.ok(old!.rules.every(({ to }) => to === current!.rules[0]!.from));
});

for (const [why, change, refusal] of [
  [
    'without a source',
    { source: '' },
    'pack.json, /rules/0/source: This must not have fewer than 1 characters.',
  ],
  [
    'that ends before it starts',
    { to: '2019-01-01' },
    'pack.json, /rules/0/to: This must come after its start.',
  ],
  [
    'of a class that is not there',
    { of: 'noon' },
    'pack.json, /rules/0/of: This names a class of duties, noon, that is not there.',
  ],
  ['with a negative limit', { max: -1 }, 'pack.json, /rules/0: This must match a schema in anyOf.'],
] as const)
  test(`a rule ${why} is refused`, () => {
    const about = { words: 'No more than 3.', source: 'An example', from: '2020-01-01', confirmed: true };
    const base = { id: 'run', kind: 'longest-run', weight: 'must', override: 'nobody', of: 'any', max: 3 };
    const rule = { ...base, ...about, ...change };
    const pack = {
      format: 'openics-rule-pack-1',
      id: 'a',
      name: 'A',
      source: 'An example',
      classes: {},
      rules: [rule],
    };
    assert.match(
      refusalOf(() => asRulePack(pack, 'pack.json')),
      new RegExp(`^${refusal.slice(0, 18)}`),
    );
  });
