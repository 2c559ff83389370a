import { describe, test } from 'node:test';
import {
  admittedTo,
  asks,
  behindGlass,
  chose,
  doctor,
  enquiredInto,
  hidden,
  item,
  lockedBy,
  childProtectionWorker,
  nurse,
  permitted,
  person,
  refused,
  registeredAt,
  resident,
  sealedBy,
} from './build.fixture.ts';
import { clinic, council, practice, trust } from './parties.fixture.ts';

describe('objecting to sharing', () => {
  const objecting = person(admittedTo(trust), registeredAt(practice), chose('objects-to-sharing'));

  test('a person who objects is not seen by the hospital in what the practice holds, short of an emergency', () => {
    behindGlass(asks(doctor(trust), item('medication', objecting, { by: practice })), 'objects-to-sharing');
  });

  test('what the hospital itself recorded it still sees', () => {
    permitted(asks(doctor(trust), item('results', objecting)));
  });

  test('an objection that holds even in an emergency leaves no glass to break', () => {
    const firm = person(admittedTo(trust), chose('objects-to-sharing'), chose('objects-even-in-emergency'));
    refused(asks(doctor(trust), item('medication', firm, { by: practice })), 'objects-even-in-emergency');
  });

  test('an objection taken back no longer counts', () => {
    const back = person(admittedTo(trust), chose('objects-to-sharing', { to: '2026-05-12T11:00:00Z' }));
    permitted(asks(doctor(trust), item('medication', back, { by: practice })));
  });

  test('an objection made this second counts at once', () => {
    const fresh = person(admittedTo(trust), chose('objects-to-sharing', { from: '2026-05-12T12:00:00Z' }));
    behindGlass(asks(doctor(trust), item('medication', fresh, { by: practice })), 'objects-to-sharing');
    permitted(
      asks(doctor(trust), item('medication', fresh, { by: practice }), { at: '2026-05-12T11:59:59.999Z' }),
    );
  });

  test('an objection does not stop a safeguarding enquiry', () => {
    const child = person({ born: '2018-01-01' }, enquiredInto(council), chose('objects-to-sharing'));
    permitted(asks(childProtectionWorker(council), item('conditions', child), { for: 'THREAT' }));
  });

  test('whoever objects still sees their own record', () => {
    permitted(asks(resident(), item('results', objecting)));
  });
});

describe('keeping one organisation out', () => {
  test('a person who blocks the hospital is not seen there in what others hold, even with the glass', () => {
    const blocking = person(admittedTo(trust), chose('blocks-organisation', { organisation: trust }));
    refused(asks(doctor(trust), item('medication', blocking, { by: practice })), 'blocks-organisation');
  });

  test('other organisations are not touched by that block', () => {
    const blocking = person(registeredAt(practice), chose('blocks-organisation', { organisation: trust }));
    permitted(asks(doctor(practice), item('results', blocking)));
  });

  test('a block does not take from the hospital what it recorded itself', () => {
    const blocking = person(admittedTo(trust), chose('blocks-organisation', { organisation: trust }));
    permitted(asks(doctor(trust), item('results', blocking)));
  });
});

describe('keeping one member of staff out', () => {
  const afraid = person(admittedTo(trust), registeredAt(practice), chose('blocks-user', { user: 'sam' }));

  test('a former partner who is a nurse on the ward finds nothing, and is not told that they are kept out', () => {
    hidden(asks(nurse(trust), item('results', afraid)), 'blocks-user');
  });

  test('not even by breaking the glass', () => {
    const person_ = person(chose('blocks-user', { user: 'sam' }));
    hidden(asks(doctor(trust), item('results', person_), { for: 'BTG' }), 'blocks-user');
  });

  test('their colleague sees the record as usual', () => {
    permitted(asks(nurse(trust, { id: 'kim' }), item('results', afraid)));
  });
});

describe('sealed items', () => {
  test('a sealed letter of the clinic is behind glass for the hospital', () => {
    const known = person(admittedTo(trust));
    behindGlass(
      asks(doctor(trust), item('documents', known, { by: clinic, seal: sealedBy(clinic) })),
      'sealed',
    );
  });

  test('those who sealed it see it', () => {
    const known = person(admittedTo(clinic));
    permitted(asks(doctor(clinic), item('documents', known, { by: clinic, seal: sealedBy(clinic) })));
  });

  test('a seal of one team keeps the rest of its hospital out', () => {
    const known = person(admittedTo(trust));
    const letter = item('documents', known, { seal: sealedBy(trust, 'psychology') });
    behindGlass(asks(doctor(trust, { teams: ['ward-3'] }), letter), 'sealed');
    permitted(asks(doctor(trust, { teams: ['psychology'] }), letter));
  });

  test('of a locked letter others do not learn that it is there', () => {
    const known = person(admittedTo(trust));
    hidden(asks(doctor(trust), item('documents', known, { by: clinic, seal: lockedBy(clinic) })), 'locked');
  });

  test('a locked letter of one team does not exist for the rest of the hospital', () => {
    const known = person(admittedTo(trust));
    hidden(asks(doctor(trust), item('documents', known, { seal: lockedBy(trust, 'psychology') })), 'locked');
  });

  test('the person sees what they had sealed', () => {
    permitted(asks(resident(), item('documents', person(), { by: clinic, seal: lockedBy(clinic) })));
  });
});
