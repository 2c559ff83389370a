import type { Problem, Rule, WindowRule } from '../types.ts';
import type { Machine } from './machine.ts';

/** Remembers the last `length - 1` days as digits, the newest lowest; a digit is a kind of choice. */
export function windowMachine(rule: Rule & WindowRule, problem: Problem): Machine {
  const kinds = kindsOf(rule, problem.duties.length);
  const sample = kinds.samples;
  const base = sample.length;
  const memory = rule.length - 1;
  const anchors = rule.anchors === undefined ? undefined : new Set(rule.anchors);
  const size = base ** memory;
  const kept = base ** Math.max(0, memory - 1);
  const day = new Int16Array(rule.length);

  /** The sum from the anchor that lies `days` days behind the newest; digits are read from `day`. */
  const excess = (days: number): number => {
    const anchor = sample[day[days] ?? 0] ?? 0;
    let sum = 0;
    for (let back = days; back >= 0; back--) {
      sum += rule.amounts[anchor]?.[days - back]?.[sample[day[back] ?? 0] ?? 0] ?? 0;
    }
    return sum > rule.max ? (sum - rule.max) * rule.weight : 0;
  };
  const unpack = (state: number, from: number): void => {
    let rest = state;
    for (let back = from; back < rule.length; back++) {
      day[back] = rest % base;
      rest = Math.floor(rest / base);
    }
  };
  const counts = (anchorDay: number): boolean => anchors === undefined || anchors.has(anchorDay);

  const machine: Machine = {
    rule,
    size,
    start: (rule.history ?? [])
      .slice(memory === 0 ? 0 : -memory)
      .reduce((state, choice) => (memory === 0 ? 0 : (state % kept) * base + (kinds.kindOf[choice] ?? 0)), 0),
    paid: 0,
    step(state, today, choice) {
      unpack(state, 1);
      day[0] = kinds.kindOf[choice] ?? 0;
      machine.paid = 0;
      if (counts(today - memory)) machine.paid = excess(memory);
      if (today === problem.days - 1) {
        for (let days = 0; days < memory; days++) {
          if (counts(today - days)) machine.paid += excess(days);
        }
      }
      if (machine.paid === Infinity) return -1;
      return memory === 0 ? 0 : (state % kept) * base + (day[0] ?? 0);
    },
    end: () => 0,
    kindOf: (choice) => String(kinds.kindOf[choice]),
  };
  return machine;
}

/** Choices that never differ in any amount are one kind; `samples` has one choice of each kind. */
function kindsOf(rule: WindowRule, choices: number): { kindOf: number[]; samples: number[] } {
  const samples: number[] = [];
  const known = new Map<string, number>();
  const kindOf = Array.from({ length: choices }, (_, choice) => {
    const key = JSON.stringify([
      rule.amounts[choice],
      rule.amounts.map((offsets) => offsets.map((row) => row[choice])),
    ]);
    const kind = known.get(key) ?? samples.push(choice) - 1;
    known.set(key, kind);
    return kind;
  });
  return { kindOf, samples };
}
