import type { Person, Rule, Wish } from '../types.ts';
import type { Compiled } from './compiled.ts';

/**
 * One rule that a person's days break: how much it costs (Infinity: it may not be), and the day where it
 * shows.
 */
export type Found = { id: string; words: string; day: number; cost: number };

/**
 * Everything that costs something in the days of one person, by the compiled rules. `choices[day]` is a
 * choice.
 */
export function evaluate(person: Compiled | Person, choices: ArrayLike<number>): Found[] {
  const found: Found[] = [];
  for (const wish of person.wishes) {
    const { id, words, day, weight } = wish;
    if (isWished(wish, choices) && weight !== 0) found.push({ id, words, day, cost: weight });
  }
  for (const rule of person.rules) {
    const { id, words } = rule;
    addBreaches(rule, choices, (day, cost) => {
      if (cost > 0) found.push({ id, words, day, cost });
    });
  }
  return found;
}

const isWished = (wish: Wish, choices: ArrayLike<number>): boolean =>
  wish.choices.includes(choices[wish.day]!);

type Say = (day: number, cost: number) => void;

/** A weight for some units; none of an infinite weight is nothing. */
const charge = (units: number, weight: number): number => (units > 0 ? units * weight : 0);

function addBreaches(rule: Rule, choices: ArrayLike<number>, say: Say): void {
  switch (rule.kind) {
    case 'run':
      return addRun(rule, choices, say);
    case 'count': {
      let sum = rule.start;
      const odd = new Map((rule.onDay ?? []).map(({ day, amounts }) => [day, amounts]));
      for (let day = rule.from; day <= rule.to; day++) sum += (odd.get(day) ?? rule.amounts)[choices[day]!]!;
      return say(rule.to, charge(sum - rule.max, rule.maxWeight) + charge(rule.min - sum, rule.minWeight));
    }
    case 'blocks': {
      const worked = rule.blocks.filter((days) => days.some((day) => rule.choices.includes(choices[day]!)));
      const count = rule.start + worked.length;
      const last = rule.blocks.at(-1)?.at(-1) ?? 0;
      return say(last, charge(count - rule.max, rule.maxWeight) + charge(rule.min - count, rule.minWeight));
    }
    case 'pattern': {
      const starts = rule.starts ?? Array.from({ length: choices.length }, (_, day) => day);
      for (const start of starts)
        if (
          start + rule.steps.length <= choices.length &&
          rule.steps.every((step, index) => step.includes(choices[start + index]!))
        )
          say(start + rule.steps.length - 1, rule.weight);
      return undefined;
    }
    case 'window':
      return addWindow(rule, choices, say);
    case 'automaton': {
      let state = rule.start;
      for (let day = 0; day < choices.length; day++) {
        const table = rule.tables?.[day] ?? 0;
        const next = rule.next[table]![state]![choices[day]!]!;
        if (next < 0) return say(day, Number.POSITIVE_INFINITY);
        say(day, rule.cost?.[table]?.[state]?.[choices[day]!] ?? 0);
        state = next;
      }
      return say(choices.length - 1, rule.final?.[state] ?? 0);
    }
  }
}

function addRun(rule: Extract<Rule, { kind: 'run' }>, choices: ArrayLike<number>, say: Say): void {
  let length = rule.before === 'unknown' ? 0 : rule.before;
  let isFree = rule.before === 'unknown';
  for (let day = 0; day <= choices.length; day++) {
    const isEnd = day === choices.length;
    if (!isEnd && rule.choices.includes(choices[day]!)) {
      length++;
      if (length > rule.max) say(day, rule.maxWeight);
      continue;
    }
    const isOpen = isFree || (isEnd && rule.openEnd);
    if (length > 0 && !isOpen) say(day - 1, charge(rule.min - length, rule.minWeight));
    length = 0;
    isFree = false;
  }
}

function addWindow(rule: Extract<Rule, { kind: 'window' }>, choices: ArrayLike<number>, say: Say): void {
  const anchors = rule.anchors ?? Array.from({ length: choices.length }, (_, day) => day);
  for (const anchor of anchors) {
    const table = rule.amounts[choices[anchor]!]!;
    let sum = 0;
    for (let later = 0; later < rule.length && anchor + later < choices.length; later++)
      sum += table[later]![choices[anchor + later]!]!;
    say(anchor, charge(sum - rule.max, rule.weight));
  }
}
