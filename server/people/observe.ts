import type { CopyPart, Tx } from '../platform/db/index.ts';
import { newId } from '../platform/ids.ts';
import { personFor } from './rules.ts';
import { closeLinks, currentLinks, holders, newRows } from './store.ts';
import type { Holder, Link, ObservedPatient } from './types.ts';

/**
 * Links patients to persons in the transaction that writes them. Each active patient ends with exactly one open link;
 * a link changes only when the rule now gives another person. Gives the rows the caller must copy in the same transaction.
 * A clash over an NHS number between two transactions shows as a unique violation: run the transaction again.
 * `isNew` says that a patient was never written before, so that it has no link yet.
 */
export async function observePatients(
  tx: Tx,
  patients: ObservedPatient[],
  at: Date,
  isNew: (patientId: string) => boolean,
): Promise<CopyPart[]> {
  if (patients.length === 0) return [];
  const written = patients.map((patient) => patient.patientId).filter((patientId) => !isNew(patientId));
  const links = written.length === 0 ? new Map<string, Link>() : await currentLinks(tx, written);
  const numbers = patients.flatMap((patient) => (patient.nhsNumber === undefined ? [] : [patient.nhsNumber]));
  const holding = numbers.length === 0 ? new Map<string, Holder>() : await holders(tx, numbers);

  const opened: Link[] = [];
  const closed: Link[] = [];
  const newPersons: string[] = [];
  const claims: { nhsNumber: string; personId: string; birthDate: string }[] = [];

  for (const patient of patients) {
    const link = links.get(patient.patientId);
    if (!patient.active) {
      if (link !== undefined) closed.push(link);
      continue;
    }
    const { nhsNumber, birthDate } = patient;
    const decision = personFor(patient, nhsNumber === undefined ? undefined : holding.get(nhsNumber));
    const stays =
      link !== undefined &&
      (decision.personId ?? link.personId) === link.personId &&
      !leaves(link, decision.method);
    const personId = stays ? link.personId : (decision.personId ?? newId(at.getTime()));
    if (decision.claimsNumber && nhsNumber !== undefined && birthDate !== undefined) {
      claims.push({ nhsNumber, personId, birthDate });
      holding.set(nhsNumber, { personId, birthDate });
    }
    if (stays) continue;
    if (link !== undefined) closed.push(link);
    if (decision.personId === undefined) newPersons.push(personId);
    opened.push({ patientId: patient.patientId, personId, method: decision.method, from: at });
  }

  if (closed.length > 0) await closeLinks(tx, closed, at);
  return newRows({ persons: newPersons, holders: claims, links: opened, decidedBy: 'rule', at });
}

/** A patient that shared a person by NHS number and no longer matches must not stay joined. */
const leaves = (link: Link, method: Link['method']): boolean =>
  link.method === 'nhs-number-and-birth-date' && method === 'alone';
