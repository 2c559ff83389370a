import type { Context } from './context.ts';
import { attempt } from './neighbourhood.ts';
import type { Outcome, Part, Parts } from './parts.ts';
import { polish, Standing } from './standing.ts';
import { windowOf } from './window.ts';

export type PartLimits = {
  /** The effort that it may take. */
  effort: number;
  unit: number;
};

/** Arcs of graphs that take a unit of effort to build. */
const arcsAnEffort = 2000;

/**
 * Solves a part of a roster as a problem of its own, with graphs of its days alone: people begin it in the states their days before leave
 * them in, and pay exactly what it costs them behind. Gives the better roster where there is one. A part that cannot be made (its graphs
 * are too large) counts as all the effort it may take, so that shorter ones come before it.
 */
export function solvePart(
  context: Context,
  best: Standing,
  { places, from, to }: Part,
  { effort, unit }: PartLimits,
): { outcome: Outcome; found?: Standing } {
  const roster = best.days.map((days) => days.slice());
  const part = windowOf(context.model, roster, from, to, false, { isOver: context.isOver, places });
  if (typeof part === 'number') {
    context.effort.spent += effort;
    return { outcome: 'gave up' };
  }
  for (const { graph } of part.people) context.effort.spent += graph.arcClass.length / arcsAnEffort;
  const standing = new Standing(
    part,
    places.map((place) => (roster[place] as Uint8Array).slice(from, to)),
  );
  const all = places.map((_, index) => index);
  const inside: Context = { ...context, model: part };
  const { outcome } = attempt(inside, standing, { places: all }, [], { effort, unit });
  if (outcome !== 'better') return { outcome };
  polish(standing, context.pricer, all, context.isOver);
  standing.days.forEach((days, index) => roster[places[index] as number]?.set(days, from));
  return { outcome, found: new Standing(context.model, roster) };
}

/** A roster with one part solved, where that is better. */
export function withPartSolved(
  context: Context,
  standing: Standing,
  parts: Parts,
  unit: number,
): Standing | undefined {
  const { effort, random } = context;
  const part = parts.choose(standing, random);
  const began = effort.spent;
  const { outcome, found } = solvePart(context, standing, part, { effort: parts.mostEffort, unit });
  const gained = found === undefined ? 0 : standing.total() - found.total();
  parts.learn(part, { outcome, gained, spent: effort.spent - began });
  return found;
}
