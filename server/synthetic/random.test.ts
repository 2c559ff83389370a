import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { Random, Weighted, zipf } from './random.ts';

const draws = (random: Random, count: number): number[] =>
  Array.from({ length: count }, () => random.uint32());

test('the same parts give the same stream, other parts another', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 5 }), fc.nat(4), (parts, at) => {
      assert.deepEqual(draws(new Random(...parts), 4), draws(new Random(...parts), 4));
      const other = parts.map((part, i) => (i === at % parts.length ? part + 1 : part));
      assert.notDeepEqual(draws(new Random(...parts), 4), draws(new Random(...other), 4));
    }),
  );
});

test('of 300,000 streams no two begin alike, and ids are UUIDs', () => {
  const seen = new Set<string>();
  for (let i = 0; i < 300_000; i++) seen.add(new Random(7, i).uuid());
  assert.equal(seen.size, 300_000);
  for (const id of [...seen].slice(0, 1000))
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('draws follow their chances', () => {
  const random = new Random(1);
  const weighted = new Weighted(['a', 'b'], (item) => (item === 'a' ? 3 : 1));
  let a = 0;
  let yes = 0;
  let calls = 0;
  for (let i = 0; i < 40_000; i++) {
    if (weighted.draw(random) === 'a') a++;
    if (random.chance(0.2)) yes++;
    calls += random.poisson(1.5);
  }
  assert.ok(Math.abs(a / 40_000 - 0.75) < 0.01);
  assert.ok(Math.abs(yes / 40_000 - 0.2) < 0.01);
  assert.ok(Math.abs(calls / 40_000 - 1.5) < 0.03);
});

test('the first of Zipf words comes most often, and the last still comes', () => {
  const random = new Random(2);
  const words = zipf('one two three four five');
  const counts = new Map<string, number>();
  for (let i = 0; i < 20_000; i++) {
    const word = words.draw(random);
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  assert.ok(counts.get('one')! > counts.get('three')! && counts.get('three')! > counts.get('five')!);
});
