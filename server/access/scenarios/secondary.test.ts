import { describe, test } from 'node:test';
import type { App } from '../types.ts';
import {
  analyst,
  asks,
  admittedTo,
  chose,
  doctor,
  hidden,
  item,
  nurse,
  permitted,
  person,
  program,
  refused,
  registeredAt,
  resident,
  sealedBy,
  worker,
} from './build.fixture.ts';
import { board, council, practice, trust, university } from './parties.fixture.ts';

const optedOut = person(chose('national-data-opt-out'));
const pseudonymised = { by: practice, form: 'pseudonymised' } as const;
const named = { by: practice, form: 'identifiable' } as const;
const planning = { for: 'HOPERAT' } as const;
const research = { for: 'HRESCH' } as const;

describe('use beyond care', () => {
  test('an analyst of the board plans with pseudonymised rows', () => {
    permitted(asks(analyst(board), item('conditions', person(), pseudonymised), planning), 'pseudonymise');
  });

  test('counts have small numbers suppressed', () => {
    permitted(
      asks(analyst(board), item('conditions', null, { by: practice, form: 'anonymous' }), planning),
      'suppress-small-numbers',
    );
  });

  test('planning does not need names', () => {
    refused(
      asks(analyst(board), item('conditions', person(), named), planning),
      'identifiable-without-basis',
    );
  });

  test('a nurse does not analyse, even what she may see in care', () => {
    refused(
      asks(nurse(trust), item('conditions', person(admittedTo(trust)), { form: 'pseudonymised' }), planning),
      'analysis-role',
    );
  });

  test('an analyst does not see one person’s record under the name of care', () => {
    refused(asks(analyst(board), item('conditions', person(), pseudonymised)), 'relationship');
  });

  test('analysis changes nothing', () => {
    refused(
      asks(analyst(board), item('conditions', person(), pseudonymised), { ...planning, to: 'write' }),
      'may-by-role',
      'looking',
    );
  });

  test('a use no agreement names is refused', () => {
    refused(
      asks(analyst(board), item('conditions', person(), pseudonymised), { for: 'HPAYMT' }),
      'own-or-agreed',
    );
  });
});

describe('the national data opt-out', () => {
  test('whoever opted out is not in the rows for planning, and nobody is told', () => {
    hidden(asks(analyst(board), item('conditions', optedOut, pseudonymised), planning), 'opted-out');
  });

  test('nor in research with support under section 251', () => {
    hidden(asks(analyst(university), item('conditions', optedOut, named), research), 'opted-out');
  });

  test('counts in which nobody can be known still hold them', () => {
    permitted(
      asks(analyst(board), item('conditions', optedOut, { by: practice, form: 'anonymous' }), planning),
      'suppress-small-numbers',
    );
  });

  test('their own care goes on as ever', () => {
    permitted(
      asks(
        doctor(practice),
        item('conditions', person(registeredAt(practice), chose('national-data-opt-out'))),
      ),
    );
  });

  test('a study they agreed to may use their record', () => {
    const volunteer = person(chose('national-data-opt-out'), chose('agrees-to-project', { project: 'tide' }));
    permitted(
      asks(analyst(university), item('conditions', volunteer, named), { ...research, project: 'tide' }),
    );
  });

  test('another study may not', () => {
    const volunteer = person(chose('national-data-opt-out'), chose('agrees-to-project', { project: 'tide' }));
    hidden(
      asks(analyst(university), item('conditions', volunteer, named), { ...research, project: 'ebb' }),
      'opted-out',
    );
  });

  test('a consent taken back counts no longer', () => {
    const gone = person(
      chose('national-data-opt-out'),
      chose('agrees-to-project', { project: 'tide', to: '2026-05-12T12:00:00Z' }),
    );
    hidden(
      asks(analyst(university), item('conditions', gone, named), { ...research, project: 'tide' }),
      'opted-out',
    );
  });

  test('it does not reach the paying of invoices', () => {
    permitted(asks(analyst(board), item('appointments', optedOut, named), { for: 'HPAYMT' }));
  });

  test('it does not reach an audit by those who gave the care', () => {
    permitted(
      asks(analyst(trust), item('conditions', optedOut, { form: 'pseudonymised' }), { for: 'HQUALIMP' }),
      'pseudonymise',
    );
  });

  test('it does not reach children’s social care data', () => {
    permitted(
      asks(
        analyst(board),
        item('social-care', optedOut, { by: council, form: 'pseudonymised', labels: ['child'] }),
        planning,
      ),
      'pseudonymise',
    );
  });

  test('it goes on after death', () => {
    hidden(
      asks(
        analyst(board),
        item('conditions', person(chose('national-data-opt-out'), { died: '2026-01-01' }), pseudonymised),
        planning,
      ),
      'opted-out',
    );
  });
});

