import { describe, test } from 'node:test';
import {
  admittedTo,
  asks,
  attended,
  behindGlass,
  caredForBy,
  claimedBy,
  discussedIn,
  doctor,
  item,
  nurse,
  onCaseloadOf,
  permitted,
  person,
  receptionist,
  referredTo,
  refused,
  registeredAt,
  worker,
} from './build.fixture.ts';
import { careHome, hospice, otherPractice, practice, trust } from './parties.fixture.ts';

describe('in the care of', () => {
  test('a GP sees the hospital results of somebody registered at the practice', () => {
    permitted(asks(doctor(practice), item('results', person(registeredAt(practice)))));
  });

  test('a GP of another practice does not, unless they break the glass', () => {
    behindGlass(asks(doctor(otherPractice), item('results', person(registeredAt(practice)))), 'relationship');
  });

  test('a practice stops seeing a person on the day they register elsewhere', () => {
    const left = person(registeredAt(practice, { to: '2026-05-12T12:00:00Z' }));
    permitted(asks(doctor(practice), item('results', left), { at: '2026-05-12T11:59:59.999Z' }));
    behindGlass(
      asks(doctor(practice), item('results', left), { at: '2026-05-12T12:00:00Z' }),
      'relationship',
    );
  });

  test('a relationship does not count before it begins', () => {
    const coming = person(registeredAt(practice, { from: '2026-05-13T00:00:00Z' }));
    behindGlass(asks(doctor(practice), item('results', coming)), 'relationship');
  });

  test('a ward nurse sees the medicines the practice holds of somebody admitted', () => {
    permitted(asks(nurse(trust), item('medication', person(admittedTo(trust)), { by: practice })));
  });

  test('the hospital still sees a late result 27 days after discharge, and no longer after 28', () => {
    const home = person(admittedTo(trust, { to: '2026-05-01T12:00:00Z' }));
    permitted(asks(doctor(trust), item('results', home), { at: '2026-05-28T12:00:00Z' }));
    behindGlass(asks(doctor(trust), item('results', home), { at: '2026-05-29T12:00:00Z' }), 'relationship');
  });

  test('a consultant sees the GP record of somebody referred to them', () => {
    const referred = person(referredTo(trust, { user: 'sam' }));
    permitted(asks(doctor(trust), item('conditions', referred, { by: practice })));
  });

  test('a consultant who was not named in the referral does not', () => {
    const referred = person(referredTo(trust, { user: 'kim' }));
    behindGlass(asks(doctor(trust), item('conditions', referred, { by: practice })), 'relationship');
  });

  test('an emergency department sees the record of somebody who is there', () => {
    permitted(asks(doctor(trust), item('allergies', person(attended(trust)), { by: practice })));
  });

  test('a district nurse sees a person on the caseload of her team', () => {
    const known = person(onCaseloadOf(trust, { team: 'district-nurses' }));
    permitted(asks(nurse(trust, { teams: ['district-nurses'] }), item('plans', known, { by: hospice })));
  });

  test('a nurse of another team of the same trust does not', () => {
    const known = person(onCaseloadOf(trust, { team: 'district-nurses' }));
    behindGlass(asks(nurse(trust, { teams: ['ward-3'] }), item('plans', known)), 'relationship');
  });

  test('somebody on a meeting’s list is seen by those who attend, in what the meeting needs', () => {
    const listed = person(discussedIn(trust, 'frailty-meeting'));
    const attending = nurse(trust, { teams: ['frailty-meeting'] });
    permitted(asks(attending, item('conditions', listed)));
    behindGlass(asks(attending, item('results', listed)), 'relationship');
  });

  test('a nurse who says that a person is in her care sees the record for a day, and it is reviewed', () => {
    const claimed = person(claimedBy(trust, 'sam', { from: '2026-05-12T08:00:00Z' }));
    permitted(asks(nurse(trust), item('results', claimed), { at: '2026-05-13T07:59:59Z' }), 'review');
    behindGlass(asks(nurse(trust), item('results', claimed), { at: '2026-05-13T08:00:00Z' }), 'relationship');
  });

  test('what a colleague claimed lets nobody else in', () => {
    behindGlass(
      asks(nurse(trust), item('results', person(claimedBy(trust, 'kim', { from: '2026-05-12T08:00:00Z' })))),
      'relationship',
    );
  });

  test('a care home assistant sees the medicines of a resident, not the letters', () => {
    const resident = person(admittedTo(careHome));
    permitted(asks(worker('R1480', careHome), item('medication', resident, { by: practice })));
    refused(asks(worker('R1480', careHome), item('documents', resident, { by: practice })), 'may-by-role');
  });

  test('a receptionist sees when a person is coming, not why', () => {
    const known = person(registeredAt(practice));
    permitted(
      asks(receptionist(practice), item('appointments', known, { by: practice }), { for: 'PATADMIN' }),
    );
    refused(
      asks(receptionist(practice), item('conditions', known, { by: practice }), { for: 'PATADMIN' }),
      'may-by-role',
    );
  });

  test('a receptionist may not break the glass', () => {
    refused(asks(receptionist(practice), item('appointments', person(), { by: practice })), 'relationship');
  });

  test('a student sees what clinicians see, supervised, and may not break the glass', () => {
    const student = worker('R6400', trust);
    permitted(asks(student, item('results', person(admittedTo(trust)))), 'supervised');
    refused(asks(student, item('results', person())), 'relationship');
  });

  test('a team of two organisations cares for a person; each sees it through its own team', () => {
    const shared = person(caredForBy(trust, 'hospital-at-home'), caredForBy(practice, 'hospital-at-home'));
    permitted(asks(doctor(practice, { teams: ['hospital-at-home'] }), item('results', shared)));
    permitted(
      asks(nurse(trust, { teams: ['hospital-at-home'] }), item('medication', shared, { by: practice })),
    );
  });
});

describe('changing a record', () => {
  test('a doctor records a result in the record of her own hospital', () => {
    permitted(asks(doctor(trust), item('results', person(admittedTo(trust))), { to: 'write' }));
  });

  test('nobody changes what another organisation said', () => {
    refused(
      asks(doctor(trust), item('results', person(admittedTo(trust)), { by: practice }), { to: 'write' }),
      'change-of-others',
    );
  });

  test('a broken glass is for looking, never for changing', () => {
    refused(asks(doctor(trust), item('results', person()), { to: 'write' }), 'relationship');
  });

  test('a receptionist may not delete a result', () => {
    refused(
      asks(receptionist(trust), item('results', person(admittedTo(trust))), { to: 'delete' }),
      'may-by-role',
    );
  });

  test('a clinician may not take a copy of a whole record', () => {
    refused(asks(doctor(trust), item('results', person(admittedTo(trust))), { to: 'export' }), 'may-by-role');
  });
});
