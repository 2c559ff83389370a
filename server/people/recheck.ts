/**
 * Looks at patients again after the commit that wrote them. Two writers who each wrote the same person at once did not see each
 * other; whoever committed last is looked at again after both, and finds the other.
 */
import type { CopyPart, Db, Tx } from '../platform/db/index.ts';
import type { Clock } from '../platform/clock.ts';
import { Comparer, judgeAmong, model, tiesTo, type Rival } from './candidates.ts';
import { Blocks, candidatesOf, matchedTie, rivalsOf, type Case } from './match.ts';
import { keysOf } from './matching/index.ts';
import { useAdoptedModel } from './models/index.ts';
import { observePatients } from './observe.ts';
import { Register } from './register.ts';
import { tidyChanges } from './store/changes.ts';
import { membersOf } from './store/members.ts';
import { openCases, openQuestions, takeRechecks } from './store/reviews.ts';
import type { Member, ObservedPatient } from './types.ts';

/** Reads what Patients now say, by their patient id. One that is deleted or unknown is left out. */
export type ReadPatients = (patientIds: readonly string[]) => Promise<ObservedPatient[]>;

const atOnce = 500;

/** Looks again at all patients that wait for it, by the model adopted last. Gives how many. */
export async function recheckPatients(db: Db, clock: Clock, read: ReadPatients): Promise<number> {
  await useAdoptedModel(db);
  await tidyChanges(db);
  for (let done = 0; ;) {
    const taken = await db.transaction((tx) => recheckSome(tx, clock(), read));
    if (taken === 0) return done;
    done += taken;
  }
}

/** Looks again every `everyMs`, one round at a time, until stopped. A round that fails is told, and tried again at the next turn. */
export function recheckRegularly(
  db: Db,
  clock: Clock,
  read: ReadPatients,
  onFault: (error: unknown) => void,
  everyMs = 2_000,
): { stop(): Promise<void> } {
  let underWay: Promise<unknown> = Promise.resolve();
  let waiting = false;
  const timer = setInterval(() => {
    if (waiting) return;
    waiting = true;
    underWay = recheckPatients(db, clock, read)
      .catch(onFault)
      .finally(() => (waiting = false));
  }, everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await underWay;
    },
  };
}

async function recheckSome(tx: Tx, at: Date, read: ReadPatients): Promise<number> {
  const taken = await takeRechecks(tx, atOnce);
  const patientIds = [...new Set(taken)];
  const kept = await membersOf(tx, patientIds);
  const stale = patientIds.filter((id) => isStale(kept.get(id)));
  if (stale.length > 0) await copy(tx, await observePatients(tx, await read(stale), at, () => false));
  const fresh = new Set(stale);
  await copy(
    tx,
    await joinFound(
      tx,
      patientIds.filter((id) => !fresh.has(id)),
      at,
    ),
  );
  return taken.length;
}

async function copy(tx: Tx, rows: readonly CopyPart[]): Promise<void> {
  if (rows.length > 0) await tx.copyIn(rows);
}

/** Not in the index yet, or put there by another model. */
const isStale = (member: Member | undefined): boolean =>
  member === undefined || (member.active && member.model !== model.version);

/** Joins each patient's person with another that it turns out to be. */
async function joinFound(tx: Tx, patientIds: readonly string[], at: Date): Promise<CopyPart[]> {
  const register = new Register(tx, at, 'program');
  await register.load(patientIds);
  const arrivals = patientIds
    .flatMap((id) => register.members.get(id) ?? [])
    .filter(({ active }) => active)
    .map((member) => ({ member, keys: keysOf(member.normalised, model).map(String) }));
  const blocks = await Blocks.under(
    tx,
    arrivals.flatMap(({ keys }) => keys),
  );
  const comparer = new Comparer();
  await register.load(arrivals.flatMap(({ keys }) => [...blocks.alike(keys)]));
  const found = arrivals.flatMap(({ member, keys }) => {
    const others = blocks.alike(keys);
    const like = [...others].filter((id) => isElsewhere(register, member, id, comparer));
    return like.length === 0 ? [] : [{ member, like: new Set(like) }];
  });
  await register.loadReach(found.flatMap(({ member, like }) => [member.patientId, ...like]));
  const asked = await openQuestions(tx, [
    ...new Set(
      found.flatMap(({ member, like }) => [member.patientId, ...like].flatMap(companionsIn(register))),
    ),
  ]);
  const cases: Case[] = [];
  for (const { member, like } of found) {
    const rivals = rivalsOf(register, member, like, comparer);
    const doubt = joinOne(register, member, rivals, { comparer, asked, at });
    // One question for each pair: it may have been asked from the other side.
    if (doubt === undefined || [member.patientId, ...like].some((id) => asked.has(id))) continue;
    asked.set(member.patientId, [...like]);
    cases.push(doubt);
  }
  return [...(await register.write(tx)), ...openCases(cases, at)];
}

/** Gives a patient with all others of its person, as far as they were loaded. */
const companionsIn =
  (register: Register) =>
  (patientId: string): string[] => [patientId, ...register.patientsOf(register.personOf(patientId) ?? '')];

function isElsewhere(register: Register, member: Member, id: string, comparer: Comparer): boolean {
  const other = register.members.get(id);
  if (other === undefined || !other.active || id === member.patientId) return false;
  if (register.personOf(id) === register.personOf(member.patientId)) return false;
  return comparer.isSerious(member, other);
}

/**
 * Ties a patient, and with it its whole person, to another person; or gives the case that a person must decide. Where a reviewer
 * is asked whether a patient of that person is this one, nothing is joined from this side.
 */
function joinOne(
  register: Register,
  member: Member,
  rivals: readonly Rival[],
  { comparer, asked, at }: { comparer: Comparer; asked: ReadonlyMap<string, readonly string[]>; at: Date },
): Case | undefined {
  const { patientId } = member;
  const own = register.personOf(patientId);
  const others = rivals.filter(({ personId }) => personId !== own);
  const judgement = judgeAmong(others);
  if (judgement.verdict === 'new') return undefined;
  const chosen = others.find(({ personId }) => personId === judgement.of);
  const ask = (reasons: readonly string[]): Case => ({
    patientId,
    judgement: { ...judgement, queue: judgement.queue ?? 'ordinary', reasons: [...reasons] },
    candidates: candidatesOf(others),
  });
  if (judgement.verdict === 'review' || chosen === undefined) return ask(judgement.reasons);
  const isAsked = chosen.patients.some(({ patientId: id }) =>
    asked.get(id)?.some((other) => register.personOf(other) === own),
  );
  if (isAsked) return undefined;
  const companions = register.patientsOf(own ?? '').flatMap((id) => register.members.get(id) ?? []);
  const stands = companions.every((companion) =>
    chosen.patients.every(
      ({ patientId: id }) => comparer.evidence(companion, register.members.get(id)!).vetoes.length === 0,
    ),
  );
  if (!stands) return ask([...judgement.reasons, 'others of the two persons contradict it']);
  const tied = new Set(register.tiesOf(patientId).flatMap((tie) => [tie.patientId, tie.otherId]));
  for (const to of tiesTo(chosen, new Set()))
    if (!tied.has(to.patientId)) register.tie(matchedTie(register, member, to, judgement, at));
  register.settle([patientId]);
  return undefined;
}