describe('the Type 1 opt-out', () => {
  const type1 = person(registeredAt(practice), chose('type-1-opt-out'));

  test('what the practice holds stays out of planning', () => {
    hidden(asks(analyst(board), item('conditions', type1, pseudonymised), planning), 'type-1-opted-out');
  });

  test('what the hospital holds is not touched by it', () => {
    permitted(
      asks(analyst(board), item('conditions', type1, { by: trust, form: 'pseudonymised' }), planning),
      'pseudonymise',
    );
  });

  test('nor is care', () => {
    permitted(
      asks(
        doctor(trust),
        item('conditions', person(admittedTo(trust), chose('type-1-opt-out')), { by: practice }),
      ),
    );
  });

  test('the practice may still look at its own work', () => {
    permitted(
      asks(analyst(practice), item('conditions', type1, pseudonymised), { for: 'HQUALIMP' }),
      'pseudonymise',
    );
  });
});

describe('sealed and protected people in analysis', () => {
  test('sealed items are not analysed', () => {
    hidden(
      asks(
        analyst(board),
        item('conditions', person(), { ...pseudonymised, seal: sealedBy(practice) }),
        planning,
      ),
      'secondary-sealed',
    );
  });

  test('people whose whereabouts are protected are in no list by place', () => {
    hidden(
      asks(analyst(board), item('conditions', person({ restricted: true }), pseudonymised), {
        ...planning,
        byPlace: true,
      }),
      'found-by-place',
    );
  });

  test('a program that analyses is held to the same', () => {
    hidden(
      asks(program('L-PROGRAM-ANALYSIS', board), item('conditions', optedOut, pseudonymised), planning),
      'opted-out',
    );
  });
});

describe('privacy officers and Caldicott Guardians', () => {
  const officer = worker('R0001', trust);

  test('a privacy officer sees who looked at a record, not the record', () => {
    permitted(asks(officer, item('access-list', person()), { for: 'HCOMPL' }));
    refused(asks(officer, item('conditions', person()), { for: 'HCOMPL' }), 'may-by-role');
  });

  test('a doctor does not check who looked', () => {
    refused(
      asks(doctor(trust), item('access-list', person(admittedTo(trust))), { for: 'HCOMPL' }),
      'may-by-role',
      'oversight-role',
    );
  });

  test('the Caldicott Guardian records a choice and changes nothing else', () => {
    permitted(asks(worker('R5105', trust), item('choices', person()), { for: 'HCOMPL', to: 'write' }));
    refused(
      asks(worker('R5105', trust), item('documents', person()), { for: 'HCOMPL', to: 'write' }),
      'may-by-role',
      'oversight-looks',
    );
  });
});

const app = (
  level: 'patient' | 'user',
  type: string,
  letters: string,
  more: { query?: string; person?: string } = {},
): App => ({
  name: 'Blood pressure diary',
  person: more.person ?? null,
  grants: [{ level, type, actions: new Set(letters) as App['grants'][number]['actions'], query: more.query }],
});

describe('apps', () => {
  test('an app sees what its user may and its scope names', () => {
    permitted(asks(resident(), item('results', person()), { app: app('user', 'Observation', 'rs') }));
  });

  test('it sees no other kind of resource, though its user may', () => {
    refused(
      asks(resident(), item('medication', person(), { type: 'MedicationRequest' }), {
        app: app('user', 'Observation', 'rs'),
      }),
      'within-app',
    );
  });

  test('a scope for everything lets an app see no more than its user', () => {
    refused(
      asks(resident('bob'), item('results', person()), { app: app('user', '*', 'cruds') }),
      'own-record',
    );
  });

  test('an app that may read does not write', () => {
    refused(
      asks(doctor(trust), item('results', person(admittedTo(trust))), {
        to: 'write',
        app: app('user', '*', 'rs'),
      }),
      'within-app',
    );
  });

  test('an app opened for one person does not see another', () => {
    const known = person(admittedTo(trust));
    permitted(
      asks(doctor(trust), item('results', known), { app: app('patient', '*', 'rs', { person: 'ann' }) }),
    );
    refused(
      asks(doctor(trust), item('results', known), { app: app('patient', '*', 'rs', { person: 'bob' }) }),
      'within-app',
    );
  });

  test('a scope with a query lets through only what the query finds', () => {
    const limited = app('user', 'Observation', 'rs', { query: 'category=vital-signs' });
    permitted(asks(resident(), item('results', person()), { app: limited }), 'apply-app-filter');
  });
});
