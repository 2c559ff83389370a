import type { BeamSpace, Labels } from './beam-space.ts';
import type { SlimPerson } from './space.ts';

export type BeamLimits = {
  /** How many beginnings are kept for each day. */
  width: number;
  /** Only days that cost less are looked for. */
  cutoff: number;
  /** What limits allow at their prices. */
  allowance: number;
};

/** Days that keep every limit, the cheapest first, what no others below the cutoff cost less than, and how many beginnings were looked at. */
export type Beamed = { found: { days: Uint8Array; cost: number }[]; bound: number; looks: number };

/** How many days one beam gives at most. */
const manyFound = 3;

/**
 * Looks for days that keep every limit among the beginnings with the cheapest ends, day by day. The space of the slim
 * pricing must hold completions at the prices. What it leaves out has a bound as well, so that a beam that leaves out nothing is exact.
 */
export function beam(
  slim: SlimPerson,
  given: Float64Array,
  prices: Float64Array,
  { width, cutoff, allowance }: BeamLimits,
): Beamed {
  const { choices, days, limits, most, place, kinds } = slim;
  const { table } = slim.sequences;
  const { arcStart, arcClass, arcTarget, arcCost, inside, states, ends } = table;
  const { cells: charged, rests, beams } = slim.space;
  const count = limits.length + 1;
  beams.fit(width, choices, count, days);
  const { labels, next, froms, choices: chosen } = beams;
  const extra = prices[limits.length] as number;
  const highest = cutoff + allowance - 1e-9;
  let dropped = Infinity;
  let looks = 0;
  labels.size = 1;
  labels.state[0] = table.start * 2;
  labels.spent[0] = 0;
  labels.charges[0] = 0;
  labels.sums.fill(0, 0, count);
  const cheapest = new Int16Array(kinds.many);
  for (let day = 0; day < days; day++) {
    const base = day * choices;
    const isInBlock = (place[day] as number) >= 0;
    const isFurther = (place[day] as number) > 0;
    cheapest.fill(-1);
    for (let choice = 0; choice < choices; choice++) {
      const cost = charged[base + choice] as number;
      if (cost === Infinity) continue;
      const kind = kinds.of[choice] as number;
      const other = cheapest[kind] as number;
      if (other < 0 || cost < (charged[base + other] as number)) cheapest[kind] = choice;
    }
    next.size = 0;
    let enough = highest;
    let room = 2 * width;
    const slots = slotsFor(beams, labels.size * choices);
    for (let label = 0; label < labels.size; label++) {
      const state = (labels.state[label] as number) >> 1;
      const wasTaken = isFurther && ((labels.state[label] as number) & 1) === 1;
      for (let arc = arcStart[state] as number; arc < (arcStart[state + 1] as number); arc++) {
        const group = arcClass[arc] as number;
        const target = arcTarget[arc] as number;
        const isInside = isInBlock && inside[group] === 1;
        const isNew = isInside && !wasTaken;
        const isTaken = wasTaken || isInside;
        const rest = rests[2 * ((day + 1) * states + target) + (isTaken ? 1 : 0)] as number;
        if (rest === Infinity) continue;
        const paid = arcCost[arc] as number;
        const before = (labels.charges[label] as number) + paid + (isNew ? extra : 0);
        for (let kind = kinds.start[group] as number; kind < (kinds.start[group + 1] as number); kind++) {
          const choice = cheapest[kind] as number;
          if (choice < 0) continue;
          const charges = before + (charged[base + choice] as number);
          if (charges + rest >= enough) {
            if (charges + rest < highest) dropped = Math.min(dropped, charges + rest);
            continue;
          }
          const at = next.size;
          let isKept = true;
          for (let index = 0; index < limits.length; index++) {
            const limit = limits[index] as (typeof limits)[number];
            const sum =
              (labels.sums[label * count + index] as number) + (limit.amounts[base + choice] as number);
            next.sums[at * count + index] = sum;
            if (sum > limit.most + 1e-6 || sum + (days - 1 - day) * limit.unit < limit.least - 1e-6) {
              isKept = false;
              break;
            }
          }
          const blocks = (labels.sums[label * count + limits.length] as number) + (isNew ? 1 : 0);
          if (!isKept || blocks > most) continue;
          next.sums[at * count + limits.length] = blocks;
          next.state[at] = target * 2 + (isTaken ? 1 : 0);
          next.spent[at] = (labels.spent[label] as number) + (given[base + choice] as number) + paid;
          next.charges[at] = charges;
          next.value[at] = charges + rest;
          next.choice[at] = choice;
          next.from[at] = label;
          settle(beams, slots, count);
          if (next.size < room) continue;
          enough = valueAt(beams, width);
          room = next.size + width;
        }
      }
    }
    looks += next.size;
    dropped = Math.min(dropped, select(beams, width, count));
    for (let label = 0; label < labels.size; label++) {
      froms[day * width + label] = labels.from[label] as number;
      chosen[day * width + label] = labels.choice[label] as number;
    }
    if (labels.size === 0) break;
  }
  const ended: { label: number; cost: number }[] = [];
  for (let label = 0; label < labels.size; label++) {
    const cost = (labels.spent[label] as number) + (ends[(labels.state[label] as number) >> 1] as number);
    if (cost < cutoff && slim.keeps(labels.sums.subarray(label * count, (label + 1) * count)))
      ended.push({ label, cost });
  }
  ended.sort((a, b) => a.cost - b.cost);
  const found = ended.slice(0, manyFound).map(({ label, cost }) => {
    const mine = new Uint8Array(days);
    let at = label;
    for (let day = days - 1; day >= 0; day--) {
      mine[day] = chosen[day * width + at] as number;
      at = froms[day * width + at] as number;
    }
    return { days: mine, cost };
  });
  return { found, bound: Math.min(found[0]?.cost ?? cutoff, dropped - allowance), looks };
}

