import { reasonsToTell, type Decision, type Action, type Piece, type Viewing } from '../../access/index.ts';
import { Problem } from '../../platform/errors.ts';

/** Goes on when this is permitted; else throws a Problem that says which rule refuses and how to ask. */
export async function mustBePermitted(viewing: Viewing, action: Action, piece: Piece): Promise<void> {
  const [decision] = await viewing.decide(action, [piece]);
  if (decision?.effect !== 'permit') throw refusal(decision);
}

function refusal(decision: Decision | undefined): Problem {
  const [reason] = decision === undefined ? [] : reasonsToTell(decision);
  if (decision?.silent === true) return new Problem('own-view/nothing-here', 404, 'There is nothing here.');
  return new Problem('access/refused', 403, reason?.says ?? 'You may not see this.', {
    ...(reason === undefined ? {} : { place: reason.rule }),
    wayOut: reason?.wayOut ?? 'Ask your GP practice.',
  });
}
