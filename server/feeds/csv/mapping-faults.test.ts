import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../platform/errors.ts';
import { foodBank } from './food-bank.fixture.ts';
import { mappingFaults } from './mapping-faults.ts';
import { mappingOf, shippedMappings } from './mappings.ts';

test('mappings that come with OpenICS, and one of somebody else, have no fault', () => {
  for (const mapping of [...shippedMappings(), foodBank]) assert.deepEqual(mappingFaults(mapping), []);
});

test('what keeps a mapping from being used is told with its place', () => {
  const cases: [place: string, change: (mapping: ReturnType<typeof copy>) => unknown][] = [
    ['/version', (mapping) => (mapping.version = 0)],
    ['/badRows', (mapping) => (mapping.badRows = 'skip')],
    ['/dates', (mapping) => (mapping.dates = ['yesterday'])],
    ['/lists', (mapping) => Object.assign(mapping.lists, { bad: ['a'] })],
    ['/columns/6', (mapping) => mapping.columns.push('Ref')],
    ['/asOf/0', (mapping) => (mapping.asOf = ['When'])],
    ['/resources', (mapping) => (mapping.resources = [])],
    ['/resources/0/type', (mapping) => (mapping.resources[0]!.type = 'Client')],
    ['/resources/0/key', (mapping) => (mapping.resources[0]!.key = [])],
    ['/resources/1/key/1', (mapping) => (mapping.resources[1]!.key = ['Ref', 'Day'])],
    ['/resources/1/ifGiven', (mapping) => (mapping.resources[1]!.ifGiven = 'Day')],
    ['/resources/1/when', (mapping) => Object.assign(mapping.resources[1]!, { when: { column: 'What' } })],
    ['/resources/0/template/birthDate/column', (mapping) => put(mapping, 'birthDate', { column: 'DOB' })],
    [
      '/resources/0/template/birthDate/as',
      (mapping) => put(mapping, 'birthDate', { column: 'Born', as: 'day' }),
    ],
    [
      '/resources/0/template/gender/list',
      (mapping) => put(mapping, 'gender', { column: 'What', list: 'sex' }),
    ],
    [
      '/resources/0/template/gender/lists',
      (mapping) => put(mapping, 'gender', { column: 'What', lists: 'x' }),
    ],
    ['/resources/0/template/id/row', (mapping) => put(mapping, 'id', { row: 'Observation' })],
    [
      '/resources/0/template/name/0/text/columns',
      (mapping) => put(mapping, 'name', [{ text: { columns: [] } }]),
    ],
  ];
  for (const [place, change] of cases) {
    const mapping = copy();
    change(mapping);
    assert.equal(mappingFaults(mapping)[0]?.place, place);
    assert.throws(
      () => mappingOf(JSON.stringify(mapping), 'mine.json'),
      (error) => error instanceof Problem && error.place === `mine.json, ${place}`,
    );
  }
  assert.throws(() => mappingOf('{', 'mine.json'), /no JSON/);
  assert.throws(() => mappingOf('[]', 'mine.json'), /no object/);
});

const copy = () => structuredClone(foodBank);
const put = (mapping: ReturnType<typeof copy>, name: string, value: unknown): unknown =>
  Object.assign(mapping.resources[0]!.template, { [name]: value });
