import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { allergy, filed, hospital, patient, practice, problem, weight } from './made-up-record.ts';
import { consolidate } from './rules.ts';
import { timelineOf } from './timeline.ts';
import { codeInAddress, sendRecord } from './wire.ts';
import { heldAttachment } from './attachments.ts';
import { lookupOver } from './reading/references.ts';

const days = Array.from({ length: 12 }, (_, index) => `2024-${String(index + 1).padStart(2, '0')}-01`);
const view = consolidate(
  [
    patient('p1'),
    problem('c1', hospital),
    problem('c2', practice),
    ...days.map((day, index) => weight(`o${index}`, day, 70 + index)),
    ...Array.from({ length: 5 }, (_, index) => allergy(`a${index}`, { code: { text: `Allergy ${index}` } })),
  ],
  [hospital, practice],
);

type Cut = { total: number; items: { entries: { total: number; items: unknown[] } }[] };

test('a cut list tells how much there is in all', () => {
  const sent = sendRecord(view, ['results'], { latest: 8, points: 5 }) as { results: Cut };
  assert.equal(sent.results.total, 1);
  assert.equal(sent.results.items[0]?.entries.total, 12);
  assert.equal(sent.results.items[0]?.entries.items.length, 5);
});

test('allergies are never cut', () => {
  const sent = sendRecord(view, ['allergies'], { latest: 1 }) as { allergies: { active: Cut } };
  assert.equal(sent.allergies.active.items.length, 5);
});

test('only the parts asked for are sent, always with the banner', () => {
  assert.deepEqual(Object.keys(sendRecord(view, ['problems', 'filed'])), ['banner', 'problems', 'filed']);
});

test('every code of a test has its own address, fit for one', () => {
  assert.equal(codeInAddress('http://loinc.org|29463-7'), 'loinc-29463-7');
  assert.equal(codeInAddress('http://snomed.info/sct|27113001'), 'snomed-27113001');
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      assert.match(codeInAddress(`words:${a}`), /^[\w-]+$/);
      if (a !== b) assert.notEqual(codeInAddress(`words:${a}`), codeInAddress(`words:${b}`));
    }),
  );
});

test('the timeline leaves out results, counts the years between, and names every organisation', () => {
  const later = problem('c3', hospital, { onset: '2004-01-01' });
  const timeline = timelineOf(
    consolidate(
      [patient('p1'), problem('c1', hospital), problem('c2', practice), later],
      [hospital, practice],
    ),
  );
  assert.deepEqual(
    timeline.years.map(({ year, count }) => [year, count]),
    [
      [2001, 1],
      [2002, 0],
      [2003, 0],
      [2004, 1],
    ],
  );
  assert.deepEqual(timeline.lanes, [
    { source: 'Northside Hospital', count: 2 },
    { source: 'Mill Lane Surgery', count: 1 },
  ]);
});

function document(contentType: string) {
  const data = Buffer.from('<script>fail()</script>').toString('base64');
  return filed({
    resourceType: 'DocumentReference',
    id: 'd1',
    content: [{ attachment: { contentType, data } }],
  }).resource;
}

test('an attachment that could run is only ever saved, whatever it says it is', () => {
  for (const type of [
    'text/html',
    'image/svg+xml',
    'application/xhtml+xml',
    'text/xml',
    'TEXT/HTML; charset=x',
    '',
  ]) {
    const headers = heldAttachment(document(type), 0, lookupOver([]))?.headers ?? {};
    assert.equal(headers['content-type'], 'application/octet-stream', type);
    assert.match(headers['content-disposition'] ?? '', /^attachment/);
    assert.equal(headers['x-content-type-options'], 'nosniff');
  }
});

test('plain text, PDF and pictures may be shown', () => {
  for (const type of ['text/plain', 'application/pdf', 'image/png']) {
    const headers = heldAttachment(document(type), 0, lookupOver([]))?.headers ?? {};
    assert.match(headers['content-disposition'] ?? '', /^inline/);
  }
});

test('an attachment that lies elsewhere is not fetched', () => {
  const { resource } = filed({
    resourceType: 'DocumentReference',
    id: 'd1',
    content: [{ attachment: { url: 'https://example.org/letter.pdf' } }],
  });
  assert.equal(heldAttachment(resource, 0, lookupOver([])), undefined);
});
