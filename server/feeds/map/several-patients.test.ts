import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { adt, anna, stay } from '../../../test/support/hl7-samples.ts';
import { openDefinitions } from '../../record/definitions/index.ts';
import type { Resource } from '../../record/types.ts';
import { createValidator } from '../../record/validation/index.ts';
import { placeText } from '../hl7/index.ts';
import { arrive } from '../intake/arrive.ts';
import { judge, type Judged } from '../intake/judge.ts';

const validator = createValidator(openDefinitions({ packages: [] }));
const now = new Date('2026-11-21T12:00:00Z');
const bella = 'PID|2||P2^^^RX1^MR||BROOK^Bella||19700101|F';
const carl = 'PID|3||P3^^^RX1^MR||CLAY^Carl||19500101|M';
const dora = 'PID|4||P4^^^RX1^MR||DALE^Dora||19400101|F';

const judged = (bytes: Buffer): Judged =>
  judge(arrive(bytes, now, 'hl7v2').said, new Map(), (each) => validator.validate(each));

function taken(bytes: Buffer): Extract<Judged, { kind: 'taken' }> & { all: Resource[] } {
  const result = judged(bytes);
  if (result.kind === 'refused') assert.fail(`${placeText(result.refusal.place)} ${result.refusal.reason}`);
  return { ...result, all: [...result.resources.values()] };
}

function refusal(bytes: Buffer): string {
  const result = judged(bytes);
  if (result.kind === 'taken') assert.fail('It was taken.');
  return `${result.refusal.ack} ${placeText(result.refusal.place)} ${result.refusal.reason}`;
}

const message = (type: string, ...segments: string[]): Buffer =>
  Buffer.from([`MSH|^~\\&|LAB|RX1|OPENICS|QWO|20260105101500||${type}|K1|P|2.4`, ...segments, ''].join('\r'));

const patient = (all: Resource[], number: string): Resource => {
  const found = all.filter(
    (each) => each.resourceType === 'Patient' && JSON.stringify(each['identifier']).includes(`"${number}"`),
  );
  assert.equal(found.length, 1, number);
  return found[0]!;
};

const results = (number: string, value: string): string[] => [
  `OBR|1||${number}|HB^Haemoglobin^LOCAL|||20260105080000|||||||||||||||||20260105090000||HM|F`,
  `OBX|1|NM|HB^Haemoglobin^LOCAL||${value}|g/L|||||F`,
];

describe('A message that speaks of several patients', () => {
  test('gives each the results that stand below them, and nobody those of another', () => {
    const { all } = taken(message('ORU^R01', anna, ...results('F1', '120'), bella, ...results('F2', '60')));
    const found = all
      .filter(({ resourceType }) => resourceType === 'Observation')
      .map((each) => [
        (each['subject'] as { reference: string }).reference,
        Number((each['valueQuantity'] as { value: unknown }).value),
      ]);
    assert.deepEqual(found, [
      [`Patient/${patient(all, 'P1').id}`, 120],
      [`Patient/${patient(all, 'P2').id}`, 60],
    ]);
  });

  test('merges each patient into the one it stands below (A40)', () => {
    const { standings, all } = taken(message('ADT^A40', anna, 'MRG|P3^^^RX1^MR', bella, 'MRG|P4^^^RX1^MR'));
    assert.deepEqual(
      standings.map(({ losing, into }) => [losing, into]),
      [
        [patient(all, 'P3').id, patient(all, 'P1').id],
        [patient(all, 'P4').id, patient(all, 'P2').id],
      ],
    );
  });

  test('keeps the practice and the protected address of each apart (A24)', () => {
    const { all } = taken(
      message('ADT^A24', anna, 'PD1|||Harbour^^H81001', bella, 'PD1|||Quay^^H81002|||||||||Y'),
    );
    const told = ['P1', 'P2'].map((number) => {
      const { generalPractitioner, meta } = patient(all, number) as Resource & {
        generalPractitioner: { identifier: { value: string } }[];
        meta: { security?: { code: string }[] };
      };
      return [generalPractitioner[0]!.identifier.value, meta.security?.map(({ code }) => code)];
    });
    assert.deepEqual(told, [
      ['H81001', undefined],
      ['H81002', ['R']],
    ]);
  });

  test('is refused where only one can be meant, with the place of the second', () => {
    for (const [type, ...rest] of [
      ['ADT^A01', stay('V1', 'AMU')],
      ['ORM^O01', 'ORC|NW|PL1', 'OBR|1|PL1||FBC^Full blood count^LOCAL'],
      ['SIU^S12', 'SCH|S1|S1|||||||20|MIN|^^20^20260401100000'],
      ['MDM^T02', 'TXA|1|DS|TX|20260105|||||||||D1', 'OBX|1|TX|1||Seen today||||||F'],
    ] as const) {
      const [order, ...more] = type === 'SIU^S12' ? [rest[0], anna] : [anna, ...rest];
      assert.match(
        refusal(message(type, order!, ...more, bella)),
        /^AE PID\[2\]-3 .*one message for each/,
        type,
      );
    }
  });

  test('is taken where the second is the first again', () => {
    const { all } = taken(
      message('ORM^O01', anna, 'ORC|NW|PL1', 'OBR|1|PL1||FBC^Full blood count^LOCAL', anna),
    );
    assert.equal(all.length, 2);
  });
});

test('all stays of a message are moved to their patient (A45)', () => {
  const { all } = taken(
    adt({
      event: 'A45',
      more: ['MRG|P2^^^RX1^MR||||V1', stay('V1', 'AMU'), 'MRG|P3^^^RX1^MR||||V2', stay('V2', 'AMU')],
    }),
  );
  const owner = `Patient/${patient(all, 'P1').id}`;
  assert.deepEqual(
    all
      .filter(({ resourceType }) => resourceType === 'Encounter')
      .map((each) => (each['subject'] as { reference: string }).reference),
    [owner, owner],
  );
});

test('a patient that MRG names by two numbers is one patient', () => {
  const { standings, all } = taken(adt({ event: 'A40', more: ['MRG|P2^^^RX1^MR~9990000026^^^NHS^NH'] }));
  assert.deepEqual(
    standings.map(({ losing }) => losing),
    [patient(all, 'P2').id],
  );
  assert.equal(all.length, 2);
});

test('two messages that came as one are refused, so that the second is not lost', () => {
  const both = Buffer.concat([adt({ id: 'C1' }), adt({ id: 'C2', pid: carl })]);
  assert.match(refusal(both), /^AR MSH\[2\] .*frame/);
});

test('a batch is refused with a way out', () => {
  const batch = Buffer.concat([Buffer.from('FHS|^~\\&|LAB|RX1\rBHS|^~\\&|LAB|RX1\r'), adt()]);
  assert.match(refusal(batch), /^AR MSH A batch begins here/);
});

test('a type or event that is a word of the programming language is refused like any other', () => {
  for (const [type, place] of [
    ['constructor^A01', 'MSH-9.1'],
    ['__proto__^A01', 'MSH-9.1'],
    ['ADT^constructor', 'MSH-9.2'],
    ['SIU^toString', 'MSH-9.2'],
    ['REF^valueOf', 'MSH-9.2'],
    ['MDM^__proto__', 'MSH-9.2'],
  ] as const)
    assert.match(refusal(message(type, dora, 'SCH|1|1', 'RF1||||||R1')), new RegExp(`^AR ${place} `), type);
});