/** Empties as many slots as labels of one day need. */
function slotsFor({ table }: BeamSpace, most: number): number {
  let slots = 64;
  while (slots < 2 * most) slots *= 2;
  table.fill(0, 0, slots);
  return slots;
}

/** Keeps the label behind the last where no cheaper one has the same state and sums. */
function settle({ table, next }: BeamSpace, slots: number, count: number): void {
  const at = next.size;
  let hash = Math.imul(next.state[at] as number, 0x9e3779b1);
  for (let index = 0; index < count; index++)
    hash = Math.imul(hash ^ ((next.sums[at * count + index] as number) * 16), 0x85ebca6b) ^ (hash >>> 13);
  hash ^= hash >>> 15;
  for (let slot = hash & (slots - 1); ; slot = (slot + 1) & (slots - 1)) {
    const other = (table[slot] as number) - 1;
    if (other < 0) {
      table[slot] = at + 1;
      next.size = at + 1;
      return;
    }
    if (!isSame(next, at, other, count)) continue;
    if ((next.spent[at] as number) < (next.spent[other] as number)) next.copy(other, next, at, count);
    return;
  }
}

function isSame(labels: Labels, one: number, other: number, count: number): boolean {
  if (labels.state[one] !== labels.state[other]) return false;
  for (let index = 0; index < count; index++)
    if (labels.sums[one * count + index] !== labels.sums[other * count + index]) return false;
  return true;
}

/** The value that so many of the next labels are not above. */
function valueAt({ next, values }: BeamSpace, place: number): number {
  const sorted = values.subarray(0, next.size);
  sorted.set(next.value.subarray(0, next.size));
  return sorted.sort()[place] as number;
}

/** Moves the cheapest of the next labels to the labels; gives the least value of those left out. */
function select(beams: BeamSpace, width: number, count: number): number {
  const { labels, next } = beams;
  const limit = next.size > width ? valueAt(beams, width) : Infinity;
  let dropped = Infinity;
  labels.size = 0;
  for (let at = 0; at < next.size; at++) {
    const value = next.value[at] as number;
    if (value < limit) labels.copy(labels.size++, next, at, count);
    else if (value < dropped) dropped = value;
  }
  return dropped;
}
