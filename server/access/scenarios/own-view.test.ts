import { describe, test } from 'node:test';
import {
  actedForBy,
  asks,
  bornOn,
  childProtectionWorker,
  chose,
  deathReferredTo,
  diedOn,
  doctor,
  enquiredInto,
  hidden,
  item,
  permitted,
  person,
  recorded,
  refused,
  registeredAt,
  resident,
  sealedBy,
  whereaboutsProtected,
  worker,
} from './build.fixture.ts';
import { clinic, council, practice, trust } from './parties.fixture.ts';

const aged = (years: number) => bornOn(`${2026 - years}-05-12`);
const mother = resident('bob');
const forFamily = { for: 'FAMRQT' } as const;

describe('my own record', () => {
  test('a person sees their results, from whoever holds them', () => {
    permitted(asks(resident(), item('results', person())));
    permitted(asks(resident(), item('conditions', person(), { by: clinic, labels: ['sexual-health'] })));
  });

  test('not with an identity that was not proven', () => {
    refused(asks(resident(), item('results', person()), { signIn: 'P5' }), 'person-signed-in-strongly');
  });

  test('nobody sees somebody else’s record by naming it as theirs', () => {
    refused(asks(resident('bob'), item('results', person())), 'own-record');
  });

  test('what is about somebody else in it is left out, and not told of', () => {
    hidden(asks(resident(), item('documents', person(), { labels: ['third-party'] })), 'hidden-from-person');
  });

  test('what a clinician withheld for fear of serious harm is left out', () => {
    hidden(
      asks(resident(), item('documents', person(), { labels: ['withheld-from-person'] })),
      'hidden-from-person',
    );
  });

  test('a person whose whereabouts are protected sees their own address', () => {
    permitted(asks(resident(), item('location', person(whereaboutsProtected))));
  });

  test('a person changes their choices, and asks for the rest to be corrected', () => {
    permitted(asks(resident(), item('choices', person()), { to: 'write' }));
    refused(asks(resident(), item('conditions', person()), { to: 'write' }), 'own-view-changes');
  });

  test('a copy of everything is checked for what is about others first', () => {
    permitted(asks(resident(), item('documents', person()), { to: 'export' }), 'check-third-parties');
  });

  test('a person sees who looked at their record', () => {
    permitted(asks(resident(), item('access-list', person())));
  });

  test('the account of somebody who died is closed', () => {
    refused(asks(resident(), item('results', person(diedOn('2026-05-12')))), 'own-view-ends-with-death');
  });

  test('an account cannot be used to ask as staff would', () => {
    refused(asks(resident(), item('results', person()), { for: 'TREAT' }), 'nothing-permits');
  });
});

describe('a young person’s own view', () => {
  test('at 11 it is not open, whatever is recorded', () => {
    refused(asks(resident(), item('results', person(aged(11), recorded('competent')))), 'old-enough');
  });

  test('at 12 it is open where a professional recorded that they understand', () => {
    permitted(asks(resident(), item('results', person(aged(12), recorded('competent')))));
    refused(asks(resident(), item('results', person(aged(12)))), 'old-enough');
  });

  test('at 15, a day before the birthday, the decision is still needed; at 16 no longer', () => {
    refused(asks(resident(), item('results', person(bornOn('2010-05-13')))), 'old-enough');
    permitted(asks(resident(), item('results', person(aged(16)))));
  });

  test('where no birth date is known it is not open', () => {
    refused(asks(resident(), item('results', person({ born: null }))), 'old-enough');
  });

  test('born on 29 February, one is sixteen on 1 March', () => {
    const leap = person(bornOn('2008-02-29'));
    refused(asks(resident(), item('results', leap), { at: '2024-02-28T12:00:00Z' }), 'old-enough');
    permitted(asks(resident(), item('results', leap), { at: '2024-03-01T12:00:00Z' }));
  });
});

const childAt = (years: number, ...more: Parameters<typeof person>) =>
  person(aged(years), actedForBy('bob', 'parent'), ...more);

describe('acting for a child', () => {
  test('a mother sees the record of her child of 8', () => {
    permitted(asks(mother, item('results', childAt(8)), forFamily));
  });

  test('from 12 she sees appointments and vaccinations, no longer results', () => {
    permitted(asks(mother, item('appointments', childAt(12)), forFamily));
    refused(asks(mother, item('results', childAt(12)), forFamily), 'proxy');
  });

  test('where the young person agrees she sees all again', () => {
    permitted(asks(mother, item('results', childAt(13, recorded('young-person-agrees'))), forFamily));
  });

  test('where the young person is found to understand, she sees nothing', () => {
    refused(asks(mother, item('appointments', childAt(13, recorded('competent'))), forFamily), 'proxy');
  });

  test('at 16 it ends', () => {
    refused(asks(mother, item('appointments', childAt(16)), forFamily), 'proxy');
  });

  test('at 17 it goes on where the young person lacks capacity, and at 18 it ends even then', () => {
    permitted(asks(mother, item('results', childAt(17, recorded('lacks-capacity'))), forFamily));
    refused(asks(mother, item('results', childAt(18, recorded('lacks-capacity'))), forFamily), 'proxy');
  });

  test('a visit to the sexual health clinic is never shown to a parent', () => {
    hidden(
      asks(mother, item('appointments', childAt(11), { by: clinic, labels: ['sexual-health'] }), forFamily),
      'hidden-from-proxies',
    );
  });

  test('nor what a child said in confidence', () => {
    hidden(
      asks(mother, item('documents', childAt(11), { labels: ['in-confidence'] }), forFamily),
      'hidden-from-proxies',
    );
  });

  test('nor a safeguarding note about the parent', () => {
    hidden(
      asks(mother, item('documents', childAt(6), { by: council, labels: ['safeguarding'] }), forFamily),
      'hidden-from-proxies',
    );
  });

  test('nor anything sealed', () => {
    hidden(
      asks(mother, item('documents', childAt(6), { seal: sealedBy(trust) }), forFamily),
      'sealed-from-proxies',
    );
  });

  test('a father from whom a child was taken to safety does not learn where', () => {
    refused(
      asks(mother, item('location', childAt(6, whereaboutsProtected), { by: practice }), forFamily),
      'protected-location',
    );
  });

  test('parents whose child was adopted no longer see its record', () => {
    const adopted = person(aged(6), actedForBy('bob', 'parent', { to: '2026-05-01T00:00:00Z' }));
    refused(asks(mother, item('results', adopted), forFamily), 'proxy');
  });

  test('a child’s clinician still sees what the child said in confidence', () => {
    permitted(
      asks(
        doctor(practice),
        item('documents', person(aged(13), registeredAt(practice)), { labels: ['in-confidence'] }),
      ),
    );
  });

  test('a child protection enquiry sees a child’s record in spite of the parents', () => {
    permitted(
      asks(
        childProtectionWorker(council),
        item('results', childAt(6, enquiredInto(council), chose('objects-to-sharing'))),
        { for: 'THREAT' },
      ),
    );
  });
});

