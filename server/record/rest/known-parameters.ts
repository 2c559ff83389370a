import { Problem } from '../../platform/errors.ts';
import type { Call } from './call.ts';

const always = ['_format', '_pretty', '_summary', '_elements'];

/** Refuses parameters that an interaction does not know, where the client wants to be told: `Prefer: handling=strict`. */
export function requireKnown(call: Call, known: readonly string[]): void {
  if (call.prefer.handling !== 'strict') return;
  const unknown = call.query.find(([name]) => !always.includes(name) && !known.includes(name));
  if (unknown === undefined) return;
  throw new Problem('rest/unknown-parameter', 400, 'A parameter is not known here.', {
    place: unknown[0],
    wayOut: 'Leave the parameter out, or ask with Prefer: handling=lenient.',
  });
}
