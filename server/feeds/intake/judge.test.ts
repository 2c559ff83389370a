import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { assert as check, integer, property, shuffledSubarray } from 'fast-check';
import { sharedData } from '../../../test/support/shared-data.ts';
import { openDefinitions } from '../../record/definitions/index.ts';
import { createValidator } from '../../record/validation/index.ts';
import type { Resource } from '../../record/types.ts';
import { placeText } from '../hl7/index.ts';
import { mutated, randomOf } from '../../../test/support/mutate.ts';
import { adt, anna, stay } from '../../../test/support/hl7-samples.ts';
import { arrive } from './arrive.ts';
import { judge, type Held, type Judged } from './judge.ts';

const validator = createValidator(openDefinitions({ packages: [] }));
const validate = (resource: Resource) => validator.validate(resource);
const now = new Date('2026-11-21T12:00:00Z');
const judged = (bytes: Buffer, held: Held = new Map()): Judged =>
  judge(arrive(bytes, now, 'hl7v2').said, held, validate);

/** What stands in the record after messages in this order. */
function after(messages: readonly Buffer[]): Map<string, Resource> {
  const held: Held = new Map();
  const record = new Map<string, Resource>();
  for (const message of messages) {
    const result = judged(message, held);
    assert.equal(result.kind, 'taken', JSON.stringify(result));
    if (result.kind !== 'taken') continue;
    for (const [name, state] of result.states) held.set(name, state);
    for (const [name, resource] of result.resources) record.set(name, resource);
  }
  return record;
}

const ofType = (record: Map<string, Resource>, type: string): Resource[] =>
  [...record.values()].filter((resource) => resource.resourceType === type);

const married = anna.replace('ASHDOWN', 'BELLO');
const other = anna.replace('P1^', 'P2^');
/** A stay with all its turns, an update, a merge and its undoing; each later than the one before. */
const story = [
  adt({ event: 'A28', id: '1', at: '20260101080000' }),
  adt({ event: 'A05', id: '2', at: '20260102080000', more: [stay('V1', 'AMU')] }),
  adt({
    event: 'A01',
    id: '3',
    at: '20260103080000',
    more: [stay('V1', 'AMU', { admitted: '20260103080000' })],
  }),
  adt({ event: 'A02', id: '4', at: '20260104080000', more: [stay('V1', 'WARD7')] }),
  adt({ event: 'A02', id: '5', at: '20260104090000', more: [stay('V1', 'WARD9')] }),
  adt({ event: 'A12', id: '6', at: '20260104100000', more: [stay('V1', 'WARD7')] }),
  adt({
    event: 'A03',
    id: '7',
    at: '20260106080000',
    more: [stay('V1', 'WARD7', { discharged: '20260106080000' })],
  }),
  adt({ event: 'A13', id: '8', at: '20260106090000', more: [stay('V1', 'WARD7')] }),
  adt({ event: 'A31', id: '9', at: '20260107080000', pid: married }),
  adt({ event: 'A28', id: '10', at: '20260108080000', pid: other }),
  adt({ event: 'A40', id: '11', at: '20260109080000', pid: married, more: ['MRG|P2^^^RX1^MR'] }),
  adt({ event: 'A40', id: '12', at: '20260110080000', pid: other, more: ['MRG|P1^^^RX1^MR'] }),
  adt({ event: 'A37', id: '13', at: '20260111080000', pid: married, more: [other] }),
  adt({
    event: 'A45',
    id: '14',
    at: '20260112080000',
    pid: other,
    more: ['MRG|P1^^^RX1^MR||||V1', stay('V1', 'WARD7')],
  }),
];

describe('Messages in whatever order', () => {
  test('leave the same record as in the order they happened', () => {
    const expected = new Map([...after(story)].sort());
    check(
      property(shuffledSubarray(story, { minLength: story.length }), (order) => {
        assert.deepEqual(new Map([...after(order)].sort()), expected);
      }),
      { numRuns: 200 },
    );
  });

  test('an older message does not undo a discharge or a new name, and is marked as late', () => {
    const held: Held = new Map();
    for (const message of [story[6]!, story[8]!]) {
      const result = judged(message, held);
      if (result.kind === 'taken') for (const [name, state] of result.states) held.set(name, state);
    }
    const late = judged(story[2]!, held);
    assert.ok(late.kind === 'taken' && late.isLate);
    const [encounter] = ofType(after([story[6]!, story[2]!]), 'Encounter');
    assert.equal(encounter?.['status'], 'finished');
    assert.deepEqual(encounter?.['period'], {
      start: '2026-01-03T08:00:00+00:00',
      end: '2026-01-06T08:00:00+00:00',
    });
  });
});

