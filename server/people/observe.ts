import type { Tx } from '../platform/db/index.ts';
import { newId } from '../platform/ids.ts';
import { personFor } from './rules.ts';
import { addHolders, addPersons, closeLinks, currentLinks, holders, openLinks } from './store.ts';
import type { Link, ObservedPatient } from './types.ts';

/**
 * Links patients to persons in the transaction that writes them. Each active patient ends with exactly one open link;
 * a link changes only when the rule now gives another person. A clash over an NHS number between two transactions shows
 * as a unique violation: run the transaction again.
 */
export async function observePatients(tx: Tx, patients: ObservedPatient[], at: Date): Promise<void> {
  if (patients.length === 0) return;
  const links = await currentLinks(
    tx,
    patients.map((patient) => patient.patientId),
  );
  const numbers = patients.flatMap((patient) => (patient.nhsNumber === undefined ? [] : [patient.nhsNumber]));
  const holding = await holders(tx, numbers);

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
  if (newPersons.length > 0) await addPersons(tx, newPersons, at);
  if (claims.length > 0) await addHolders(tx, claims);
  if (opened.length > 0) await openLinks(tx, opened, 'rule');
}

/** A patient that shared a person by NHS number and no longer matches must not stay joined. */
const leaves = (link: Link, method: Link['method']): boolean =>
  link.method === 'nhs-number-and-birth-date' && method === 'alone';
