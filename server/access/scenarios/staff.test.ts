import { describe, test } from 'node:test';
import {
  admittedTo,
  analyst,
  asks,
  attended,
  behindGlass,
  caredForBy,
  doctor,
  familyOf,
  glassBrokenBy,
  hidden,
  item,
  lockedBy,
  nurse,
  onCaseloadOf,
  owes,
  permitted,
  person,
  program,
  receptionist,
  recorded,
  referredTo,
  refused,
  registeredAt,
  sealedBy,
  socialWorker,
  worker,
  worksAt,
} from './build.fixture.ts';
import {
  ambulance,
  board,
  clinic,
  council,
  farTrust,
  practice,
  prison,
  school,
  trust,
  housing,
  hospice,
  university,
} from './parties.fixture.ts';

describe('staff who are patients, colleagues and family', () => {
  test('a nurse does not open her own record at work', () => {
    refused(
      asks(nurse(trust, { person: 'ann' }), item('results', person(admittedTo(trust)))),
      'own-record-at-work',
    );
  });

  test('not by breaking the glass either', () => {
    refused(
      asks(nurse(trust, { person: 'ann' }), item('results', person()), { for: 'BTG' }),
      'own-record-at-work',
    );
  });

  test('a doctor does not look up a colleague of the same hospital', () => {
    behindGlass(asks(doctor(trust), item('results', person(worksAt(trust), admittedTo(trust)))), 'colleague');
  });

  test('the team that treats the colleague sees the record, and it is reviewed', () => {
    const colleague = person(worksAt(trust), caredForBy(trust, 'cardiology'));
    permitted(asks(doctor(trust, { teams: ['cardiology'] }), item('results', colleague)), 'review');
  });

  test('somebody who works for another partner is a patient like any other', () => {
    permitted(asks(doctor(trust), item('results', person(worksAt(council), admittedTo(trust)))));
  });

  test('a receptionist does not open the record of her mother', () => {
    refused(
      asks(
        receptionist(practice),
        item('appointments', person(familyOf('sam'), registeredAt(practice)), { by: practice }),
      ),
      'family',
    );
  });

  test('a doctor alone at night may break the glass for his own father', () => {
    behindGlass(asks(doctor(trust), item('allergies', person(familyOf('sam'), admittedTo(trust)))), 'family');
  });
});

describe('joiners, movers and leavers', () => {
  test('a role that begins tomorrow opens nothing today', () => {
    refused(
      asks(nurse(trust, { from: '2026-05-13T00:00:00Z' }), item('results', person(admittedTo(trust)))),
      'role-in-force',
    );
  });

  test('a leaver sees nothing from the second the role ends', () => {
    const leaver = nurse(trust, { to: '2026-05-12T12:00:00Z' });
    permitted(asks(leaver, item('results', person(admittedTo(trust))), { at: '2026-05-12T11:59:59Z' }));
    refused(
      asks(leaver, item('results', person(admittedTo(trust))), { at: '2026-05-12T12:00:00Z' }),
      'role-in-force',
    );
  });

  test('a leaver has no glass to break', () => {
    refused(
      asks(nurse(trust, { to: '2026-05-12T11:00:00Z' }), item('results', person()), { for: 'BTG' }),
      'role-in-force',
    );
  });

  test('a nurse who works at two places sees each place’s patients only in the role she picked', () => {
    const known = person(admittedTo(hospice));
    permitted(asks(nurse(hospice), item('plans', known, { by: hospice })));
    behindGlass(asks(nurse(trust), item('plans', known, { by: hospice })), 'relationship');
  });

  test('a doctor who also does research sees by the role picked, not by both', () => {
    const known = person(admittedTo(trust));
    permitted(asks(doctor(trust), item('documents', known)));
    refused(asks(analyst(trust), item('documents', known)), 'may-by-role');
  });

  test('a nurse who moved to another ward no longer sees the old ward’s people', () => {
    const known = person(caredForBy(trust, 'ward-3'));
    behindGlass(asks(nurse(trust, { teams: ['ward-4'] }), item('results', known)), 'relationship');
  });

  test('a role the policy does not know opens nothing', () => {
    refused(asks(worker('R9999', trust), item('results', person(admittedTo(trust)))), 'may-by-role');
  });

  test('one factor is not enough', () => {
    refused(
      asks(nurse(trust), item('results', person(admittedTo(trust))), { signIn: 'AAL1' }),
      'signed-in-strongly',
    );
  });

  test('a system administrator keeps the directory and sees nobody’s record', () => {
    const admin = worker('R5007', board);
    permitted(asks(admin, item('directory', null), { to: 'write' }));
    refused(asks(admin, item('identity', person(registeredAt(practice)), { by: board })), 'may-by-role');
  });

  test('a nurse reads the directory and does not change it', () => {
    permitted(asks(nurse(trust), item('directory', null)));
    refused(asks(nurse(trust), item('directory', null), { to: 'write' }), 'directory-change');
  });

  test('a purpose that nothing in the policy is for opens nothing', () => {
    refused(
      asks(nurse(trust), item('results', person(admittedTo(trust))), { for: 'HSYSADMIN' }),
      'nothing-permits',
    );
  });
});

