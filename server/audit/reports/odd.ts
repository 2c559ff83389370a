/** One access as this report looks at it. */
export type Access = { seq: number; at: Date; user: string; person: string; outcome: string };

/** How a user is tied to a person outside work. */
export type Tie = 'self' | 'colleague' | 'family' | 'neighbour';

/** What other rooms know. Times are given, so that a tie or relationship of that day counts. */
export type Facts = {
  /** True when the user had a legitimate relationship with the person then. */
  hasRelationship(user: string, person: string, at: Date): boolean;
  tie(user: string, person: string): Tie | undefined;
  /** True when the user was not on duty; undefined when nobody knows. */
  isOffDuty(user: string, at: Date): boolean | undefined;
};

export type Reason = Tie | 'no relationship' | 'bulk' | 'out of hours';

/** What an officer should look at: the accesses of one user to one person, and why. Higher weights come first. */
export type OddAccess = { user: string; person: string; seqs: number[]; reasons: Reason[]; weight: number };

/** So many people without a relationship, opened by one user within an hour, are more than chance or a clinic. */
export const bulkPeople = 30;
const hourMs = 3_600_000;

/** What each reason counts. Those of a private tie count most; a case needs `worthALook`. */
const weights: Record<Reason, number> = {
  self: 3,
  family: 4,
  neighbour: 3,
  colleague: 3,
  bulk: 3,
  'no relationship': 1,
  'out of hours': 1,
};
const worthALook = 2;

/**
 * Accesses a privacy officer should look at. A relationship explains a look at a colleague or neighbour, and one out of hours; it
 * does not explain one at oneself or at family. No relationship, or odd hours, alone are not enough: registers change later
 * than care begins.
 */
export function oddAccesses(accesses: readonly Access[], facts: Facts): OddAccess[] {
  const unexplained = accesses.filter(({ user, person, at }) => !facts.hasRelationship(user, person, at));
  const inBulk = bulkSeqs(unexplained);
  const without = new Set(unexplained.map(({ seq }) => seq));
  const groups = Map.groupBy(accesses, ({ user, person }) => `${user} ${person}`);
  const odd: OddAccess[] = [];
  for (const group of groups.values()) {
    const { user, person } = group[0]!;
    const reasons = reasonsFor(group, { facts, without, inBulk });
    const weight = reasons.reduce((sum, reason) => sum + weights[reason], 0);
    if (weight >= worthALook) odd.push({ user, person, seqs: group.map(({ seq }) => seq), reasons, weight });
  }
  return odd.sort((a, b) => b.weight - a.weight || a.seqs[0]! - b.seqs[0]!);
}

function reasonsFor(
  group: readonly Access[],
  { facts, without, inBulk }: { facts: Facts; without: ReadonlySet<number>; inBulk: ReadonlySet<number> },
): Reason[] {
  const { user, person } = group[0]!;
  const reasons: Reason[] = [];
  const open = group.filter(({ seq }) => without.has(seq));
  const tie = facts.tie(user, person);
  if (tie !== undefined && (tie === 'self' || tie === 'family' || open.length > 0)) reasons.push(tie);
  if (open.length > 0) reasons.push('no relationship');
  if (open.some(({ seq }) => inBulk.has(seq))) reasons.push('bulk');
  if (open.some(({ at }) => facts.isOffDuty(user, at) === true)) reasons.push('out of hours');
  return reasons;
}

/** Accesses that lie in an hour in which their user opened many people. */
function bulkSeqs(accesses: readonly Access[]): Set<number> {
  const found = new Set<number>();
  for (const ofUser of Map.groupBy(accesses, ({ user }) => user).values()) {
    const sorted = ofUser.toSorted((a, b) => a.at.getTime() - b.at.getTime());
    const people = new Map<string, number>();
    for (let first = 0, last = 0; last < sorted.length; last++) {
      const { person, at } = sorted[last]!;
      people.set(person, (people.get(person) ?? 0) + 1);
      for (; at.getTime() - sorted[first]!.at.getTime() > hourMs; first++)
        drop(people, sorted[first]!.person);
      if (people.size >= bulkPeople) for (let i = first; i <= last; i++) found.add(sorted[i]!.seq);
    }
  }
  return found;
}

function drop(people: Map<string, number>, person: string): void {
  const count = people.get(person)! - 1;
  if (count === 0) people.delete(person);
  else people.set(person, count);
}