describe('A stay', () => {
  test('goes through its wards, and a transfer that is taken back leaves it where it was', () => {
    const [encounter] = ofType(after(story.slice(0, 6)), 'Encounter');
    const places = (encounter!['location'] as { location: { display: string }; period: object }[]).map(
      ({ location, period }) => [location.display, Object.keys(period)],
    );
    assert.deepEqual(places, [
      ['AMU, BED1, RX1', ['start', 'end']],
      ['WARD7, BED1, RX1', ['start']],
    ]);
    assert.equal(encounter?.['status'], 'in-progress');
  });

  test('is over when discharged, open again when that is taken back, and moves to the patient of A45', () => {
    assert.equal(ofType(after(story.slice(0, 7)), 'Encounter')[0]?.['status'], 'finished');
    const reopened = ofType(after(story.slice(0, 8)), 'Encounter')[0];
    assert.equal(reopened?.['status'], 'in-progress');
    assert.equal('end' in (reopened!['period'] as object), false);
    const record = after(story);
    const second = ofType(record, 'Patient').find((each) => JSON.stringify(each).includes('"P2"'));
    assert.deepEqual(ofType(record, 'Encounter')[0]?.['subject'], { reference: `Patient/${second?.id}` });
  });
});

describe('Merged patients', () => {
  test('the losing one is not in use and names the other; a corrected merge and A37 put it back exactly', () => {
    const before = after(story.slice(0, 10));
    const merged = after(story.slice(0, 11));
    const [first, second] = ['"P1"', '"P2"'].map((number) =>
      [...merged.values()].find(
        (each) => each.resourceType === 'Patient' && JSON.stringify(each.identifier).includes(number),
      ),
    );
    assert.equal(second?.['active'], false);
    assert.deepEqual(second?.['link'], [
      { other: { reference: `Patient/${first?.id}` }, type: 'replaced-by' },
    ]);
    const corrected = after(story.slice(0, 12));
    assert.equal(corrected.get(`Patient/${second?.id}`)?.['active'], true);
    assert.equal(corrected.get(`Patient/${first?.id}`)?.['active'], false);
    const apart = after(story.slice(0, 13));
    assert.deepEqual(ofType(apart, 'Patient').sort(byId), ofType(before, 'Patient').sort(byId));
  });

  test('patients of two sources with the same number are two Patients', () => {
    const ids = ['RX1', 'RX2'].map(
      (facility) => ofType(after([adt({ facility, event: 'A28' })]), 'Patient')[0]?.id,
    );
    assert.notEqual(ids[0], ids[1]);
  });
});

const byId = (a: Resource, b: Resource): number => (a.id! < b.id! ? -1 : 1);

test('a shorter message takes nothing away; the null value does', () => {
  const short = adt({ event: 'A31', id: '2', at: '20260202000000', pid: 'PID|1||P1^^^RX1^MR||ASHDOWN^Anna' });
  const [kept] = ofType(after([adt(), short]), 'Patient');
  assert.equal(kept?.['birthDate'], '1961-06-15');
  const nulled = adt({
    event: 'A31',
    id: '3',
    at: '20260203000000',
    pid: 'PID|1||P1^^^RX1^MR||ASHDOWN^Anna||||||""',
  });
  const [without] = ofType(after([adt(), nulled]), 'Patient');
  assert.equal(without?.['address'], undefined);
  assert.equal(without?.['birthDate'], '1961-06-15');
});

test('what is missing is told with segment, field and component', () => {
  const places = [
    adt({ pid: 'PID|1||^^^RX1^MR' }),
    adt({ id: '' }),
    adt({ event: 'A99' }),
    adt({ event: 'A40', more: [] }),
    adt({ event: 'A40', more: ['MRG|'] }),
    adt({ more: ['DG1|1'] }),
    Buffer.from('PID|1'),
  ].map((bytes) => {
    const result = judged(bytes);
    return result.kind === 'refused' ? `${result.refusal.ack} ${placeText(result.refusal.place)}` : 'taken';
  });
  assert.deepEqual(places, [
    'AE PID-3',
    'AR MSH-10',
    'AR MSH-9.2',
    'AE MRG',
    'AE MRG-1',
    'AE DG1-3',
    'AR MSH',
  ]);
});

const samples = sharedData('interop/hl7v2');

describe('Messages as found in the wild', { skip: samples.skip }, () => {
  const files =
    samples.skip === false ? readdirSync(samples.path).filter((name) => name.endsWith('.hl7')) : [];
  const read = (name: string): Buffer => readFileSync(path.join(samples.path, name));

  test('are taken, or refused with their place', () => {
    assert.ok(files.length > 60);
    const taken = files.filter((name) => {
      const result = judged(read(name));
      if (result.kind === 'refused')
        assert.match(placeText(result.refusal.place), /^(?:MSH-9\.[12]|MSH-4|OBR)$/, name);
      return result.kind === 'taken';
    });
    assert.ok(taken.length >= 61, `${taken.length} taken`);
  });

  test('crash nothing when damaged', () => {
    check(
      property(integer(), integer({ min: 0, max: files.length - 1 }), (seed, index) => {
        const result = judged(mutated(read(files[index]!), randomOf(seed)));
        assert.ok(result.kind === 'taken' || result.refusal.place.segment.length === 3);
      }),
      { numRuns: 1500 },
    );
  });
});