describe('breaking the glass', () => {
  const broken = person(glassBrokenBy('sam', '2026-05-12T12:00:00Z'));

  test('it opens at once, and what is seen is reviewed', () => {
    permitted(asks(doctor(trust), item('results', broken), { for: 'BTG' }), 'review');
  });

  test('it stays open for an hour, to the millisecond', () => {
    permitted(asks(doctor(trust), item('results', broken), { at: '2026-05-12T12:59:59.999Z' }), 'review');
    behindGlass(asks(doctor(trust), item('results', broken), { at: '2026-05-12T13:00:00Z' }), 'relationship');
  });

  test('it is not open a moment before', () => {
    behindGlass(
      asks(doctor(trust), item('results', broken), { at: '2026-05-12T11:59:59.999Z' }),
      'relationship',
    );
  });

  test('it is for one reader', () => {
    behindGlass(asks(doctor(trust, { id: 'kim' }), item('results', broken)), 'relationship');
  });

  test('it is for one person', () => {
    behindGlass(asks(doctor(trust), item('results', person({ person: 'bob' }))), 'relationship');
  });

  test('whoever closes it early is out at once', () => {
    const closed = person(glassBrokenBy('sam', '2026-05-12T12:00:00Z', '2026-05-12T12:10:00Z'));
    behindGlass(asks(doctor(trust), item('results', closed), { at: '2026-05-12T12:10:00Z' }), 'relationship');
  });

  test('it opens a sealed letter, and never a locked one', () => {
    permitted(
      asks(doctor(trust), item('documents', broken, { by: clinic, seal: sealedBy(clinic) })),
      'review',
    );
    hidden(asks(doctor(trust), item('documents', broken, { by: clinic, seal: lockedBy(clinic) })), 'locked');
  });

  test('it does not open what no agreement covers', () => {
    refused(
      asks(
        doctor(farTrust),
        item('documents', person(glassBrokenBy('sam', '2026-05-12T12:00:00Z')), { by: practice }),
      ),
      'own-or-agreed',
    );
  });

  test('it is for care: analysis has none', () => {
    refused(asks(analyst(board), item('results', broken), { for: 'HOPERAT' }), 'identifiable-without-basis');
  });

  test('the person is told, unless a safeguarding reason to wait is recorded', () => {
    const told = asks(doctor(trust), item('results', person()));
    const later = asks(
      doctor(trust),
      item('results', person(recorded('delay-notice', { from: '2026-05-01T00:00:00Z' }))),
    );
    behindGlass(told, 'relationship');
    behindGlass(later, 'relationship');
    owes(told.obligations, 'tell-person', 'tell-person-later');
    owes(later.obligations, 'tell-person-later', 'tell-person');
  });

  test('a delay that ran out no longer keeps the notice back', () => {
    const decision = asks(
      doctor(trust),
      item('results', person(recorded('delay-notice', { to: '2026-05-01T00:00:00Z' }))),
    );
    owes(decision.obligations, 'tell-person', 'tell-person-later');
  });

  test('no notice waits for longer than 90 days', () => {
    const long = person(recorded('delay-notice', { from: '2026-02-11T12:00:00Z' }));
    owes(
      asks(doctor(trust), item('results', long), { at: '2026-05-12T11:59:59Z' }).obligations,
      'tell-person-later',
      'tell-person',
    );
    owes(asks(doctor(trust), item('results', long)).obligations, 'tell-person', 'tell-person-later');
  });

  test('a program never breaks a glass', () => {
    refused(asks(program('R8000', trust), item('results', broken)), 'relationship');
  });
});

