import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../platform/errors.ts';
import { bodyFormat, negotiate } from './index.ts';

const cases: [accept: string | undefined, format: string | undefined, contentType: string][] = [
  [undefined, undefined, 'application/fhir+json; charset=utf-8'],
  ['*/*', undefined, 'application/fhir+json; charset=utf-8'],
  ['application/fhir+xml', undefined, 'application/fhir+xml; charset=utf-8'],
  ['application/json', undefined, 'application/json; charset=utf-8'],
  ['text/xml', undefined, 'text/xml; charset=utf-8'],
  ['application/fhir+xml;q=0.5, application/fhir+json', undefined, 'application/fhir+json; charset=utf-8'],
  ['application/fhir+json;q=0, */*', undefined, 'application/fhir+xml; charset=utf-8'],
  ['image/png, text/*;q=0.1', undefined, 'text/json; charset=utf-8'],
  [
    'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    undefined,
    'application/fhir+json; charset=utf-8',
  ],
  ['application/fhir+json; fhirVersion=4.0', undefined, 'application/fhir+json; charset=utf-8'],
  ['application/fhir+json', 'xml', 'application/fhir+xml; charset=utf-8'],
  ['application/fhir+xml', 'application/fhir+json', 'application/fhir+json; charset=utf-8'],
  [undefined, 'application/fhir xml', 'application/fhir+xml; charset=utf-8'],
  [undefined, 'application/fhir+json; fhirVersion=4.0', 'application/fhir+json; charset=utf-8'],
  [undefined, 'text/xml', 'text/xml; charset=utf-8'],
  [undefined, 'html', 'application/fhir+json; charset=utf-8'],
];

for (const [accept, format, contentType] of cases) {
  test(`Accept ${accept ?? 'missing'} with _format ${format ?? 'missing'} is answered as ${contentType}`, () => {
    assert.equal(negotiate(accept, format).contentType, contentType);
  });
}

const refused: [accept: string | undefined, format: string | undefined][] = [
  ['image/png', undefined],
  ['application/fhir+json; fhirVersion=3.0', undefined],
  ['*/*;q=0', undefined],
  [undefined, 'turtle'],
  [undefined, 'application/fhir+json; fhirVersion=5.0'],
];

for (const [accept, format] of refused) {
  test(`Accept ${accept ?? 'missing'} with _format ${format ?? 'missing'} is refused with 406`, () => {
    assert.throws(
      () => negotiate(accept, format),
      (problem) => problem instanceof Problem && problem.status === 406,
    );
  });
}

test('_pretty is read', () => {
  assert.equal(negotiate(undefined, undefined, 'true').pretty, true);
  assert.equal(negotiate(undefined, undefined, 'false').pretty, false);
});

test('a body is JSON or XML, or refused with 415', () => {
  assert.equal(bodyFormat('application/fhir+json; charset=UTF-8'), 'json');
  assert.equal(bodyFormat('application/xml'), 'xml');
  for (const type of [undefined, 'text/plain', 'application/fhir+json; fhirVersion=3.0']) {
    assert.throws(
      () => bodyFormat(type),
      (problem) => problem instanceof Problem && problem.status === 415,
    );
  }
});
