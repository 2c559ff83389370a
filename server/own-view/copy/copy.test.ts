import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { dueAfter } from '../me/index.ts';
import { linesOf, page } from './pages.ts';
import { needsLook } from './third-parties.ts';
import { unzipped } from '../unzip.fixture.ts';
import { zip } from './zip.ts';

const due = (asked: string): string => dueAfter(new Date(asked));
const of = (more: object) => needsLook({ resourceType: 'Observation', ...more }, []);

test('another program reads the zip back, whatever is in it', async () => {
  const files = fc.uniqueArray(
    fc.record({
      name: fc.stringMatching(/^[a-zé0-9-]{1,20}\.(json|html)$/),
      data: fc.uint8Array({ maxLength: 500 }),
    }),
    { maxLength: 6, selector: ({ name }) => name },
  );
  await fc.assert(
    fc.asyncProperty(files, async (all) => {
      const packed = all.map(({ name, data }) => ({ name, data: Buffer.from(data) }));
      const read = await unzipped(zip(packed));
      assert.deepEqual(
        [...read].map(([name, data]) => [name, data.toString('hex')]),
        packed.map(({ name, data }) => [name, data.toString('hex')]),
      );
    }),
    { numRuns: 30 },
  );
});

test('a request is due on the same day of the next month, or the last of a shorter one', () => {
  assert.equal(due('2026-05-12T12:00:00Z'), '2026-06-12');
  assert.equal(due('2026-01-31T12:00:00Z'), '2026-02-28');
  assert.equal(due('2028-01-31T12:00:00Z'), '2028-02-29');
  assert.equal(due('2026-12-15T12:00:00Z'), '2027-01-15');
  assert.equal(due('2026-06-30T23:30:00Z'), '2026-08-01', 'by then it is July in the United Kingdom');
});

test('what somebody wrote is looked at before it goes out; numbers and codes are not', () => {
  assert.equal(of({ valueQuantity: { value: 5 }, code: { text: 'Weight' } }), false);
  assert.equal(of({ note: [{ text: 'Mother says so' }] }), true);
  assert.equal(of({ text: { div: '<div>Anything</div>' } }), true);
  assert.equal(
    of({ code: { text: 'A very long text that is no name of a code but something somebody wrote' } }),
    true,
  );
  assert.equal(needsLook({ resourceType: 'DocumentReference' }, []), true);
  assert.equal(needsLook({ resourceType: 'Observation' }, ['safeguarding']), true);
});

test('a page of the copy runs nothing, whatever is in the record', () => {
  const made = page(
    '<b>',
    linesOf({ a: '<script>fail()</script>' })
      .map(([, value]) => value.length)
      .join(),
  );
  assert.doesNotMatch(made, /<script|<b>/);
});

test('anything can be told as lines of a name and a value', () => {
  assert.deepEqual(
    linesOf({ birthDate: '1980-03-01', name: [{ family: 'Marsh' }], tags: ['a', 'b'], none: null }),
    [
      ['birth date', '1980-03-01'],
      ['name family', 'Marsh'],
      ['tags 1', 'a'],
      ['tags 2', 'b'],
    ],
  );
});
