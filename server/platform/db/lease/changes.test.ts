import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { Changes } from './changes.ts';

test('a mark tells of a change that is under way, and of one that ended after it', () => {
  const changes = new Changes();
  const before = changes.mark();
  const ended = changes.begin(['ida', 'Patient']);
  assert.equal(changes.isUnchanged(before, ['ida']), false);
  assert.equal(changes.isUnchanged(before, ['eva']), true);
  const during = changes.mark();
  ended();
  assert.equal(changes.isUnchanged(during, ['Patient']), false);
  assert.equal(changes.isUnchanged(changes.mark(), ['ida', 'Patient']), true);
});

test('after all is forgotten no earlier mark counts', () => {
  const changes = new Changes();
  const before = changes.mark();
  changes.forget();
  assert.equal(changes.isUnchanged(before, []), false);
  assert.equal(changes.isUnchanged(changes.mark(), []), true);
});

test('what a mark calls unchanged was not touched since, however changes overlap', () => {
  const names = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1 });
  const steps = fc.array(
    fc.oneof(fc.record({ begin: names }), fc.record({ end: fc.nat() }), fc.constant('mark')),
  );
  fc.assert(
    fc.property(steps, (made) => {
      const changes = new Changes();
      const open: { names: string[]; end: () => void }[] = [];
      const marks: { mark: number; touched: Set<string> }[] = [];
      const touch = (all: string[]): void => {
        for (const { touched } of marks) for (const name of all) touched.add(name);
      };
      for (const step of made) {
        if (step === 'mark')
          marks.push({ mark: changes.mark(), touched: new Set(open.flatMap((one) => one.names)) });
        else if (typeof step === 'object' && 'begin' in step) {
          open.push({ names: step.begin, end: changes.begin(step.begin) });
          touch(step.begin);
        } else if (typeof step === 'object' && open.length > 0) {
          open.splice(step.end % open.length, 1)[0]!.end();
        }
        for (const { mark, touched } of marks)
          for (const name of ['a', 'b', 'c'])
            assert.equal(changes.isUnchanged(mark, [name]), !touched.has(name));
      }
    }),
  );
});
