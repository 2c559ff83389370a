import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharedData } from '../support/shared-data.ts';
import { runJsonRoundTrips, runXmlRoundTrips, type RoundTrip } from './round-trip.ts';

const ukCore = sharedData('interop/ukcore-examples');
const synthea = sharedData('synthea');

test('every UK Core example goes from XML to JSON and back without loss', { skip: ukCore.skip }, async () => {
  allPass(await runXmlRoundTrips(ukCore.path));
});

test(
  'one Synthea bundle in twenty goes from JSON to XML and back without loss',
  { skip: synthea.skip },
  async () => {
    allPass(await runJsonRoundTrips(synthea.path, 20));
  },
);

function allPass(results: RoundTrip[]): void {
  assert.ok(results.length > 0, 'no files were found');
  assert.deepEqual(
    results.filter(({ outcome }) => outcome === 'failed'),
    [],
  );
}
