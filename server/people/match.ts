import type { Queryable, Tx } from '../platform/db/index.ts';
import {
  Comparer,
  crowd,
  judgeAmong,
  largestBlock,
  possibleAmong,
  tiesTo,
  type Rival,
} from './candidates.ts';
import type { Judgement } from './matching/index.ts';
import type { Register } from './register.ts';
import { View, type Block } from './store/memory.ts';
import { blocksUnder } from './store/members.ts';
import type { Member, Tie } from './types.ts';

/** A patient to be matched, and the blocking keys it stands under. */
export type Arrival = { member: Member; keys: readonly string[] };

/** A question for a person: is this patient one of these persons? */
export type Case = { patientId: string; judgement: Judgement; candidates: CaseCandidate[] };

export type CaseCandidate = { personId: string; patientId: string; weight: number };

/**
 * Matches arriving patients with all known ones and with each other, in their order. Changes the register; gives the cases that
 * persons must decide, and the patients that found nobody, who may have to be looked at again.
 */
export async function matchAll(
  tx: Tx,
  register: Register,
  arrivals: readonly Arrival[],
  at: Date,
): Promise<{ cases: Case[]; recheck: string[] }> {
  const blocks = await Blocks.under(
    tx,
    arrivals.flatMap(({ keys }) => keys),
    register.view,
  );
  const comparer = new Comparer();
  const arriving = new Map(arrivals.map(({ member }) => [member.patientId, member]));
  await loadRivals(register, arrivals, { blocks, comparer, arriving });

  const cases: Case[] = [];
  const recheck: string[] = [];
  for (const { member, keys } of arrivals) {
    const { patientId } = member;
    const known =
      register.members.has(patientId) ||
      register.personOf(patientId) !== undefined ||
      register.tiesOf(patientId).length > 0;
    const usable = keys.filter((key) => !blocks.isFull(key));
    const rivals = rivalsOf(register, member, blocks.alike(keys), comparer);
    const judgement = judgeArrival(register, patientId, rivals);
    register.store(member, usable);
    for (const key of usable) blocks.add(key, patientId);
    const neighbours = settleMatch(register, member, { rivals, judgement, known, at });
    recheck.push(...neighbours);
    if (judgement.verdict === 'review')
      cases.push({ patientId, judgement, candidates: candidatesOf(rivals) });
    if (judgement.verdict !== 'link') recheck.push(patientId);
  }
  return { cases, recheck: [...new Set(recheck)] };
}

/**
 * Like `judgeAmong`, but a patient stays the person it is as long as enough speaks for it, also when somebody else comes to look
 * like it; and one that a person or its source put where it is moves nowhere by itself.
 */
function judgeArrival(register: Register, patientId: string, rivals: readonly Rival[]): Judgement {
  const judgement = judgeAmong(rivals);
  const own = rivals.find(({ personId }) => personId === register.personOf(patientId));
  if (judgement.verdict === 'review' && own !== undefined) {
    const alone = judgeAmong([own]);
    if (alone.verdict === 'link') return alone;
  }
  const isBound = register.tiesOf(patientId).some(({ kind }) => kind === 'same' || kind === 'superseded');
  if (!isBound || judgement.verdict !== 'link' || judgement.of === own?.personId) return judgement;
  const reasons = [...judgement.reasons, 'it was decided to be somebody else'];
  return { ...judgement, verdict: 'review', queue: 'ordinary', reasons };
}

/** Who stands under which key, those of this transaction included. */
export class Blocks {
  /** Patients by their number here: the same patient stands under many keys. */
  readonly #ids: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #under = new Map<string, number[] | undefined>();

  private constructor(under: ReadonlyMap<string, Block>) {
    for (const [key, ids] of under)
      this.#under.set(
        key,
        ids?.map((id) => this.#numberOf(id)),
      );
  }

  static async under(db: Queryable, keys: readonly string[], view = new View()): Promise<Blocks> {
    const under = new Map<string, Block>();
    const unknown: string[] = [];
    for (const key of new Set(keys)) {
      const known = view.block(key);
      if (known === undefined) unknown.push(key);
      else under.set(key, known.patients);
    }
    const found = await blocksUnder(db, unknown, largestBlock);
    for (const key of unknown) {
      const block = found.has(key) ? found.get(key) : [];
      under.set(key, block);
      view.keepBlock(key, block);
    }
    return new Blocks(under);
  }

