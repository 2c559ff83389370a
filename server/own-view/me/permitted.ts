import { reasonsToTell, type Decision, type Action, type Piece, type Viewing } from '../../access/index.ts';
import { Problem } from '../../platform/errors.ts';

/** Goes on when this is permitted; else throws a Problem that says which rule refuses and how to ask. */
export async function mustBePermitted(
  viewing: Viewing,
  action: Action,
  ...pieces: readonly Piece[]
): Promise<void> {
  const decisions = await viewing.decide(action, pieces);
  if (decisions.length === 0 || decisions.some(({ effect }) => effect !== 'permit'))
    throw refusalOf(decisions);
}

/** What to tell of decisions that do not permit: nothing where one of them is to be silent. */
export function refusalOf(decisions: readonly Decision[]): Problem {
  const standing =
    decisions.find(({ silent }) => silent) ?? decisions.find(({ effect }) => effect !== 'permit');
  if (standing?.silent === true) return nothingHere();
  const [reason] = standing === undefined ? [] : reasonsToTell(standing);
  return new Problem('access/refused', 403, reason?.says ?? 'You may not see this.', {
    ...(reason === undefined ? {} : { place: reason.rule }),
    wayOut: reason?.wayOut ?? 'Ask your GP practice.',
  });
}

/** What is said of what is not there, and of what is to be kept silent about: in the same words. */
export const nothingHere = (): Problem =>
  new Problem('own-view/nothing-here', 404, 'There is nothing here.', {
    wayOut: 'Go back to your record and choose again.',
  });
