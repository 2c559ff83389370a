import {
  agreementFrom,
  dataClasses,
  labels,
  putAgreement,
  rulesNow,
  state,
  type Agreement,
  type RelationshipKind,
} from '../../../access/index.ts';
import { organisationBehind, type Organisations } from '../../../organisations/index.ts';
import { currentLinks, patientsSaidBy, sourcesOfPatients } from '../../../people/index.ts';
import type { Db, Queryable, Tx } from '../../../platform/db/index.ts';
import type { Residents } from './residents.ts';

type Saying = { by: string; at: Date };

/** Partners whose people are on a worker's caseload here: nothing they send says it. */
const caseloads = [
  'council-01',
  'drug-and-alcohol-01',
  'school-001',
  'housing-01',
  'voluntary-befriending-01',
  'mental-health-1',
];
const peopleOnEach = 200;

const agreementId = 'demonstration-shared-care';

/** True when the demonstration's agreement is signed: everything else was stated with it. */
export const isSetUp = async (db: Queryable): Promise<boolean> =>
  (await rulesNow(db)).agreements.some(({ id }) => id === agreementId);

/** Signs the agreement of the whole made-up system, and states what the made-up people need to be tried out. */
export async function setUp(
  db: Db,
  organisations: Organisations,
  { young, family }: Residents,
  { day, saying }: { day: string; saying: Saying },
): Promise<void> {
  const board = await organisations.organisationBySource('urn:openics:source:icb');
  const bodies = board === undefined ? [] : await organisations.allBodiesOf(board, day);
  const system = bodies.find(({ kind }) => kind === 'system');
  if (system === undefined) return;
  const cases = await casesFor(db, organisations);
  const linked = await currentLinks(db, family === undefined ? [] : [family.parent.patientId]);
  await db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock(7401)');
    if (await isSetUp(tx)) return;
    await putAgreement(tx, agreement(system.id, day), saying);
    for (const { organisation, patientId } of cases)
      await relate(tx, patientId, 'caseload', organisation, saying);
    if (young !== undefined) {
      const decision = { kind: 'competent', reason: 'Made up for the demonstration' } as const;
      await state(tx, 'recorded_decision', young.patientId, { ...decision, ...since(saying) }, saying);
    }
    const parent = family && linked.get(family.parent.patientId)?.personId;
    if (family !== undefined && parent !== undefined) {
      const proxy = { proxy: parent, kind: 'parent', classes: null, ...since(saying) } as const;
      await state(tx, 'proxy', family.child.patientId, proxy, saying);
    }
  });
}

const since = ({ at }: Saying) => ({ from: at.getTime(), to: null });

async function casesFor(
  db: Db,
  organisations: Organisations,
): Promise<{ organisation: string; patientId: string }[]> {
  const found: { organisation: string; patientId: string }[] = [];
  const sources = new Map<string, string[]>();
  for (const source of await sourcesOfPatients(db)) {
    const id = await organisationBehind(organisations, source);
    if (id !== undefined) sources.set(id, [...(sources.get(id) ?? []), source]);
  }
  for (const partner of caseloads) {
    const organisation = await organisations.organisationBySource(`urn:openics:source:${partner}`);
    for (const source of sources.get(organisation ?? '') ?? []) {
      const patients = await patientsSaidBy(db, source, peopleOnEach);
      found.push(...patients.map((patientId) => ({ organisation: organisation!, patientId })));
    }
  }
  return found;
}

const relate = (tx: Tx, patientId: string, kind: RelationshipKind, organisation: string, saying: Saying) =>
  state(
    tx,
    'relationship',
    patientId,
    {
      kind,
      organisation,
      team: null,
      user: null,
      evidence: 'Made up for the demonstration',
      ...since(saying),
    },
    saying,
  );

const agreement = (system: string, from: string): Agreement =>
  agreementFrom({
    id: agreementId,
    name: 'Shared care record of the demonstration',
    from,
    to: null,
    parties: [system],
    classes: dataClasses.filter((each) => each !== 'directory'),
    purposes: [
      'TREAT',
      'ETREAT',
      'BTG',
      'COC',
      'CAREMGT',
      'PATADMIN',
      'THREAT',
      'HCOMPL',
      'HDECD',
      'POPHLTH',
      'HQUALIMP',
    ],
    labels: labels.filter((each) => each !== 'former-identity'),
    confidentiality: 'implied-consent',
    gdprArticle6: '6(1)(e) public task',
    gdprArticle9: '9(2)(h) health and social care',
    law: 'Health and Social Care Act 2012, section 251B',
    people: 'The made-up people of the demonstration',
    retention: 'Until the demonstration is removed',
    safeguards: 'Role, relationship, audit, the person’s choices',
    contact: 'Nobody: all of this is made up',
    review: `${Number(from.slice(0, 4)) + 1}-04-01`,
  });
