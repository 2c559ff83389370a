import { describe, test } from 'node:test';
import {
  admittedTo,
  asks,
  attended,
  behindGlass,
  childProtectionWorker,
  caredForBy,
  discussedIn,
  doctor,
  drugWorker,
  enquiredInto,
  hidden,
  item,
  nurse,
  onCaseloadOf,
  permitted,
  person,
  receptionist,
  referredTo,
  refused,
  registeredAt,
  socialWorker,
  whereaboutsProtected,
  worker,
} from './build.fixture.ts';
import {
  ambulance,
  board,
  charity,
  clinic,
  council,
  drugService,
  housing,
  mentalHealthTrust,
  police,
  practice,
  school,
  trust,
} from './parties.fixture.ts';

describe('sensitive information', () => {
  test('a GP who cares for the person sees that she has HIV', () => {
    permitted(
      asks(
        doctor(practice),
        item('conditions', person(registeredAt(practice)), { by: clinic, labels: ['hiv'] }),
      ),
    );
  });

  test('a clinician who only meets her name in a meeting does not', () => {
    const listed = person(discussedIn(trust, 'frailty-meeting'));
    const who = nurse(trust, { teams: ['frailty-meeting'] });
    behindGlass(asks(who, item('conditions', listed, { by: clinic, labels: ['hiv'] })), 'too-sensitive');
  });

  test('the receptionist of the sexual health clinic books its own appointments', () => {
    const known = person(attended(clinic));
    permitted(
      asks(receptionist(clinic), item('appointments', known, { by: clinic, labels: ['sexual-health'] }), {
        for: 'PATADMIN',
      }),
    );
  });

  test('the receptionist of her practice does not see that she goes there', () => {
    const known = person(registeredAt(practice));
    refused(
      asks(receptionist(practice), item('appointments', known, { by: clinic, labels: ['sexual-health'] }), {
        for: 'PATADMIN',
      }),
      'too-sensitive',
    );
  });

  test('a social worker sees a mental health plan, and not a termination', () => {
    const known = person(onCaseloadOf(council));
    permitted(
      asks(socialWorker(council), item('plans', known, { by: mentalHealthTrust, labels: ['mental-health'] })),
    );
    behindGlass(
      asks(socialWorker(council), item('conditions', known, { labels: ['termination'] })),
      'too-sensitive',
    );
  });

  test('several labels need a reader of each', () => {
    const known = person(onCaseloadOf(council));
    behindGlass(
      asks(socialWorker(council), item('conditions', known, { labels: ['mental-health', 'substance-use'] })),
      'too-sensitive',
    );
  });

  test('a student does not see sexual health, and has no glass to break', () => {
    refused(
      asks(
        worker('R6400', trust),
        item('conditions', person(admittedTo(trust)), { by: clinic, labels: ['sexual-health'] }),
      ),
      'too-sensitive',
    );
  });
});

describe('gender and adoption', () => {
  test('a doctor who cares for a trans man sees the gender history his practice recorded', () => {
    const known = person(admittedTo(trust));
    permitted(asks(doctor(trust), item('conditions', known, { by: practice, labels: ['gender-identity'] })));
  });

  test('a receptionist sees his name, and nothing of a name before', () => {
    const known = person(registeredAt(practice));
    permitted(asks(receptionist(practice), item('identity', known, { by: practice }), { for: 'PATADMIN' }));
    hidden(
      asks(receptionist(practice), item('identity', known, { by: practice, labels: ['former-identity'] }), {
        for: 'PATADMIN',
      }),
      'hidden-by-sensitivity',
    );
  });

  test('the identity before a change of gender does not exist for his own doctor, with or without glass', () => {
    const known = person(registeredAt(practice));
    hidden(
      asks(doctor(practice), item('identity', known, { by: practice, labels: ['former-identity'] })),
      'hidden-by-sensitivity',
    );
    hidden(
      asks(doctor(practice), item('identity', person(), { by: practice, labels: ['former-identity'] }), {
        for: 'BTG',
      }),
      'hidden-by-sensitivity',
    );
  });

  test('the birth identity of an adopted child is for the keeper of changed identities alone', () => {
    const child = person({ born: '2019-02-01' }, registeredAt(practice));
    const before = item('identity', child, { by: board, labels: ['former-identity'] });
    permitted(asks(worker('R1751', board), before, { for: 'HCOMPL' }));
    hidden(asks(worker('R0001', board), before, { for: 'HCOMPL' }), 'hidden-by-sensitivity');
    hidden(
      asks(
        childProtectionWorker(council),
        item('identity', person({ born: '2019-02-01' }, enquiredInto(council)), {
          by: council,
          labels: ['former-identity'],
        }),
        { for: 'THREAT' },
      ),
      'hidden-by-sensitivity',
    );
  });
});