  /** A block that is full takes nobody in, and is no longer looked at. */
  isFull(key: string): boolean {
    if (!this.#under.has(key)) return false;
    const block = this.#under.get(key);
    return block === undefined || block.length > largestBlock;
  }

  /**
   * Who is worth comparing with somebody who stands under these keys: all of small blocks, and of crowds those who share another key.
   * Whoever has no more than one key in common with a crowd cannot be told from the others of it, by no reviewer either.
   */
  alike(keys: readonly string[]): Set<string> {
    const found = new Set<string>();
    const met = new Uint8Array(this.#ids.length);
    for (const key of keys) {
      const block = this.isFull(key) ? [] : (this.#under.get(key) ?? []);
      const isCrowd = block.length > crowd;
      for (const number of block) {
        if (!isCrowd || met[number] === 1) found.add(this.#ids[number]!);
        met[number] = 1;
      }
    }
    return found;
  }

  add(key: string, patientId: string): void {
    const number = this.#numberOf(patientId);
    const block = this.#under.get(key);
    if (block === undefined) this.#under.set(key, [number]);
    else if (!block.includes(number)) block.push(number);
  }

  #numberOf(id: string): number {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    this.#numbers.set(id, this.#ids.length);
    return this.#ids.push(id) - 1;
  }
}

/** Loads all who share a key with an arriving patient, and the whole persons of those who are like it. */
export async function loadRivals(
  register: Register,
  arrivals: readonly Arrival[],
  {
    blocks,
    comparer,
    arriving,
  }: { blocks: Blocks; comparer: Comparer; arriving: ReadonlyMap<string, Member> },
): Promise<void> {
  const under = arrivals.map(({ keys }) => blocks.alike(keys));
  await register.load(new Set(under.flatMap((ids) => [...ids])));
  const serious = arrivals.map(({ member }, index) =>
    [...under[index]!].filter((id) => {
      const other = arriving.get(id) ?? register.members.get(id);
      return other !== undefined && id !== member.patientId && comparer.isSerious(member, other);
    }),
  );
  const persons = new Set<string>();
  const reach = new Set<string>();
  for (const [index, { member }] of arrivals.entries()) {
    const isKnown = register.personOf(member.patientId) !== undefined;
    for (const id of serious[index]!) {
      const personId = register.personOf(id);
      if (personId === undefined) continue;
      persons.add(personId);
      if (isKnown) reach.add(id);
    }
  }
  await register.loadPersons(persons);
  await register.loadReach(reach);
}

/** The persons that a patient is like, with each of their patients. */
export function rivalsOf(
  register: Register,
  member: Member,
  others: ReadonlySet<string>,
  comparer: Comparer,
): Rival[] {
  const persons = new Set<string>();
  const otherOf = (id: string): Member | undefined => {
    const other = register.members.get(id);
    return other === undefined || !other.active || id === member.patientId ? undefined : other;
  };
  for (const id of others) {
    const other = otherOf(id);
    const personId = register.personOf(id);
    if (other !== undefined && personId !== undefined && comparer.isSerious(member, other))
      persons.add(personId);
  }
  const apart = new Set(
    register
      .tiesOf(member.patientId)
      .filter(({ kind }) => kind === 'different' || kind === 'sealed')
      .map((tie) => (tie.patientId === member.patientId ? tie.otherId : tie.patientId)),
  );
  return [...persons].flatMap((personId) => {
    const ids = register.patientsOf(personId);
    if (ids.some((id) => apart.has(id))) return [];
    const patients = ids.flatMap((patientId) => {
      const other = otherOf(patientId);
      return other === undefined ? [] : [{ patientId, evidence: comparer.evidence(member, other) }];
    });
    return [{ personId, patients }];
  });
}

/**
 * Ties the patient to the person it was found to be, and works out where it then stands. Gives the patients that lost their tie
 * to it.
 */
function settleMatch(
  register: Register,
  member: Member,
  found: { rivals: readonly Rival[]; judgement: Judgement; known: boolean; at: Date },
): string[] {
  const { patientId } = member;
  const { rivals, judgement, known, at } = found;
  const old = register.tiesOf(patientId).filter(({ kind }) => kind === 'matched');
  const neighbours = new Set(old.map((tie) => (tie.patientId === patientId ? tie.otherId : tie.patientId)));
  for (const tie of old) register.untie(tie);
  const chosen =
    judgement.verdict === 'link' ? rivals.find(({ personId }) => personId === judgement.of) : undefined;
  const ties = chosen === undefined ? [] : tiesTo(chosen, neighbours);
  const made = ties.map((each): Tie => ({
    patientId,
    otherId: each.patientId,
    kind: 'matched',
    ord: register.nextOrd(),
    method: each.method,
    model: member.model,
    weight: each.evidence.weight,
    evidence: each.evidence.contributions,
    decidedBy: 'program',
    reason: judgement.reasons.join('; '),
    source: undefined,
    from: at,
    recorded: at,
  }));
  for (const tie of made) register.tie(tie);
  const isSimple = !known && (chosen === undefined || chosen.personId < member.homeId);
  if (isSimple) {
    const place = { personId: chosen?.personId ?? member.homeId, via: made[0] };
    register.place(patientId, register.standingBy(patientId, place));
    return [];
  }
  register.settle([patientId, ...neighbours]);
  const kept = new Set(ties.map((tie) => tie.patientId));
  return [...neighbours].filter((id) => !kept.has(id));
}

/** The tie that says by which evidence a patient was matched with another. */
export function matchedTie(
  register: Register,
  member: Member,
  to: ReturnType<typeof tiesTo>[number],
  judgement: Judgement,
  at: Date,
): Tie {
  return {
    patientId: member.patientId,
    otherId: to.patientId,
    kind: 'matched',
    ord: register.nextOrd(),
    method: to.method,
    model: member.model,
    weight: to.evidence.weight,
    evidence: to.evidence.contributions,
    decidedBy: 'program',
    reason: judgement.reasons.join('; '),
    source: undefined,
    from: at,
    recorded: at,
  };
}

/** The persons a reviewer is asked about, the likeliest first. */
export function candidatesOf(rivals: readonly Rival[]): CaseCandidate[] {
  return possibleAmong(rivals)
    .map(({ personId, patients }) => {
      const best = patients.reduce((most, each) =>
        each.evidence.weight > most.evidence.weight ? each : most,
      );
      return { personId, patientId: best.patientId, weight: best.evidence.weight };
    })
    .sort((a, b) => b.weight - a.weight || (a.personId < b.personId ? -1 : 1));
}
