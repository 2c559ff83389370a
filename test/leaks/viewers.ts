import {
  agreementFrom,
  dataClasses,
  labels,
  openAsking,
  putAgreement,
  state,
  type Asking,
  type Standing,
  type Viewing,
} from '../../server/access/index.ts';
import { createOrganisations } from '../../server/organisations/index.ts';
import { everyPatientOf, personOfNumber, personsBehind } from '../../server/people/index.ts';
import type { Services } from '../../server/services.ts';
import { loadMadeUpSystem } from '../support/made-up-system.ts';
import { now, partners, patientId, people, uuid } from './resources.ts';

/** `writes`: their role may change something of some people. */
export type Viewer = { name: string; writes: boolean; viewing(): Viewing; askFor: Asking['askFor'] };
/** The ids of partners, by their codes. */
export type Partners = ReadonlyMap<string, string>;

const day = now.toISOString().slice(0, 10);
const yearAgo = now.getTime() - 365 * 86_400_000;
const saying = { by: 'test', at: now };

/** Loads partners, agreement, relationships and choices into a world, and gives those who ask there. */
export async function viewersOf({
  db,
  clock,
}: Services): Promise<{ viewers: Viewer[]; partnerIds: Partners }> {
  await loadMadeUpSystem(db, clock);
  const organisations = createOrganisations(db);
  const ids = new Map<string, string>();
  for (const partner of partners) {
    const id = await organisations.organisationBySource(`urn:openics:source:${partner}`);
    if (id === undefined) throw new Error(`There is no organisation ${partner}.`);
    ids.set(partner, id);
  }
  const bodies = await organisations.allBodiesOf(ids.get('ZZ0001')!, day);
  await agree(db, bodies.find(({ kind }) => kind === 'system')!.id);
  const asking = openAsking({
    db,
    clock,
    organisations,
    personsOf: (patientIds) => personsBehind(db, patientIds),
    everyPatientOf: (of) => everyPatientOf(db, of),
    personOfNumber: (number, born) => personOfNumber(db, number, born),
  });
  const resident = (await personsBehind(db, [patientId(2)])).get(patientId(2))!.person;
  await stateFacts(db, ids);
  const staff = async (
    name: string,
    partner: string,
    role: string,
    purpose: 'TREAT' | 'HCOMPL' | 'POPHLTH',
  ) => {
    const id = ids.get(partner)!;
    const found = (await organisations.findOrganisation(id, day))!;
    const all = await organisations.allBodiesOf(id, day);
    return viewer(asking, name, {
      asker: {
        kind: 'known',
        subject: {
          kind: 'staff',
          id: name,
          person: null,
          post: {
            role,
            organisation: { id, kind: found.kind, name: found.name, bodies: all.map((body) => body.id) },
            teams: [],
            from: yearAgo,
            to: null,
          },
        },
        purpose,
        signIn: 'AAL2',
        app: null,
        project: null,
      },
      postId: null,
      homes: [],
    });
  };
  const viewers = [
    await staff('gp', 'ZZ0001', 'R0260', 'TREAT'),
    await staff('other-gp', 'ZZ0003', 'R0260', 'TREAT'),
    await staff('housing', 'dune-homes', 'L-HOUSING-OFFICER', 'TREAT'),
    await staff('privacy', 'ZZR01', 'R0001', 'HCOMPL'),
    await staff('analyst', 'ZZR01', 'R1840', 'POPHLTH'),
    viewer(asking, 'resident', {
      asker: {
        kind: 'known',
        subject: { kind: 'resident', id: 'resident', person: resident },
        purpose: 'PATRQT',
        signIn: 'P9',
        app: null,
        project: null,
      },
      postId: null,
      homes: [],
    }),
  ];
  return { viewers, partnerIds: ids };
}

const viewer = (asking: Asking, name: string, standing: Standing): Viewer => ({
  name,
  writes: name.endsWith('gp'),
  viewing: () => asking.viewing(standing, () => []).viewing,
  askFor: (viewing, purpose) => asking.askFor(viewing, purpose),
});

async function agree(db: Services['db'], system: string): Promise<void> {
  const agreement = agreementFrom({
    id: 'shared-care',
    name: 'Shared Care Record',
    from: '2025-01-01',
    to: null,
    parties: [system],
    classes: dataClasses.filter((each) => each !== 'directory'),
    purposes: ['TREAT', 'HCOMPL', 'POPHLTH'],
    labels: labels.filter((each) => each !== 'former-identity'),
    confidentiality: 'implied-consent',
    gdprArticle6: '6(1)(e)',
    gdprArticle9: '9(2)(h)',
    law: 'Health and Social Care Act 2012, section 251B',
    people: 'Everybody',
    retention: 'Records Management Code of Practice',
    safeguards: 'Role, relationship, audit',
    contact: 'Information governance lead',
    review: '2027-04-01',
  });
  await db.transaction((tx) => putAgreement(tx, agreement, saying));
}

/**
 * States who is whose: half of the people at one surgery, half at the other, two at both. Some chose, and some entries are sealed: those
 * that are there.
 */
export async function stateFacts(
  db: Services['db'],
  ids: Partners,
  isThere: (name: string) => boolean = () => true,
): Promise<void> {
  const always = { from: yearAgo, to: null };
  await db.transaction(async (tx) => {
    for (let n = 0; n < people; n++) {
      const near = [
        ...(n < 6 ? ['ZZ0001'] : []),
        ...(n >= 4 ? ['ZZ0003'] : []),
        ...(n % 3 === 0 ? ['dune-homes'] : []),
      ];
      for (const partner of near) {
        const fact = {
          kind: 'registered' as const,
          organisation: ids.get(partner)!,
          team: null,
          user: null,
          evidence: 'Patient/1',
        };
        await state(tx, 'relationship', patientId(n), { ...fact, ...always }, saying);
      }
    }
    const nobody = { organisation: null, user: null, project: null, ...always };
    await state(tx, 'choice', patientId(4), { ...nobody, kind: 'blocks-user', user: 'gp' }, saying);
    await state(tx, 'choice', patientId(5), { ...nobody, kind: 'objects-to-sharing' }, saying);
    for (const [type, name, n] of [
      ['Condition', 'c0', 0],
      ['Encounter', 'e1', 1],
      ['Observation', 'o00', 2],
      ['DocumentReference', 'd', 1],
    ] as const) {
      const seal = { level: 'locked' as const, organisation: ids.get('dune-homes')!, team: null, ...always };
      const resourceId = uuid(`${type} ${n} ${name}`);
      if (!isThere(`${type}/${resourceId}`)) continue;
      await state(tx, 'seal', patientId(n), { ...seal, resourceType: type, resourceId }, saying);
    }
  });
}
