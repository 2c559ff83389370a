import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anna } from '../../../test/support/hl7-samples.ts';
import { openDefinitions } from '../../record/definitions/index.ts';
import { createValidator } from '../../record/validation/index.ts';
import { arrive } from '../intake/arrive.ts';
import { judge } from '../intake/judge.ts';

const validator = createValidator(openDefinitions({ packages: [] }));

/** What a document of this sort, as TXA-2 says it, is called in the record. */
function titleOf(sort: string): unknown {
  const bytes = Buffer.from(
    [
      'MSH|^~\\&|LAB|RX1|OPENICS|QWO|20260105101500||MDM^T02|K1|P|2.4',
      anna,
      `TXA|1|${sort}|TX|20260105||||||||D1`,
      'OBX|1|TX|1||Seen today||||||F',
      '',
    ].join('\r'),
  );
  const { said } = arrive(bytes, new Date('2026-11-21T12:00:00Z'), 'hl7v2');
  const judged = judge(said, new Map(), (each) => validator.validate(each));
  if (judged.kind === 'refused') assert.fail(judged.refusal.reason);
  const document = [...judged.resources.values()].find((each) => each.resourceType === 'DocumentReference');
  if (document === undefined) assert.fail('It made no document.');
  assert.equal((document['type'] as { coding: unknown[] }).coding.length, 1, 'its code stays');
  return (document['content'] as { attachment: { title: string } }[])[0]!.attachment.title;
}

test('a document is called by the words of its message, else by those of its code, else by its code', () => {
  assert.equal(titleOf('DS^Summary of a stay^LOCAL'), 'Summary of a stay');
  assert.equal(titleOf('DS'), 'Discharge summary');
  assert.equal(titleOf('XX'), 'XX');
});
