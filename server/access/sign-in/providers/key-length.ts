import { dayOf } from '../../../organisations/index.ts';
import type { Clock } from '../../../platform/clock.ts';
import { partKeys, type ShortKey, type ShortRsa } from '../keys/strength.ts';
import type { Ask } from '../outgoing.ts';

/** Where a provider publishes its keys, and which of them were left out for their length. */
export type KeyWatch = { keysAt: string | undefined; short: ShortKey[] };

/** Asks as `ask` does; of a provider's keys only those come back that are long enough. */
export function withoutShortKeys(
  ask: Ask,
  watch: KeyWatch,
  exception: () => ShortRsa | undefined,
  clock: Clock,
): Ask {
  return async (address, options) => {
    const answer = await ask(address, options);
    if (String(address) !== watch.keysAt || !answer.ok) return answer;
    const { taken, short } = await keysIn(answer, exception(), clock());
    watch.short = short;
    return taken;
  };
}

/** An answer with keys, without those that are too short on a day. One that holds no keys stays as it is. */
export async function keysIn(
  answer: Response,
  exception: ShortRsa | undefined,
  now: Date,
): Promise<{ taken: Response; short: ShortKey[] }> {
  const text = await answer.text();
  const headers = { 'content-type': answer.headers.get('content-type') ?? 'application/json' };
  const again = (body: string): Response => new Response(body, { status: answer.status, headers });
  const set = parsed(text);
  if (!Array.isArray(set?.keys)) return { taken: again(text), short: [] };
  const { taken, short } = partKeys(set.keys, exception, dayOf(now));
  return { taken: again(JSON.stringify({ ...set, keys: taken })), short };
}

function parsed(text: string): { keys?: unknown } | undefined {
  try {
    return JSON.parse(text) as { keys?: unknown };
  } catch {
    return undefined;
  }
}
