import type { Json } from '../../record/types.ts';
import type { State } from './state.ts';

/** An element as new as the whole state is written without its time: said again the same, it is the same text. */
type Written = [weight: number, value: Json] | [weight: number, at: number, value: Json];

type WrittenState = Omit<State, 'at' | 'elements' | 'isInFull'> & { elements: Record<string, Written> };

/** What is held, as the text that is kept beside its newest time; empty when its time is all there is. */
export function textOfState({ at, elements, standing, moves }: State): string {
  const names = Object.keys(elements);
  if (names.length === 0 && standing === undefined && moves === undefined) return '';
  const written: WrittenState = { elements: {} };
  for (const name of names) {
    const [weight, time, value] = elements[name]!;
    written.elements[name] = time === at ? [weight, value] : [weight, time, value];
  }
  if (standing !== undefined) written.standing = standing;
  if (moves !== undefined) written.moves = moves;
  return JSON.stringify(written);
}

/** The state with this newest time and text. */
export function stateOfText(at: number, text: string | null): State {
  const state: State = { at, elements: {} };
  if (text === null) return state;
  const { elements, ...rest } = JSON.parse(text) as WrittenState;
  for (const [name, held] of Object.entries(elements)) {
    if (held.length === 3) {
      state.elements[name] = held;
      if (held[1] === at) state.isInFull = true;
    } else state.elements[name] = [held[0], at, held[1]];
  }
  return Object.assign(state, rest);
}
