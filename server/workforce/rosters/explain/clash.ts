import { contradiction } from '../engine/index.ts';
import type { Person, Problem } from '../types.ts';
import { hardOnly, hardPart } from './hard.ts';

/** One thing that must hold: rules of a kind for a person or for everybody, or one demand. */
export type Clause = { kind: 'rule' | 'cover'; id: string; person?: string; words: string };

/** What cannot hold together; `isSmallest`: take any one away and the rest can, as far as can be told. */
export type Clash = { clauses: Clause[]; isSmallest: boolean };

/**
 * A smallest set of things that cannot hold together. Found by leaving out one after another (a deletion filter; Chinneck and
 * Dravnieks 1991), among the demands that the first proof needs. Nothing comes back where no clash can be proven; where the
 * time is over before all have been tried, the set may be larger than needed.
 */
export async function clash(problem: Problem, until = Date.now() + 60_000): Promise<Clash | undefined> {
  const hard = onlyHard(problem);
  const isTold = (clauses: Clause[]): Clash => ({ clauses, isSmallest: Date.now() <= until });
  for (const [place, person] of hard.people.entries()) {
    const alone = { ...hard, people: [person], cover: [] };
    if ((await contradiction(alone, until)) === undefined) continue;
    const own = await filtered(clausesOf(person), (kept) =>
      contradiction({ ...alone, people: [keep(person, kept)] }, until),
    );
    const { id = '' } = problem.people[place] ?? {};
    return isTold(own.map((clause) => ({ kind: 'rule', ...clause, person: id })));
  }
  if (hard.cover.length === 0) return undefined;
  const found = await contradiction(hard, until);
  if (found === undefined) return undefined;
  const needed = new Set(found.rows);
  const cover = await filtered(
    hard.cover.filter((_, row) => needed.has(row)),
    (kept) => contradiction({ ...hard, cover: kept }, until),
  );
  const kinds = [...new Map(hard.people.flatMap(clausesOf).map((clause) => [clause.id, clause])).values()];
  const rules = await filtered(kinds, (kept) =>
    contradiction({ ...hard, cover, people: hard.people.map((person) => keep(person, kept)) }, until),
  );
  return isTold([
    ...cover.map(({ id, words, wanted }): Clause => ({
      kind: 'cover',
      id,
      words: `${words}: ${wanted} wanted`,
    })),
    ...rules.map((clause): Clause => ({ kind: 'rule', ...clause })),
  ]);
}

/** Leaves out what is not needed for the clash: first in large parts, then one by one. */
async function filtered<T>(all: T[], proof: (kept: T[]) => Promise<unknown>): Promise<T[]> {
  let kept = all;
  for (let size = Math.ceil(all.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < kept.length;) {
      const without = kept.filter((_, index) => index < from || index >= from + size);
      if ((await proof(without)) === undefined) from += size;
      else kept = without;
    }
  }
  return kept;
}

/** The same problem without what is soft. */
function onlyHard(problem: Problem): Problem {
  const people = problem.people.map((person) => ({
    ...person,
    wishes: person.wishes.filter(({ weight }) => weight === Infinity),
    rules: person.rules.flatMap((rule) => hardPart(rule) ?? []),
  }));
  const cover = problem.cover
    .map((row) => ({
      ...row,
      under: row.under.map((step) => ({ ...step, weight: hardOnly(step.weight) })),
      over: row.over.map((step) => ({ ...step, weight: hardOnly(step.weight) })),
    }))
    .filter(({ under, over }) => [...under, ...over].some(({ weight }) => weight > 0));
  return { ...problem, people, cover };
}

type OwnClause = { id: string; words: string };

/** A person's rules and wishes by their names. */
function clausesOf(person: Person): OwnClause[] {
  return [
    ...new Map([...person.rules, ...person.wishes].map(({ id, words }) => [id, { id, words }])).values(),
  ];
}

function keep(person: Person, clauses: OwnClause[]): Person {
  const ids = new Set(clauses.map(({ id }) => id));
  return {
    ...person,
    rules: person.rules.filter(({ id }) => ids.has(id)),
    wishes: person.wishes.filter(({ id }) => ids.has(id)),
  };
}
