import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromXml } from '../formats/index.ts';
import { readQuery } from './call.ts';

test('a question is decoded once: what is encoded twice stays encoded', () => {
  assert.deepEqual(readQuery('name=%2541da&code=a%257Cb'), [
    ['name', '%41da'],
    ['code', 'a%7Cb'],
  ]);
});

test('text in XML is read once: an entity that is written out stays written out', () => {
  const read = fromXml(
    '<Patient xmlns="http://hl7.org/fhir"><name><family value="&amp;lt;script&amp;gt;"/></name></Patient>',
  );
  assert.deepEqual((read['name'] as { family: unknown }[])[0]!.family, '&lt;script&gt;');
});