describe('acting for an adult', () => {
  test('a daughter sees what her father agreed to show her, and no more', () => {
    const father = person(actedForBy('bob', 'consented', { classes: ['appointments'] }));
    permitted(asks(mother, item('appointments', father), forFamily));
    refused(asks(mother, item('results', father), forFamily), 'proxy');
  });

  test('once he took it back she sees nothing', () => {
    const father = person(actedForBy('bob', 'consented', { to: '2026-05-12T12:00:00Z' }));
    refused(asks(mother, item('appointments', father), forFamily), 'proxy');
  });

  test('an attorney sees the record only while the person lacks capacity', () => {
    refused(
      asks(mother, item('results', person(actedForBy('bob', 'attorney'))), { for: 'PWATRNY' }),
      'proxy',
    );
    permitted(
      asks(mother, item('results', person(actedForBy('bob', 'attorney'), recorded('lacks-capacity'))), {
        for: 'PWATRNY',
      }),
    );
  });

  test('consent given before does not go on once capacity is lost', () => {
    refused(
      asks(
        mother,
        item('results', person(actedForBy('bob', 'consented'), recorded('lacks-capacity'))),
        forFamily,
      ),
      'proxy',
    );
  });

  test('whoever acts for somebody changes nothing in the record', () => {
    refused(
      asks(mother, item('appointments', person(actedForBy('bob', 'consented'))), {
        ...forFamily,
        to: 'write',
      }),
      'proxy-looks',
    );
  });

  test('a stranger sees nothing', () => {
    refused(
      asks(resident('eve'), item('appointments', person(actedForBy('bob', 'consented'))), forFamily),
      'proxy',
    );
  });
});

describe('after death', () => {
  test('a personal representative sees the record, checked for what is about others', () => {
    permitted(
      asks(
        mother,
        item('results', person(diedOn('2026-05-01'), actedForBy('bob', 'personal-representative'))),
        forFamily,
      ),
      'check-third-parties',
    );
  });

  test('not while the person lives', () => {
    refused(
      asks(mother, item('results', person(actedForBy('bob', 'personal-representative'))), forFamily),
      'proxy',
    );
  });

  test('somebody with a claim sees what bears on it, not the address', () => {
    const dead = person(diedOn('2026-05-01'), actedForBy('bob', 'claimant'));
    permitted(asks(mother, item('documents', dead), forFamily), 'check-third-parties');
    refused(asks(mother, item('location', dead), forFamily), 'proxy');
  });

  test('what the person had sealed stays sealed', () => {
    const dead = person(diedOn('2026-05-01'), actedForBy('bob', 'personal-representative'));
    hidden(
      asks(mother, item('documents', dead, { seal: sealedBy(trust) }), forFamily),
      'sealed-from-proxies',
    );
  });

  test('an attorney’s power ends with death', () => {
    refused(
      asks(
        mother,
        item(
          'results',
          person(diedOn('2026-05-01'), actedForBy('bob', 'attorney'), recorded('lacks-capacity')),
        ),
        { for: 'PWATRNY' },
      ),
      'proxy',
    );
  });

  test('the practice ends its care within 28 days, and then sees the record no longer', () => {
    const dead = person(diedOn('2026-04-14'), registeredAt(practice));
    permitted(asks(doctor(practice), item('results', dead)));
    refused(asks(doctor(practice), item('results', dead), { at: '2026-05-13T12:00:00Z' }), 'long-dead');
  });

  test('a medical examiner sees the record of a death referred to them', () => {
    const examiner = worker('L-MEDICAL-EXAMINER', trust);
    permitted(
      asks(
        examiner,
        item('documents', person(diedOn('2026-05-10'), deathReferredTo(trust)), { by: practice }),
        { for: 'HDECD' },
      ),
    );
    refused(
      asks(examiner, item('documents', person(diedOn('2026-05-10')), { by: practice }), { for: 'HDECD' }),
      'after-death-referral',
    );
  });

  test('a medical examiner does not use this purpose for the living', () => {
    refused(
      asks(worker('L-MEDICAL-EXAMINER', trust), item('documents', person(deathReferredTo(trust))), {
        for: 'HDECD',
      }),
      'dead',
    );
  });

  test('a doctor does not use this purpose in a medical examiner’s place', () => {
    refused(
      asks(doctor(trust), item('documents', person(diedOn('2026-05-10'), deathReferredTo(trust))), {
        for: 'HDECD',
      }),
      'after-death-role',
    );
  });
});
