import type { CopyPart, Tx } from '../platform/db/index.ts';
import { newId } from '../platform/ids.ts';
import { largestBlock, model } from './candidates.ts';
import { matchAll, type Arrival } from './match.ts';
import { keysOf, normalise } from './matching/index.ts';
import { Register } from './register.ts';
import { claimRows, claims, releaseClaims, replacements } from './store/numbers.ts';
import { type Memory, View } from './store/memory.ts';
import { openCases, recheckRows, withdrawCases } from './store/reviews.ts';
import { patientsWithTies } from './store/ties.ts';
import type { Member, ObservedPatient } from './types.ts';

/** Who decides when no person does. */
const program = 'program';

/**
 * Finds out who patients are, in the transaction that writes them. Each active patient ends with exactly one open link; a patient
 * whose particulars are as before is not looked at again. Gives the rows the caller must copy in the same transaction. A clash
 * between two transactions shows as a unique violation: run the transaction again. `isNew` says that a patient was never written
 * before; `memory` is of this database.
 */
export async function observePatients(
  tx: Tx,
  patients: ObservedPatient[],
  at: Date,
  isNew: (patientId: string) => boolean,
  memory?: Memory,
): Promise<CopyPart[]> {
  const latest = [...new Map(patients.map((patient) => [patient.patientId, patient])).values()];
  if (latest.length === 0) return [];
  const newIds = latest.map(({ patientId }) => patientId).filter(isNew);
  const said = latest
    .filter(({ active }) => active)
    .map((patient) => ({ patient, normalised: normalise(patient) }));
  const numbers = [...new Set(said.flatMap(({ normalised }) => normalised.nhsNumber ?? []))];
  const [view, tied, current] = await Promise.all([
    memory?.open(tx, largestBlock) ?? new View(),
    patientsWithTies(tx, newIds),
    replacements(tx, numbers),
  ]);
  const register = new Register(tx, at, program, view);
  await register.load(latest.map(({ patientId }) => patientId).filter((patientId) => !isNew(patientId)));
  const spokenOf = new Set(tied);
  for (const patientId of newIds) if (!spokenOf.has(patientId)) register.expect(patientId);
  await register.loadReach(spokenOf);
  const members = said.map(({ patient, normalised }) => {
    const { nhsNumber } = normalised;
    if (nhsNumber !== undefined) normalised.nhsNumber = current.get(nhsNumber) ?? nhsNumber;
    return memberOf(patient, normalised, view);
  });
  const changed = members.filter((member) => differs(member, register.members.get(member.patientId)));
  const gone = latest.flatMap(({ patientId, active }) => {
    const known = register.members.get(patientId);
    return !active && (known?.active ?? register.personOf(patientId) !== undefined) ? [patientId] : [];
  });
  if (changed.length === 0 && gone.length === 0) return [];
  return rematch(tx, register, { changed, gone, at });
}

type Seen = Omit<Member, 'homeId'>;

function memberOf(patient: ObservedPatient, normalised: Member['normalised'], view: View): Seen {
  const body = JSON.stringify(normalised);
  return {
    patientId: patient.patientId,
    active: true,
    nhsNumber: normalised.nhsNumber,
    restricted: patient.restricted ?? false,
    source: patient.source ?? '',
    model: model.version,
    normalised: view.normalised(body, normalised),
    body,
  };
}

function differs(seen: Seen, known: Member | undefined): boolean {
  return (
    known === undefined ||
    !known.active ||
    known.body !== seen.body ||
    known.restricted !== seen.restricted ||
    known.source !== seen.source ||
    known.model !== seen.model
  );
}

/** Matches patients whose particulars changed, and takes out those that are gone. */
export async function rematch(
  tx: Tx,
  register: Register,
  { changed, gone, at }: { changed: readonly Seen[]; gone: readonly string[]; at: Date },
): Promise<CopyPart[]> {
  const before = [...changed.map(({ patientId }) => patientId), ...gone].filter(
    (patientId) => register.members.has(patientId) || register.personOf(patientId) !== undefined,
  );
  await register.loadReach(before);
  const released = before.flatMap((id) => register.members.get(id)?.nhsNumber ?? []);

  const homes = changed.map(() => newId(at.getTime())).sort();
  const arrivals: Arrival[] = changed.map((seen, index) => ({
    member: { ...seen, homeId: homeOf(register, seen.patientId) ?? homes[index]! },
    keys: keysOf(seen.normalised, model).map(String),
  }));
  const { cases, recheck } = await matchAll(tx, register, arrivals, at);
  const left = gone.flatMap((patientId) => retire(register, patientId, at));
  register.settle(left);

  await withdrawCases(tx, before, at);
  await releaseClaims(tx, released, before);
  const wanted = new Map<string, string>();
  for (const { member } of arrivals) {
    const number = member.nhsNumber;
    if (number !== undefined && !wanted.has(number)) wanted.set(number, member.patientId);
  }
  for (const number of (await claims(tx, [...wanted.keys()])).keys()) wanted.delete(number);
  const rows = await register.write(tx);
  return [...rows, ...claimRows(wanted), ...openCases(cases, at), ...recheckRows([...recheck, ...left], at)];
}

/** The home a patient has; one from before homes were kept has the person it is, unless another patient has that as home. */
function homeOf(register: Register, patientId: string): string | undefined {
  const known = register.members.get(patientId)?.homeId;
  if (known !== undefined) return known;
  const personId = register.personOf(patientId);
  if (personId === undefined) return undefined;
  const taken = register.patientsOf(personId).some((id) => register.members.get(id)?.homeId === personId);
  return taken ? undefined : personId;
}

/** Takes a patient out of its person. Gives the others of that person. */
function retire(register: Register, patientId: string, at: Date): string[] {
  const companions = register.patientsOf(register.personOf(patientId) ?? '').filter((id) => id !== patientId);
  for (const tie of register.tiesOf(patientId)) if (tie.kind === 'matched') register.untie(tie);
  const known = register.members.get(patientId);
  if (known !== undefined)
    register.store({ ...known, active: false, nhsNumber: undefined, normalised: {}, body: '{}' }, []);
  register.place(patientId, undefined, at);
  return companions;
}
