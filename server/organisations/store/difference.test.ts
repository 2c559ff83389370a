import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { canonical, difference } from './difference.ts';

test('the same facts in another order, or with their members in another order, change nothing', () => {
  const held = [
    { id: '1', row: { name: 'A', from: null } },
    { id: '2', row: { name: 'B', from: '2026-04-01' } },
  ];
  const said = [
    { from: '2026-04-01', name: 'B' },
    { from: null, name: 'A' },
  ];
  assert.deepEqual(difference<object>(held, said), { added: [], withdrawn: [] });
});

test('adding what is new and withdrawing what is gone gives exactly what is said', () => {
  const rows = fc.array(fc.record({ a: fc.nat(4), b: fc.constantFrom(null, 'x') }), { maxLength: 8 });
  fc.assert(
    fc.property(rows, rows, (before, said) => {
      const held = before.map((row, index) => ({ id: String(index), row }));
      const { added, withdrawn } = difference(held, said);
      const after = [...held.filter(({ id }) => !withdrawn.includes(id)).map(({ row }) => row), ...added];
      const told = [...new Set(said.map(canonical))].sort();
      assert.deepEqual(after.map(canonical).sort(), told);
    }),
  );
});
