import type { Json, Resource } from '../../record/types.ts';
import type { Elements, Move, Standing, Claim } from '../types.ts';

/** How strong a value is: first the weight of the message it came with, then when it was so. */
type Stamp = [weight: number, at: number];

/**
 * What is held of one resource to judge the next message about it: each element with its stamp. It is the same whatever the order
 * in which messages came, as long as their times differ.
 */
export type State = {
  /** The newest time of anything that is held. */
  at: number;
  /** It was written by an older program, with each time in full. */
  isInFull?: true;
  elements: Record<string, [...Stamp, Json]>;
  standing?: [...Stamp, Standing];
  moves?: [at: number, Move][];
};

/** `current`: all that a claim said is now held. `late`: something newer stood, in part or whole. */
export type Freshness = 'current' | 'late';

/**
 * How much of what is held is not as it was. `nothing`; `times`: all that was as new as the state was said again, the same, so that
 * only the newest time is another, or not even that; else `more`.
 */
export type News = 'nothing' | 'times' | 'more';

/** What is held after a claim, and whether the resource that follows from it is another one. */
export type Heard = { state: State; freshness: Freshness; isChanged: boolean; news: News };

/** Adds a claim to what is held. Gives a new state; the old one is not changed. */
export function hear(state: State | undefined, said: Claim): Heard {
  if (said.whole) return hearWhole(state, said);
  const next: State = {
    at: Math.max(state?.at ?? said.at, said.at),
    elements: { ...state?.elements },
  };
  let isLate = false;
  const isFirst = state === undefined || said.standing !== undefined || said.move !== undefined;
  let isChanged = isFirst;
  let taken = 0;
  let isAsBefore = true;
  for (const [name, value] of Object.entries(said.elements)) {
    const held = next.elements[name];
    if (held === undefined || isNewer(said, held)) {
      taken += 1;
      next.elements[name] = [said.weight, said.at, value];
      const isOther = held === undefined || !isSame(held[2], value);
      isChanged ||= isOther;
      if (isOther || held[0] !== said.weight || held[1] !== state?.at) isAsBefore = false;
    } else if (said.weight === held[0]) isLate = true;
  }
  const standing = newerStanding(state?.standing, said);
  if (standing !== undefined) next.standing = standing;
  const moves = said.move === undefined ? state?.moves : withMove(state?.moves ?? [], said.at, said.move);
  if (moves !== undefined) next.moves = moves;
  const freshness = isLate ? 'late' : 'current';
  if (state === undefined || isFirst) return { state: next, freshness, isChanged, news: 'more' };
  if (taken === 0) return { state, freshness, isChanged, news: 'nothing' };
  const isOnlyTimes = isAsBefore && state.isInFull !== true && newestIn(state) === taken;
  return { state: next, freshness, isChanged, news: isOnlyTimes ? 'times' : 'more' };
}

/** How many elements are as new as the state. */
function newestIn({ at, elements }: State): number {
  let newest = 0;
  for (const name in elements) if (elements[name]![1] === at) newest += 1;
  return newest;
}

/** A newer claim of the whole replaces an older one. Its elements need not be kept: only its time decides. */
function hearWhole(state: State | undefined, said: Claim): Heard {
  if (state !== undefined && said.at < state.at)
    return { state, freshness: 'late', isChanged: false, news: 'nothing' };
  return { state: { at: said.at, elements: {} }, freshness: 'current', isChanged: true, news: 'more' };
}

/** Tells whether two values are the same text as JSON. Most are, and are not written out for it. */
export const isSame = (a: Json, b: Json): boolean => isAlike(a, b) || JSON.stringify(a) === JSON.stringify(b);

function isAlike(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((each, index) => isAlike(each, b[index]));
  if (Array.isArray(b)) return false;
  const names = Object.keys(a);
  const others = Object.keys(b);
  return (
    names.length === others.length &&
    names.every((name, index) => name === others[index] && isAlike(a[name], b[name]))
  );
}

const isNewer = (said: Claim, [weight, at]: readonly [number, number, ...unknown[]]): boolean =>
  said.weight > weight || (said.weight === weight && said.at >= at);

/** Being merged or standing alone is decided by time alone. */
function newerStanding(held: State['standing'], said: Claim): State['standing'] {
  if (said.standing === undefined) return held;
  return held === undefined || said.at >= held[1] ? [1, said.at, said.standing] : held;
}

function withMove(moves: [number, Move][], at: number, move: Move): [number, Move][] {
  const text = JSON.stringify(move);
  if (moves.some(([when, other]) => when === at && JSON.stringify(other) === text)) return moves;
  const before = moves.filter(([when]) => when <= at);
  return [...before, [at, move], ...moves.slice(before.length)];
}

/** The elements as they stand, without those taken away. */
export function elementsIn(state: State): Elements {
  const elements: Elements = {};
  for (const [name, [, , value]] of Object.entries(state.elements))
    if (value !== null) elements[name] = value;
  return elements;
}

/** The Patient a patient was merged into, or linked to; undefined while it stands by itself. */
export function joinedTo(state: State | undefined): { kind: 'merged' | 'linked'; into: string } | undefined {
  const standing = state?.standing?.[2];
  return standing === undefined || standing.kind === 'separate' ? undefined : standing;
}

/** What the earlier resource keeps for itself when another takes its place. */
const notInherited = new Set(['meta', 'identifier', 'partOf']);

/** What is held of a resource, with what was held of the one it was before; of each element the newer. */
export function inherit(state: State | undefined, before: State): State {
  const elements = { ...state?.elements };
  for (const [name, held] of Object.entries(before.elements)) {
    const own = elements[name];
    const wins = own === undefined || held[0] > own[0] || (held[0] === own[0] && held[1] > own[1]);
    if (wins && !notInherited.has(name) && held[2] !== 'entered-in-error') elements[name] = held;
  }
  const moves = (before.moves ?? []).reduce((all, [at, move]) => withMove(all, at, move), state?.moves ?? []);
  return {
    at: Math.max(state?.at ?? before.at, before.at),
    elements,
    ...(state?.standing === undefined ? {} : { standing: state.standing }),
    ...(moves.length === 0 ? {} : { moves }),
  };
}

/** A resource as it is stored: type and id first. */
export const resourceOf = (type: string, id: string, elements: Elements): Resource => ({
  resourceType: type,
  id,
  ...elements,
});
