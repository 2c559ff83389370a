import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { sharedData } from '../../../test/support/shared-data.ts';
import { fromXml } from '../formats/index.ts';
import type { Resource } from '../types.ts';
import { filed } from './made-up-record.ts';
import { lookupOver } from './reading/references.ts';
import { consolidate } from './rules.ts';
import { readTypes, stateOf } from './statements/index.ts';
import type { Entry, RecordView } from './types.ts';

const synthea = sharedData('synthea');
const ukCore = sharedData('interop/ukcore-examples');

type Bundle = { entry: { fullUrl: string; resource: Resource }[] };

/** A bundle's resources, with its own links made into references. */
function resourcesOf(file: string): Resource[] {
  const text = gunzipSync(readFileSync(file)).toString('utf8');
  const links = new Map(
    (JSON.parse(text) as Bundle).entry.map(({ fullUrl, resource }) => [
      fullUrl,
      `${resource.resourceType}/${resource.id}`,
    ]),
  );
  const linked = text.replaceAll(/urn:uuid:[0-9a-f-]{36}/g, (link) => links.get(link) ?? link);
  return (JSON.parse(linked) as Bundle).entry.map((entry) => entry.resource);
}

/** Every entry of a record, wherever it is shown. */
function entriesOf(view: RecordView): Entry[] {
  const groups = [
    ...view.problems.active,
    ...view.problems.past,
    ...view.medicines.current,
    ...view.medicines.past,
    ...view.allergies.active,
    ...view.allergies.past,
    ...view.results,
  ];
  return [
    ...groups.flatMap((group) => group.entries),
    ...view.allergies.noneKnown,
    ...view.immunisations,
    ...view.reports,
    ...view.encounters,
    ...view.procedures,
    ...view.documents.filter((entry) => entry.kind === 'document'),
    ...view.plans,
    ...view.others,
    ...view.setAside,
    ...view.alerts.filter((alert) => alert.reason === 'flag').flatMap((alert) => alert.entry ?? []),
  ];
}

test('of real records, each resource the view reads is shown exactly once', { skip: synthea.skip }, () => {
  const files = globSync(`${synthea.path}/*.json.gz`).sort().slice(0, 25);
  assert.equal(files.length, 25);
  for (const file of files) {
    const resources = resourcesOf(file);
    const own = resources.filter(({ resourceType }) => readTypes.has(resourceType));
    const view = consolidate(
      own.map((resource) => filed(resource)),
      resources,
    );
    const shown = entriesOf(view).flatMap((entry) => entry.said.map(({ type, id }) => `${type}/${id}`));
    const expected = own
      .filter(({ resourceType }) => resourceType !== 'Patient')
      .map(({ resourceType, id }) => `${resourceType}/${id}`);
    assert.deepEqual(shown.sort(), expected.sort());
  }
});

test('every UK Core example can be read, and has a name and a source', { skip: ukCore.skip }, () => {
  const resources = globSync(`${ukCore.path}/UKCore-*.xml`)
    .map((file) => fromXml(readFileSync(file, 'utf8')))
    .filter(({ resourceType }) => readTypes.has(resourceType));
  assert.ok(resources.length > 40, `${resources.length} examples`);
  const lookup = lookupOver(resources);
  for (const resource of resources) {
    const statement = stateOf(filed(resource), lookup);
    if (statement === undefined) continue;
    // A medicine that is only referred to has no name until its Medication arrives.
    const named = resource['medicationReference'] === undefined;
    if (named) assert.doesNotMatch(statement.title, /without a name/, resource.id);
    assert.ok(statement.source.name, resource.id);
    assert.doesNotMatch(JSON.stringify(statement.facts), /\[object/, resource.id);
  }
});
