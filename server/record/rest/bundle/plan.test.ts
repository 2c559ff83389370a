import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { readEntry } from './entries.ts';
import { inOrder, plan, type Matches } from './plan.ts';

const base = 'http://localhost/fhir';
const read = (raw: object[]) => raw.map((entry, index) => readEntry(entry, index, base));
const entry = (method: string, url: string, more: object = {}) => ({
  request: { method, url, ...more },
  ...(method === 'POST' || method === 'PUT' ? { resource: { resourceType: url.split(/[/?]/)[0] } } : {}),
  ...(method === 'PATCH' ? { resource: { resourceType: 'Parameters' } } : {}),
});
const planned = (raw: object[], matches: Matches = new Map()) => {
  let next = 0;
  return plan(read(raw), matches, () => `new-${++next}`).map(
    ({ action, type, id }) => `${action} ${type}/${id}`,
  );
};

test('deletes come first, then creates, then updates and patches, then reads', () => {
  const steps = planned([
    entry('GET', 'Patient/1'),
    entry('PATCH', 'Patient/2'),
    entry('PUT', 'Patient/3'),
    entry('POST', 'Patient'),
    entry('DELETE', 'Patient/4'),
  ]);
  assert.deepEqual(steps, [
    'delete Patient/4',
    'create Patient/new-1',
    'patch Patient/2',
    'update Patient/3',
    'read Patient/1',
  ]);
});

test('whatever the order they are sent in, entries of one kind keep their order', () => {
  const kinds = fc.constantFrom('GET', 'PUT', 'PATCH', 'DELETE');
  fc.assert(
    fc.property(fc.array(kinds, { maxLength: 30 }), (methods) => {
      const entries = inOrder(read(methods.map((method, index) => entry(method, `Patient/${index}`))));
      assert.equal(entries.length, methods.length);
      for (const [index, one] of entries.entries()) {
        const before = entries[index - 1];
        if (before?.method === one.method) assert.ok(before.index < one.index);
      }
    }),
  );
});

test('a resource may be changed once only', () => {
  assert.throws(() => planned([entry('PUT', 'Patient/1'), entry('DELETE', 'Patient/1')]), {
    code: 'rest/same-resource-twice',
  });
  const matches = new Map([['Patient?identifier=9', ['1']]]);
  assert.throws(() => planned([entry('PUT', 'Patient/1'), entry('PUT', 'Patient?identifier=9')], matches), {
    code: 'rest/same-resource-twice',
  });
});

test('a conditional create makes nothing when there is a match', () => {
  const raw = [entry('POST', 'Patient', { ifNoneExist: 'identifier=9' })];
  assert.deepEqual(planned(raw, new Map([['Patient?identifier=9', ['42']]])), ['exists Patient/42']);
  assert.deepEqual(planned(raw), ['create Patient/new-1']);
});

test('two conditional creates with the same condition make one resource', () => {
  const raw = entry('POST', 'Practitioner', { ifNoneExist: 'identifier=9' });
  assert.deepEqual(planned([raw, raw]), ['create Practitioner/new-1', 'exists Practitioner/new-1']);
});

test('a conditional update makes a new resource, changes the one match, or refuses several', () => {
  const raw = [entry('PUT', 'Patient?identifier=9')];
  assert.deepEqual(planned(raw), ['update Patient/new-1']);
  assert.deepEqual(planned(raw, new Map([['Patient?identifier=9', ['42']]])), ['update Patient/42']);
  assert.throws(() => planned(raw, new Map([['Patient?identifier=9', ['1', '2']]])), { status: 412 });
});

test('a conditional delete of nothing is well; a conditional patch of nothing is not', () => {
  assert.deepEqual(planned([entry('DELETE', 'Patient?identifier=9')]), ['nothing Patient/']);
  assert.throws(() => planned([entry('PATCH', 'Patient?identifier=9')]), { status: 404 });
});

test('an entry that makes no sense is refused with its place', () => {
  assert.throws(() => read([{}]), { place: 'Bundle.entry[0].request' });
  assert.throws(() => read([entry('GET', 'Patient'), entry('BREW', 'Patient')]), {
    place: 'Bundle.entry[1].request.method',
  });
  assert.throws(() => read([entry('GET', 'patient/1/2/3/4/5')]), { place: 'Bundle.entry[0].request.url' });
  assert.throws(() => read([{ request: { method: 'POST', url: 'Patient' } }]), {
    place: 'Bundle.entry[0].resource',
  });
});
