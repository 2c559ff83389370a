import type { FastifyRequest } from 'fastify';
import { organisationsInLog } from '../../audit/index.ts';
import { odsSystem } from '../../organisations/index.ts';
import { Problem } from '../../platform/errors.ts';
import type { Piece, Viewing } from '../asking/types.ts';
import { reasonsToTell } from '../decide/explain.ts';
import { organisationsOfUses } from '../glass/store.ts';
import { staffOf, type StaffAsker } from './asker.ts';
import type { PrivacyServices } from './services.ts';
import { patientsWhoBlock } from './store.ts';

/** Who checks on accesses, and which: by whose staff, and about whom not. */
export type Office = {
  asker: StaffAsker;
  /** Organisations whose accesses they may look at, as the log names them. What names no organisation they may look at too. */
  organisations: string[];
  /** Themselves as a patient, and who closed their record to them. */
  notPersons: string[];
  /** The patients behind them. */
  notPatients: string[];
  /** Who people are, as far as the policy lets whoever asks read it. */
  namesOf(personIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
};

/**
 * What whoever asks may check, decided by the policy: lists of accesses are held by the organisation whose staff looked, and an
 * agreement for checking opens those of others. A Problem when it is not for them at all.
 */
export async function officeOf(request: FastifyRequest, services: PrivacyServices): Promise<Office> {
  const asker = staffOf(request);
  const { viewing } = request;
  const own = listHeldBy(asker.subject.post.organisation.id);
  const [may] = await viewing.decide('read', [own]);
  if (may?.effect !== 'permit') {
    const [reason] = may === undefined ? [] : reasonsToTell(may);
    throw new Problem('access/not-an-officer', 403, reason?.says ?? 'Checking on accesses is not for you.', {
      place: reason?.rule ?? 'privacy',
      wayOut: reason?.wayOut ?? 'Ask your privacy officer.',
    });
  }
  // A glass is broken before what was opened under it has its place in the log.
  const named = [
    ...new Set([...(await organisationsInLog(services.db)), ...(await organisationsOfUses(services.db))]),
  ];
  const opened = await viewing.lists(named.map(listHeldBy));
  const not = await notPersons(services, asker);
  const records = await services.recordsOf(not);
  return {
    asker,
    organisations: named.filter((_, at) => opened[at]),
    notPersons: not,
    notPatients: [...records.values()].flatMap((each) => each.map(({ patientId }) => patientId)),
    namesOf: (personIds) => namesToTell(viewing, services, personIds),
  };
}

async function namesToTell(
  viewing: Viewing,
  { recordsOf, namesOf }: PrivacyServices,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const records = await recordsOf(personIds);
  const pieces = [...records].flatMap(([person, all]) =>
    all.slice(0, 1).map(({ patientId, source }) => {
      const piece: Piece = {
        type: 'Patient',
        id: patientId,
        patientId,
        dataClass: 'identity',
        labels: [],
        source,
      };
      return { person, piece };
    }),
  );
  const may = await viewing.lists(pieces.map(({ piece }) => piece));
  return namesOf(pieces.flatMap(({ person }, at) => (may[at] ? [person] : [])));
}

async function notPersons({ db, clock, personsOf }: PrivacyServices, asker: StaffAsker): Promise<string[]> {
  const patients = await patientsWhoBlock(db, asker.subject.id, clock());
  const behind = patients.length === 0 ? [] : [...(await personsOf(patients)).values()];
  const own = asker.subject.person;
  return [...new Set([...behind.map(({ person }) => person), ...(own === null ? [] : [own])])];
}

/** The list of accesses by the staff of one organisation, by its id or its code. */
export const listHeldBy = (organisation: string): Piece => ({
  type: 'AuditEvent',
  id: '',
  patientId: null,
  dataClass: 'access-list',
  labels: [],
  source: /^[0-9a-f-]{36}$/.test(organisation)
    ? `urn:openics:organisation:${organisation}`
    : `${odsSystem}/${organisation}`,
});