describe('whereabouts that are protected', () => {
  const fled = person(whereaboutsProtected, registeredAt(practice), admittedTo(trust));

  test('a nurse sees the medicines of a woman who fled, without what says where she is', () => {
    permitted(asks(nurse(trust), item('medication', fled)), 'withhold-location');
  });

  test('her address is not shown on the ward, even with the glass broken', () => {
    refused(asks(nurse(trust), item('location', fled)), 'protected-location');
    refused(
      asks(nurse(trust), item('location', person(whereaboutsProtected)), { for: 'BTG' }),
      'protected-location',
    );
  });

  test('an ambulance crew does not find her address here', () => {
    refused(
      asks(worker('R1070', ambulance), item('location', person(whereaboutsProtected, attended(ambulance)))),
      'protected-location',
    );
  });

  test('the health visitor whose caseload she is on sees the address her own trust holds', () => {
    const known = person(whereaboutsProtected, onCaseloadOf(trust, { team: 'health-visitors' }));
    permitted(asks(nurse(trust, { teams: ['health-visitors'] }), item('location', known)));
  });

  test('she does not see the address that another organisation holds', () => {
    const known = person(whereaboutsProtected, onCaseloadOf(trust, { team: 'health-visitors' }));
    refused(
      asks(nurse(trust, { teams: ['health-visitors'] }), item('location', known, { by: practice })),
      'protected-location',
    );
  });

  test('a child protection worker in an enquiry sees where the family lives', () => {
    permitted(
      asks(
        childProtectionWorker(council),
        item('location', person(whereaboutsProtected, enquiredInto(council)), { by: practice }),
        { for: 'THREAT' },
      ),
    );
  });

  test('an administrator of the safeguarding hub does not', () => {
    refused(
      asks(
        worker('L-SAFEGUARDING-ADMIN', council),
        item('location', person(whereaboutsProtected, enquiredInto(council)), { by: practice }),
        { for: 'THREAT' },
      ),
      'protected-location',
    );
  });

  test('a search by postcode does not find her, whoever asks', () => {
    hidden(
      asks(doctor(practice), item('identity', fled, { by: practice }), { to: 'search', byPlace: true }),
      'found-by-place',
    );
    hidden(
      asks(
        childProtectionWorker(council),
        item('identity', person(whereaboutsProtected, enquiredInto(council)), { by: practice }),
        { for: 'THREAT', to: 'search', byPlace: true },
      ),
      'found-by-place',
    );
  });

  test('a search by name finds her', () => {
    permitted(
      asks(doctor(practice), item('identity', fled, { by: practice }), { to: 'search' }),
      'withhold-location',
    );
  });

  test('a letter that names her refuge is kept like her address', () => {
    refused(
      asks(
        doctor(trust),
        item('documents', person(admittedTo(trust)), { by: practice, labels: ['restricted-location'] }),
      ),
      'protected-location',
    );
  });

  test('whoever is not protected is found by postcode', () => {
    permitted(
      asks(doctor(practice), item('identity', person(registeredAt(practice)), { by: practice }), {
        to: 'search',
        byPlace: true,
      }),
    );
  });
});