describe('agreements, tiers and borders', () => {
  test('an agreement that ended yesterday covers nothing today', () => {
    const tenant = person(referredTo(housing));
    const officer = worker('L-HOUSING-OFFICER', housing);
    permitted(
      asks(officer, item('safety', tenant, { by: practice }), { at: '2026-09-30T12:00:00Z' }),
      'minimum-view',
    );
    refused(
      asks(officer, item('safety', tenant, { by: practice }), { at: '2026-10-01T12:00:00Z' }),
      'own-or-agreed',
    );
  });

  test('its last day ends at midnight in London, not in Greenwich', () => {
    const officer = worker('L-HOUSING-OFFICER', housing);
    refused(
      asks(officer, item('safety', person(referredTo(housing)), { by: practice }), {
        at: '2026-09-30T23:00:00Z',
      }),
      'own-or-agreed',
    );
  });

  test('a hospital out of area sees medicines and allergies of a visitor, not the letters', () => {
    const visitor = person(attended(farTrust));
    permitted(asks(doctor(farTrust), item('allergies', visitor, { by: practice })));
    refused(asks(doctor(farTrust), item('documents', visitor, { by: practice })), 'own-or-agreed');
  });

  test('before the agreement with it began it saw nothing', () => {
    const visitor = person(attended(farTrust, { from: '2025-12-01T00:00:00Z' }));
    refused(
      asks(doctor(farTrust), item('allergies', visitor, { by: practice }), { at: '2025-12-31T12:00:00Z' }),
      'own-or-agreed',
    );
  });

  test('sensitive information does not cross that border', () => {
    refused(
      asks(
        doctor(farTrust),
        item('conditions', person(attended(farTrust)), { by: practice, labels: ['mental-health'] }),
      ),
      'own-or-agreed',
    );
  });

  test('an agreement of the neighbourhood reaches the school in it, not the housing association of the place', () => {
    permitted(
      asks(
        worker('L-SCHOOL-STAFF', school),
        item('plans', person({ born: '2015-01-01' }, referredTo(school)), { by: council }),
        { for: 'COC' },
      ),
      'minimum-view',
    );
    refused(
      asks(
        worker('L-HOUSING-OFFICER', housing),
        item('safety', person(referredTo(housing)), { by: council }),
        { for: 'COC' },
      ),
      'own-or-agreed',
    );
  });

  test('the prison’s nurse sees what the practice holds of somebody who came to prison', () => {
    permitted(asks(nurse(prison), item('medication', person(admittedTo(prison)), { by: practice })));
  });

  test('after release the prison’s nurse no longer does', () => {
    const released = person(admittedTo(prison, { to: '2026-04-01T12:00:00Z' }));
    behindGlass(asks(nurse(prison), item('medication', released, { by: practice })), 'relationship');
  });

  test('an ambulance crew sees the allergies of somebody it attends', () => {
    permitted(
      asks(worker('R1070', ambulance), item('allergies', person(attended(ambulance)), { by: practice })),
    );
  });

  test('a social worker sees why a person is in hospital, to plan the way home', () => {
    permitted(asks(socialWorker(council), item('conditions', person(onCaseloadOf(council))), { for: 'COC' }));
  });

  test('a university has no agreement for care, whatever its doctors say', () => {
    refused(asks(doctor(university), item('results', person(attended(university)))), 'own-or-agreed');
  });

  test('a program of the hospital reads what the hospital may', () => {
    permitted(
      asks(program('L-PROGRAM-CARE', trust), item('medication', person(admittedTo(trust)), { by: practice })),
    );
  });
});
