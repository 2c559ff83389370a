import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toAuditEvent, type Kind, type Outcome, type Particulars } from '../server/audit/index.ts';
import { openDefinitions } from '../server/record/definitions/index.ts';
import type { Resource } from '../server/record/types.ts';
import { createValidator } from '../server/record/validation/index.ts';

const validator = createValidator(openDefinitions({ packages: [] }));

const kinds: Kind[] = [
  'read',
  'search',
  'create',
  'update',
  'delete',
  'operate',
  'decision',
  'export',
  'link',
  'break-glass',
  'policy',
  'sign-in',
  'sign-out',
];

const event = (kind: Kind, outcome: Outcome, more: object) => ({
  id: '0198a000-0000-7000-8000-000000000001',
  at: '2026-07-02T09:05:00.000Z',
  kind,
  outcome,
  user: 'nurse-1',
  ...more,
});

const full = {
  organisation: 'RX1',
  role: 'R8001',
  purpose: 'TREAT',
  person: '0198a000-0000-7000-8000-00000000000a',
  request: '0198a000-0000-7000-8000-0000000000ff',
  resource: 'Observation',
  rule: 'care-team',
  text: 'x'.repeat(44),
};

const particulars: Particulars = {
  userName: 'Nur Ali',
  address: '10.1.2.3',
  query: 'Observation?code=8867-4',
  target: 'Observation/1',
  reason: 'ward round',
};

test('every kind of event, full, bare or erased, is a valid FHIR AuditEvent', () => {
  for (const kind of kinds) {
    for (const outcome of ['permitted', 'refused', 'failed'] as const) {
      for (const [more, texts] of [
        [full, particulars],
        [full, undefined],
        [{}, undefined],
      ] as const) {
        const resource = toAuditEvent(event(kind, outcome, more), texts, 'a.example/audit');
        const issues = validator.validate(resource as unknown as Resource);
        const errors = issues.filter(({ severity }) => severity === 'error' || severity === 'fatal');
        assert.deepEqual(errors, [], `${kind} ${outcome}`);
      }
    }
  }
});

/** What IHE BALP 1.1 fixes for successful access about a patient: action, subtype, agents and entities. */
const balp = [
  ['read', 'PatientRead', 'R', ['110153', '110152', 'IRCP']],
  ['search', 'PatientQuery', 'E', ['110153', '110152', 'IRCP']],
  ['create', 'PatientCreate', 'C', ['110153', '110152', 'AUT']],
  ['update', 'PatientUpdate', 'U', ['110153', '110152', 'AUT']],
  ['delete', 'PatientDelete', 'D', ['110150', 'custodian', 'AUT']],
] as const;

test('access about a person has the shape of its BALP profile', () => {
  for (const [kind, profile, action, agents] of balp) {
    const made = toAuditEvent(event(kind, 'permitted', full), particulars, 'a.example/audit');
    assert.deepEqual(made.meta?.profile, [
      `https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.${profile}`,
    ]);
    assert.equal(made.type.code, 'rest');
    assert.equal(made.action, action);
    assert.equal(made.outcome, '0');
    assert.deepEqual(
      made.agent.slice(0, 3).map((agent) => agent.type.coding[0]!.code),
      agents,
    );
    assert.deepEqual(
      made.agent.map(({ requestor }) => requestor),
      [false, false, true, false],
    );
    assert.ok(made.agent.slice(0, 2).every((agent) => 'network' in agent && 'who' in agent));
    const entities = made.entity as { type: { code: string }; role?: { code: string }; query?: string }[];
    assert.deepEqual(
      entities.map(({ type, role }) => [type.code, role?.code]),
      [
        ['XrequestId', undefined],
        ['1', '1'],
        ['2', kind === 'search' ? '24' : '4'],
      ],
    );
    if (kind === 'search') assert.equal(atob(entities[2]!.query!), 'Observation?code=8867-4');
  }
});

test('what was erased is told as masked, and a refusal claims no profile', () => {
  const erased = JSON.stringify(
    toAuditEvent(event('search', 'permitted', full), undefined, 'a.example/audit'),
  );
  assert.match(erased, /"valueCode":"masked"/);
  assert.doesNotMatch(erased, /Nur Ali|10\.1\.2\.3/);
  assert.equal('meta' in toAuditEvent(event('read', 'refused', full), particulars, 'a'), false);
});
