import { by, condition, type Write } from './write.fixture.ts';

const fhir = 'application/fhir+json';

/** The record. `writes-on-record.test.ts` has more of it. */
export const recordWrites: Write[] = [
  {
    route: 'POST /fhir/:type',
    fact: 'record.resource',
    ask: () => ({ ...by('gp', 'POST', '/fhir/Condition', condition('Eczema')), type: fhir }),
    kinds: ['create'],
  },
  {
    route: 'PUT /fhir/:type/:id',
    fact: 'record.resource',
    ask: () => ({
      ...by('gp', 'PUT', '/fhir/Condition/asthma', condition('Asthma, mild', 'asthma')),
      type: fhir,
    }),
    kinds: ['update'],
  },
  {
    route: 'PATCH /fhir/:type/:id',
    fact: 'record.resource',
    ask: () => ({
      ...by('gp', 'PATCH', '/fhir/Condition/asthma', [
        { op: 'replace', path: '/code/text', value: 'Asthma' },
      ]),
      type: 'application/json-patch+json',
    }),
    kinds: ['update'],
  },
  {
    route: 'POST /fhir',
    fact: 'record.resource',
    ask: () => ({
      ...by('gp', 'POST', '/fhir', {
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [{ request: { method: 'POST', url: 'Condition' }, resource: condition('Migraine') }],
      }),
      type: fhir,
    }),
    kinds: ['create'],
  },
  {
    route: 'DELETE /fhir/:type/:id',
    fact: 'record.resource',
    ask: () => by('gp', 'DELETE', '/fhir/Condition/asthma'),
    kinds: ['delete'],
  },
];
