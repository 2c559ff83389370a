import { reasonsToTell, type Decision } from '../../access/index.ts';
import { Problem } from '../../platform/errors.ts';
import { isDoneHere } from './sight.ts';

/** True when it may be shown: it is permitted, and all that is asked for besides can be done here. */
export const isOpen = (decision: Decision): boolean => decision.effect === 'permit' && isDoneHere(decision);

/** The refusal for what may not be shown: which rule, and how to ask. A silent one is for the caller to put in its own words. */
export function refusalOf(decision: Decision): Problem {
  const reasons = reasonsToTell(decision);
  const says = decision.effect === 'permit' ? [notInThisForm] : reasons.map((reason) => reason.says);
  const waysOut = reasons.flatMap(({ wayOut }) => wayOut ?? []);
  const code = decision.effect === 'break-glass' ? 'access/break-glass' : 'access/refused';
  return new Problem(code, 403, says.join(' '), {
    ...(waysOut.length > 0 && { wayOut: [...new Set(waysOut)].join(' ') }),
  });
}

const notInThisForm = 'You may use this for your purpose, but not in the form in which the record holds it.';
