import { feasible } from '../engine/index.ts';
import type { Person, Problem } from '../types.ts';
import { hardOnly, hardPart } from './hard.ts';

/** One thing that must hold: rules of a kind for a person or for everybody, or one demand. */
export type Clause = { kind: 'rule' | 'cover'; id: string; person?: string; words: string };

/**
 * A smallest set of things that cannot hold together: take any one away and the rest can. Found by leaving out one after
 * another (a deletion filter; Chinneck and Dravnieks 1991). Nothing comes back where no clash can be proven.
 */
export async function clash(problem: Problem, until = Date.now() + 60_000): Promise<Clause[] | undefined> {
  const hard = onlyHard(problem);
  for (const [place, person] of hard.people.entries()) {
    const alone = { ...hard, people: [person], cover: [] };
    if (await feasible(alone, until)) continue;
    const own = await filtered(clausesOf(person), (kept) =>
      feasible({ ...alone, people: [keep(person, kept)] }, until),
    );
    return own.map(({ id, words }) => ({ kind: 'rule', id, person: problem.people[place]?.id ?? '', words }));
  }
  if (await feasible(hard, until)) return undefined;
  const rows = await filtered(
    hard.cover.map((row) => row.id),
    (kept) => feasible({ ...hard, cover: hard.cover.filter(({ id }) => kept.includes(id)) }, until),
  );
  const left = { ...hard, cover: hard.cover.filter(({ id }) => rows.includes(id)) };
  const kinds = new Map(
    hard.people.flatMap((person) => clausesOf(person)).map((clause) => [clause.id, clause]),
  );
  const ids = await filtered([...kinds.keys()], (kept) =>
    feasible(
      {
        ...left,
        people: left.people.map((person) =>
          keep(
            person,
            clausesOf(person).filter(({ id }) => kept.includes(id)),
          ),
        ),
      },
      until,
    ),
  );
  return [
    ...left.cover.map(({ id, words }): Clause => ({ kind: 'cover', id, words })),
    ...ids.map((id): Clause => ({ kind: 'rule', id, words: kinds.get(id)?.words ?? '' })),
  ];
}

/** Leaves out what is not needed for the clash: first in large parts, then one by one. */
async function filtered<T>(all: T[], isFeasible: (kept: T[]) => Promise<boolean>): Promise<T[]> {
  let kept = all;
  for (let size = Math.ceil(all.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < kept.length;) {
      const without = kept.filter((_, index) => index < from || index >= from + size);
      if (await isFeasible(without)) from += size;
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
