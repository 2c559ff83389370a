import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDefinitions } from '../../definitions/index.ts';
import { createFhirPath } from '../../fhirpath/index.ts';
import { compileParams } from '../parameters/compile.ts';
import { generateExtract } from './generate.ts';
import { IndexRow } from './index-row.ts';

test('a name in a definition that is no plain name is looked up as it is, and becomes no code', () => {
  const definitions = openDefinitions();
  const params = compileParams(definitions, 'Patient');
  const birthDate = params.all.find(({ code }) => code === 'birthdate')!;
  for (const key of ["x'];throw 1;//", 'x);throw 1;(', 'x\n;throw 1;//', 'x`;throw 1;`', '']) {
    const steps = [{ key, many: false, where: { key, value: "'];throw 1;//" } }];
    const hostile = { ...birthDate, ordinal: 0, mainDate: false, paths: [{ ...birthDate.paths[0]!, steps }] };
    const extract = generateExtract({ ...params, all: [hostile] }, createFhirPath(definitions));
    const row = new IndexRow();
    extract({ resourceType: 'Patient', [key]: { [key]: "'];throw 1;//" } }, row);
    const plain = [{ key, many: false }];
    const read = generateExtract(
      { ...params, all: [{ ...hostile, paths: [{ ...birthDate.paths[0]!, steps: plain }] }] },
      createFhirPath(definitions),
    );
    row.reset();
    read({ resourceType: 'Patient', [key]: '1950-03-01' }, row);
    assert.equal(row.dates.count, 1, key);
  }
});
