import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { sourceKinds, survivors, type Statement } from './survivorship.ts';

const day = (n: number): Date => new Date(Date.UTC(2026, 0, n));
const says = (
  patientId: string,
  kind: Statement['kind'],
  said: number,
  patient: Partial<Statement['patient']>,
  verified = false,
): Statement => ({ patient: { patientId, active: true, ...patient }, kind, said: day(said), verified });

const street = (name: string) => [{ lines: [name], postcode: 'ZZ1 1AA' }];

test('the practice knows better than the council, although the council spoke later', () => {
  const person = survivors([
    says('council', 'council', 20, { family: ['Brown'], given: ['Ann'] }),
    says('gp', 'gp', 1, { family: ['Browne'], given: ['Anne'] }),
  ]);
  assert.equal(person.name?.value.full, 'Anne Browne');
  assert.equal(person.name?.from, 'gp');
});

test('of two sources of one kind the later counts', () => {
  const person = survivors([
    says('a', 'trust', 1, { addresses: street('1 Old Road') }),
    says('b', 'trust', 2, { addresses: street('2 New Road') }),
  ]);
  assert.deepEqual(person.address?.value.lines, ['2 New Road']);
});

test('at one moment the value that more agree on counts', () => {
  const person = survivors([
    says('a', 'trust', 1, { sex: 'male' }),
    says('b', 'trust', 1, { sex: 'female' }),
    says('c', 'trust', 1, { sex: 'female' }),
  ]);
  assert.deepEqual(person.sex, { value: 'female', from: 'b', agreedBy: ['b', 'c'] });
});

test('what the national service confirmed comes before all', () => {
  const person = survivors([
    says('gp', 'gp', 9, { birthDate: '1950-03-01' }),
    says('trust', 'trust', 1, { birthDate: '1950-01-03' }, true),
  ]);
  assert.equal(person.birthDate?.value, '1950-01-03');
});

test('a whole date counts more than a year', () => {
  const person = survivors([
    says('gp', 'gp', 9, { birthDate: '1950' }),
    says('other', 'other', 1, { birthDate: '1950-01-03' }),
  ]);
  assert.equal(person.birthDate?.value, '1950-01-03');
});

test('when one source protects the whereabouts, no source gives them away', () => {
  const statements = [
    says('gp', 'gp', 1, { restricted: true, addresses: street('1 Hidden Road') }),
    says('shop', 'other', 2, {
      addresses: street('1 Hidden Road'),
      phones: ['07700 900000'],
      emails: ['a@b.example'],
    }),
  ];
  const open = survivors(statements);
  assert.deepEqual(
    [open.address, open.phone, open.email, open.restricted],
    [undefined, undefined, undefined, true],
  );
  assert.deepEqual(survivors(statements, true).address?.value.lines, ['1 Hidden Road']);
});

test('an address that has ended, an unknown sex and a deleted patient say nothing', () => {
  const person = survivors([
    says('a', 'gp', 1, { addresses: [{ lines: ['1 Past Road'], to: '2020-01-01' }], sex: 'unknown' }),
    says('b', 'other', 1, { active: false, sex: 'female' }),
  ]);
  assert.deepEqual(person, { restricted: false });
});

test('the order in which statements are given makes no difference', () => {
  const statement = fc.record({
    id: fc.integer({ min: 1, max: 6 }),
    kind: fc.constantFrom(...sourceKinds),
    said: fc.integer({ min: 1, max: 3 }),
    family: fc.constantFrom('Ash', 'Birch', 'Cedar'),
    sex: fc.constantFrom('female', 'male', undefined),
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(statement, { selector: ({ id }) => id, maxLength: 6 }),
      fc.integer(),
      (list, turn) => {
        const statements = list.map(({ id, kind, said, family, sex }) =>
          says(`p${id}`, kind, said, { family: [family], sex }),
        );
        const at = statements.length === 0 ? 0 : Math.abs(turn) % statements.length;
        const turned = [...statements.slice(at), ...statements.slice(0, at)];
        assert.deepEqual(survivors(turned), survivors(statements));
      },
    ),
  );
});