describe('partners who see little', () => {
  test('a school does not learn that a pupil’s mother is known to the drug service', () => {
    const mother = person(referredTo(school));
    refused(
      asks(
        worker('L-SCHOOL-STAFF', school),
        item('involvement', mother, { by: drugService, labels: ['substance-use'] }),
      ),
      'within-minimum-view',
    );
  });

  test('a school sees the care plan for a pupil’s epilepsy', () => {
    const pupil = person({ born: '2015-01-01' }, referredTo(school));
    permitted(
      asks(worker('L-SCHOOL-STAFF', school), item('plans', pupil, { by: practice }), { for: 'COC' }),
      'minimum-view',
    );
  });

  test('a school does not see the same pupil’s medicines', () => {
    const pupil = person({ born: '2015-01-01' }, referredTo(school));
    refused(
      asks(worker('L-SCHOOL-STAFF', school), item('medication', pupil, { by: practice }), { for: 'COC' }),
      'may-by-role',
      'within-minimum-view',
    );
  });

  test('a school nurse, though a clinician, sees no more at a school than the school may', () => {
    const pupil = person({ born: '2015-01-01' }, referredTo(school));
    refused(
      asks(nurse(school), item('medication', pupil, { by: practice }), { for: 'COC' }),
      'within-minimum-view',
    );
  });

  test('a housing officer sees that a tenant needs a ramp, not that she has a diagnosis', () => {
    const tenant = person(referredTo(housing));
    const officer = worker('L-HOUSING-OFFICER', housing);
    permitted(asks(officer, item('safety', tenant, { by: practice })), 'minimum-view');
    refused(
      asks(officer, item('conditions', tenant, { by: practice })),
      'may-by-role',
      'own-or-agreed',
      'within-minimum-view',
    );
  });

  test('a housing officer does not see a tenant’s mental health plan', () => {
    const tenant = person(referredTo(housing));
    refused(
      asks(
        worker('L-HOUSING-OFFICER', housing),
        item('appointments', tenant, { by: practice, labels: ['mental-health'] }),
      ),
      'within-minimum-view',
    );
  });

  test('a link worker of a charity sees the referral that came to them', () => {
    permitted(
      asks(
        worker('L-LINK-WORKER', charity),
        item('referrals', person(referredTo(charity)), { by: practice }),
        { for: 'COC' },
      ),
      'minimum-view',
    );
  });

  test('nobody at the charity sees people who were not referred there', () => {
    refused(
      asks(worker('L-LINK-WORKER', charity), item('referrals', person(), { by: practice }), { for: 'COC' }),
      'relationship',
    );
  });

  test('the charity sees what it wrote down itself, whole', () => {
    permitted(
      asks(
        worker('L-LINK-WORKER', charity),
        item('plans', person(referredTo(charity)), { by: charity, labels: ['mental-health'] }),
      ),
    );
  });

  test('a drug worker sees the medicines and allergies of a client, not the letters', () => {
    const client = person(onCaseloadOf(drugService));
    permitted(asks(drugWorker(drugService), item('medication', client, { by: practice })), 'minimum-view');
    refused(
      asks(drugWorker(drugService), item('documents', client, { by: practice })),
      'own-or-agreed',
      'within-minimum-view',
    );
  });

  test('the drug service sees its own notes', () => {
    permitted(
      asks(
        drugWorker(drugService),
        item('documents', person(onCaseloadOf(drugService)), { by: drugService, labels: ['substance-use'] }),
      ),
    );
  });

  test('a GP sees that her patient is known to the drug service once an agreement covers it', () => {
    const known = person(registeredAt(practice));
    permitted(
      asks(doctor(practice), item('medication', known, { by: drugService, labels: ['substance-use'] })),
    );
  });

  test('the police see safety notes in a safeguarding enquiry only by a role in it', () => {
    refused(
      asks(
        worker('L-VOLUNTARY-WORKER', police),
        item('safety', person(enquiredInto(police)), { by: council }),
        { for: 'THREAT' },
      ),
      'safeguarding-role',
    );
  });

  test('a neighbourhood team shares plans with the charity that is in it', () => {
    const known = person(caredForBy('harbour-neighbourhood', 'harbour-team'));
    permitted(
      asks(
        worker('L-LINK-WORKER', charity, { teams: ['harbour-team'] }),
        item('plans', known, { by: council }),
        { for: 'COC' },
      ),
      'minimum-view',
    );
  });
});
