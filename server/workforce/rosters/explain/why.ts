import type { Problem, Roster } from '../types.ts';
import {
  checkEdit,
  coverCost,
  coverOn,
  personGrounds,
  type DayCover,
  type Edit,
  type Ground,
  type Verdict,
} from './edit.ts';

export type Explanation = {
  verdict: Verdict;
  /** The cheapest other way to have that duty done: somebody else takes it, or gives the day in exchange. */
  alternative?: { person: number; isExchange: boolean; cost: number };
  text: string;
};

/** Says why a person has not a duty on a day: the rules that forbid it, or what it would cost and who could do it cheaper. */
export function explain(problem: Problem, roster: Roster, edit: Edit): Explanation {
  const cover = coverOn(problem, roster, edit.day);
  const verdict = checkEdit(problem, roster, edit, cover);
  const alternative = cheapest(problem, roster, edit, cover);
  const explanation = { verdict, ...(alternative === undefined ? {} : { alternative }) };
  return { ...explanation, text: textOf(problem, roster, edit, explanation) };
}

function cheapest(
  problem: Problem,
  roster: Roster,
  { person, day, choice }: Edit,
  cover: DayCover,
): Explanation['alternative'] {
  let best: Explanation['alternative'];
  problem.people.forEach((_, other) => {
    if (other === person) return;
    const theirs = roster[other]?.[day] ?? 0;
    if (theirs !== choice) {
      const alone = checkEdit(problem, roster, { person: other, day, choice }, cover);
      if (alone.isLegal && alone.cost < (best?.cost ?? Infinity))
        best = { person: other, isExchange: false, cost: alone.cost };
      return;
    }
    const cost = exchangeCost(problem, roster, day, [person, other], cover);
    if (cost < (best?.cost ?? Infinity)) best = { person: other, isExchange: true, cost };
  });
  return best;
}

/** What it costs that two people exchange a day; Infinity where a rule of one of them, or cover, forbids it. */
function exchangeCost(
  problem: Problem,
  roster: Roster,
  day: number,
  [one, other]: [number, number],
  cover: DayCover,
): number {
  const edits = [
    { person: one, day, choice: roster[other]?.[day] ?? 0 },
    { person: other, day, choice: roster[one]?.[day] ?? 0 },
  ];
  return edits
    .flatMap((edit) => personGrounds(problem, roster, edit))
    .reduce((sum, { cost }) => sum + cost, coverCost(roster, edits, cover));
}

const rounded = (cost: number): number => Math.round(cost * 100) / 100;

function textOf(
  problem: Problem,
  roster: Roster,
  { person, day, choice }: Edit,
  { verdict, alternative }: Omit<Explanation, 'text'>,
): string {
  const name = problem.people[person]?.id ?? '';
  const duty = problem.duties[choice]?.id || 'a day off';
  const where = `${duty} on day ${day}`;
  const lines: string[] = [];
  const forbidding = verdict.grounds.filter(({ cost }) => cost === Infinity);
  if ((roster[person]?.[day] ?? 0) === choice) lines.push(`${name} has ${where} in this roster.`);
  else if (forbidding.length > 0) {
    lines.push(`${name} may not have ${where}:`);
    lines.push(
      ...forbidding.map(
        (ground) =>
          `  - ${ground.id === 'cover' ? `${ground.words} would miss its limit` : saidOf(name, ground.words)}${brokenOn(ground, day)}`,
      ),
    );
  } else {
    const sign = verdict.cost >= 0 ? 'costs' : 'saves';
    lines.push(`${name} may have ${where}. It ${sign} ${rounded(Math.abs(verdict.cost))}:`);
    lines.push(
      ...verdict.grounds.map(({ words, cost }) => `  - ${cost > 0 ? '+' : ''}${rounded(cost)}  ${words}`),
    );
  }
  if (alternative !== undefined) {
    const other = problem.people[alternative.person]?.id ?? '';
    lines.push(
      alternative.isExchange
        ? `The cheapest way: exchange that day with ${other} (${rounded(alternative.cost)}).`
        : `The cheapest other person for it: ${other} (${rounded(alternative.cost)}).`,
    );
  }
  return lines.join('\n');
}

/** Words that begin small go on from the person's name. */
const saidOf = (name: string, words: string): string => (/^[a-z]/.test(words) ? `${name} ${words}` : words);

const brokenOn = (ground: Ground, day: number): string =>
  ground.day === undefined || ground.day === day ? '' : ` (it breaks on day ${ground.day})`;
