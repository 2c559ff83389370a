import { hash } from 'node:crypto';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/index.ts';
import type { Keys } from '../log/keys.ts';
import { readNote } from '../verifier/index.ts';
import { judge, readWish, type Verdict } from './rules.ts';
import { followedLogs, keepCosigned, lockFollowed } from './store.ts';

export type WitnessAnswer = { status: number; type: string; body: string };

const plain = 'text/plain; charset=utf-8';

/**
 * Answers a log that asks to have its checkpoint co-signed. What was co-signed is kept before the answer leaves, under a lock, so
 * that two requests at once never make a witness sign two histories. `name` is what the witness calls itself.
 */
export async function cosign(
  { db, keys, clock, name }: { db: Db; keys: Keys; clock: Clock; name: string },
  body: string,
): Promise<WitnessAnswer> {
  const wish = readWish(body);
  if (wish === undefined) return { status: 400, type: plain, body: 'This is not a request to co-sign.\n' };
  const signer = await keys.witnessSigner(name);
  return db.transaction(async (tx) => {
    const verdict = await judge(wish, await lockFollowed(tx, wish.checkpoint.origin));
    if (!verdict.sign) return refusal(verdict);
    const { text } = readNote(wish.note);
    const line = signer.sign(text, clock());
    await keepCosigned(tx, wish.checkpoint.origin, wish.checkpoint.size, wish.note + line);
    return { status: 200, type: plain, body: line };
  });
}

function refusal(verdict: Exclude<Verdict, { sign: true }>): WitnessAnswer {
  return verdict.size === undefined
    ? { status: verdict.status, type: plain, body: `${verdict.reason}\n` }
    : { status: 409, type: 'text/x.tlog.size', body: `${verdict.size}\n` };
}

/** The last checkpoint that was co-signed of the log whose origin has this SHA-256 hash. */
export async function lastCosigned(db: Db, originHash: string): Promise<string | undefined> {
  const logs = await followedLogs(db);
  return logs.find(({ origin }) => hash('sha256', origin) === originHash)?.note ?? undefined;
}
