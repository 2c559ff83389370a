import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { adt, anna, stay } from '../../../test/support/hl7-samples.ts';
import { openDefinitions } from '../../record/definitions/index.ts';
import type { Resource } from '../../record/types.ts';
import { createValidator } from '../../record/validation/index.ts';
import { placeText, type Refusal, type Remark } from '../hl7/index.ts';
import { arrive } from '../intake/arrive.ts';
import { judge, type Held, type StandingChange } from '../intake/judge.ts';

const validator = createValidator(openDefinitions({ packages: [] }));
const now = new Date('2026-11-21T12:00:00Z');
const other = anna.replace('P1^', 'P2^').replace('Anna', 'Bella');

/** What a source has told, message by message. */
class Record {
  readonly #held: Held = new Map();
  readonly resources = new Map<string, Resource>();
  readonly standings: StandingChange[] = [];
  remarks: Remark[] = [];

  hear(...messages: Buffer[]): this {
    for (const bytes of messages) {
      const judged = judge(arrive(bytes, now, 'hl7v2').said, this.#held, (each) => validator.validate(each));
      if (judged.kind === 'refused')
        assert.fail(`${placeText(judged.refusal.place)} ${judged.refusal.reason}`);
      for (const [name, state] of judged.states) this.#held.set(name, state);
      for (const [name, resource] of judged.resources) this.resources.set(name, resource);
      this.standings.push(...judged.standings);
      this.remarks = judged.remarks;
    }
    return this;
  }

  refusal(bytes: Buffer): Refusal {
    const judged = judge(arrive(bytes, now, 'hl7v2').said, this.#held, (each) => validator.validate(each));
    return judged.kind === 'refused' ? judged.refusal : assert.fail('It was taken.');
  }

  of(type: string, text = ''): Resource {
    const found = [...this.resources.values()].filter(
      (each) => each.resourceType === type && JSON.stringify(each).includes(text),
    );
    assert.equal(found.length, 1, `${found.length} of ${type} with ${text}`);
    return found[0]!;
  }
}

let minutes = 0;
/** A message a minute after the one before. */
function message(type: string, segments: string[], pid = anna): Buffer {
  minutes += 1;
  const at = new Date(Date.UTC(2026, 0, 5, 10, minutes)).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14);
  const head = `MSH|^~\\&|PAS|RX1|OPENICS|QWO|${at}||${type}|K${minutes}|P|2.4`;
  return Buffer.from([head, `EVN||${at}`, pid, ...segments, ''].join('\r'));
}

const obr = 'OBR|1|PL1||FBC^Full blood count^LOCAL||20260106080000||||||||||C1234567^Okoro^Ngozi||||||||HM';
const testOrder = (control: string) =>
  message('ORM^O01', [`ORC|${control}|PL1||||||||20260105100000`, 'NTE|1||Fasting', obr]);
const prescribed = (control: string) =>
  message('RDE^O11', [
    `ORC|${control}|RX9`,
    'RXE|^BD|318420003^Atenolol 50 mg tablets^SCT|1||tablet||With food|||56|tablet|1',
    'RXR|26643006^Oral^SCT',
  ]);
const given = (more: string) =>
  message('VXU^V04', [
    'ORC|RE||IM1',
    `RXA|0|1|20260105|20260105|39115611^Flu vaccine^SCT|0.5|mL||00|${more}`,
  ]);
const problem = (event: string, action: string) =>
  message(`PPR^${event}`, [`PRB|${action}|20260105|38341003^High blood pressure^SCT|7|||20260101`]);

describe('Who is who', () => {
  test('older kinds of merge (A18, A30, A34, A36, A46) leave the patient of MRG out of use', () => {
    for (const [event, merge] of [
      ['A18', 'MRG|P2^^^RX1^MR'],
      ['A30', 'MRG||||P2^^^RX1^MR'],
      ['A34', 'MRG|P2^^^RX1^MR'],
      ['A36', 'MRG|P2^^^RX1^MR||A7'],
      ['A46', 'MRG|P2^^^RX1^MR'],
    ] as const) {
      const record = new Record().hear(message('ADT^A28', [], other), message(`ADT^${event}`, [merge]));
      const [losing, surviving] = [record.of('Patient', '"P2"'), record.of('Patient', '"P1"')];
      assert.equal(losing['active'], false, event);
      const link = [{ other: { reference: `Patient/${surviving.id}` }, type: 'replaced-by' }];
      assert.deepEqual(losing['link'], link, event);
      assert.deepEqual(
        record.standings.map(({ into }) => into),
        [surviving.id],
        event,
      );
    }
  });

  test('linked patients (A24) both stay in use and are one person until A37 parts them', () => {
    const record = new Record().hear(message('ADT^A24', [other]));
    const [first, second] = [record.of('Patient', '"P1"'), record.of('Patient', '"P2"')];
    assert.deepEqual([first['active'], second['active']], [true, true]);
    assert.deepEqual(second['link'], [{ other: { reference: `Patient/${first.id}` }, type: 'seealso' }]);
    record.hear(message('ADT^A37', [other]));
    assert.equal(record.of('Patient', '"P2"')['link'], undefined);
    assert.deepEqual(
      record.standings.map(({ losing, before, into }) => [losing, before, into]),
      [
        [second.id, undefined, first.id],
        [second.id, first.id, undefined],
      ],
    );
    assert.equal(placeText(record.refusal(message('ADT^A24', [])).place), 'PID-3');
  });

  test('a person the sender no longer keeps (A29) is not in use until it comes again', () => {
    const record = new Record().hear(message('ADT^A28', []), message('ADT^A29', []));
    assert.equal(record.of('Patient')['active'], false);
    record.hear(message('ADT^A31', []));
    assert.equal(record.of('Patient')['active'], false);
    record.hear(message('ADT^A28', []));
    assert.equal(record.of('Patient')['active'], true);
  });

  test('merged or renumbered accounts (A35, A41, A49) change no patient, and that is told', () => {
    for (const event of ['A35', 'A41', 'A49']) {
      const record = new Record().hear(message(`ADT^${event}`, ['MRG|P1^^^RX1^MR||A7']));
      assert.equal(record.of('Patient')['active'], true);
      assert.match(record.remarks[0]?.text ?? '', /accounts are not in the record/);
    }
    const refusal = new Record().refusal(message('ADT^A41', ['MRG|P2^^^RX1^MR||A7']));
    assert.equal(placeText(refusal.place), 'MRG-1');
    assert.match(refusal.reason, /A40/);
  });
});

describe('A stay', () => {
  test('with a new number (A50) keeps all that was told of it; the old number does not count', () => {
    const record = new Record().hear(
      message('ADT^A01', [stay('V1', 'AMU', { admitted: '20260105090000' })]),
      message('ADT^A50', ['MRG|P1^^^RX1^MR||||V1', stay('V2', '').replace('|I|', '||')]),
    );
    const [was, is] = [record.of('Encounter', '"V1"'), record.of('Encounter', '"V2"')];
    assert.equal(was['status'], 'entered-in-error');
    assert.deepEqual(was['partOf'], { reference: `Encounter/${is.id}` });
    assert.equal(is['status'], 'in-progress');
    assert.deepEqual(is['period'], { start: '2026-01-05T09:00:00+00:00' });
    assert.equal((is['location'] as unknown[]).length, 1);
    record.hear(message('ADT^A03', [stay('V2', 'AMU', { discharged: '20260106090000' })]));
    assert.equal(record.of('Encounter', '"V2"')['status'], 'finished');
  });

  test('with a new alternate number (A51) changes only where it goes by that number', () => {
    const alone = ['MRG|P1^^^RX1^MR|||||X1', `PV1|1|I|${'|'.repeat(47)}X2`];
    const record = new Record().hear(message('ADT^A51', alone));
    assert.equal(record.of('Encounter', '"X1"')['status'], 'entered-in-error');
    const numbered = new Record().hear(message('ADT^A51', [alone[0]!, stay('V1', 'AMU')]));
    assert.equal(record.resources.size, 3);
    assert.equal(numbered.resources.size, 2);
  });

  test('without its earlier number is refused', () => {
    const refusal = new Record().refusal(message('ADT^A50', ['MRG|P1^^^RX1^MR', stay('V2', 'AMU')]));
    assert.equal(placeText(refusal.place), 'MRG-5');
  });
});

describe('Orders', () => {
  test('of tests and services become ServiceRequests, whose status follows the order control', () => {
    const record = new Record().hear(testOrder('NW'));
    const request = record.of('ServiceRequest');
    assert.equal(request['status'], 'active');
    assert.deepEqual(request['note'], [{ text: 'Fasting' }]);
    assert.equal((request['code'] as { text: string }).text, 'Full blood count');
    assert.equal(request['occurrenceDateTime'], '2026-01-06T08:00:00+00:00');
    record.hear(testOrder('HD'));
    assert.equal(record.of('ServiceRequest')['status'], 'on-hold');
    record.hear(testOrder('CA'));
    assert.equal(record.of('ServiceRequest')['status'], 'revoked');
  });

  test('of several things in one message are told apart', () => {
    const second = obr.replace('PL1', 'PL2').replace('FBC', 'CRP');
    const record = new Record().hear(message('OMG^O19', ['ORC|NW|PL1', obr, 'ORC|CA|PL2', second]));
    assert.equal(record.of('ServiceRequest', 'FBC')['status'], 'active');
    assert.equal(record.of('ServiceRequest', 'CRP')['status'], 'revoked');
  });

  test('of medicines become MedicationRequests', () => {
    const record = new Record().hear(
      message('OMP^O09', [
        'ORC|NW|RX9',
        'RXO|318420003^Atenolol 50 mg tablets^SCT|50||mg||||||||28|2',
        'RXR|26643006^Oral^SCT',
      ]),
    );
    const request = record.of('MedicationRequest');
    assert.equal(request['status'], 'active');
    const [dosage] = request['dosageInstruction'] as { doseAndRate: unknown[]; route: { text: string } }[];
    assert.deepEqual(dosage?.doseAndRate, [{ doseQuantity: { value: 50, unit: 'mg' } }]);
    assert.equal(dosage?.route.text, 'Oral');
  });

  test('encoded as prescriptions (RDE) become MedicationRequests; a stopped one says so', () => {
    const record = new Record().hear(prescribed('NW'));
    const request = record.of('MedicationRequest');
    assert.deepEqual(request['dispenseRequest'], {
      quantity: { value: 56, unit: 'tablet' },
      numberOfRepeatsAllowed: 1,
    });
    const [dosage] = request['dosageInstruction'] as { text: string; timing: unknown }[];
    assert.deepEqual([dosage?.text, dosage?.timing], ['With food', { code: { text: 'BD' } }]);
    record.hear(prescribed('DC'));
    assert.equal(record.of('MedicationRequest')['status'], 'stopped');
  });

  test('without a number, or of something else, are refused with their place', () => {
    const unnumbered = new Record().refusal(message('ORM^O01', ['ORC|NW', obr.replace('PL1', '')]));
    assert.equal(placeText(unnumbered.place), 'ORC-2');
    const diet = new Record().refusal(message('ORM^O01', ['ORC|NW|D1', 'ODS|D||321^Low salt']));
    assert.match(diet.reason, /food and supplies are not taken/);
  });
});

describe('Vaccines', () => {
  test('that were given become Immunizations with lot and dose', () => {
    const record = new Record().hear(given('C1234567^Okoro^Ngozi|||||AB12|20270101|MAKER'));
    const immunization = record.of('Immunization');
    assert.equal(immunization['status'], 'completed');
    assert.equal(immunization['occurrenceDateTime'], '2026-01-05');
    assert.deepEqual(immunization['doseQuantity'], { value: 0.5, unit: 'mL' });
    assert.deepEqual([immunization['lotNumber'], immunization['expirationDate']], ['AB12', '2027-01-01']);
    assert.equal(immunization['primarySource'], true);
  });

  test('that were refused, or told by mistake, are not taken for given', () => {
    assert.equal(new Record().hear(given('||||||||||RE')).of('Immunization')['status'], 'not-done');
    assert.equal(new Record().hear(given('||||||||||CP|D')).of('Immunization')['status'], 'entered-in-error');
  });
});

test('problems (PPR) become Conditions of the problem list; one that is deleted is marked so', () => {
  const record = new Record().hear(problem('PC1', 'AD'));
  assert.deepEqual(record.of('Condition')['clinicalStatus'], {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
  });
  record.hear(problem('PC3', 'DE'));
  assert.match(JSON.stringify(record.of('Condition')['verificationStatus']), /entered-in-error/);
});

test('a kind of message that is not taken is refused with those that are', () => {
  const refusal = new Record().refusal(message('DFT^P03', []));
  assert.equal(placeText(refusal.place), 'MSH-9.1');
  assert.match(refusal.reason, /ADT, ORU.*leave the others out/);
  assert.match(new Record().refusal(adt({ event: 'A20' })).reason, /another event/);
});
