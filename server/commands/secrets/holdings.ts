import { randomBytes } from 'node:crypto';
import { Keys } from '../../audit/index.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/index.ts';
import { changePassword, passwordHolding, scramOf } from '../../platform/postgres/index.ts';
import { changeSealingKey, sealingHoldings, type SealingHolding } from '../../platform/sealing/index.ts';
import type { Holding } from '../../platform/secrets/index.ts';

/** A secret that the program made for itself. `change` gives it a new value; `changesBy` says what does instead. */
export type Own = Holding & ({ change(): Promise<void> } | { changesBy: string });

/** All of them: of the database, of its data folder where the embedded PostgreSQL is used, and of the audit log. */
export async function ownSecrets(owner: Db, dataDir: string): Promise<Own[]> {
  const keys = new Keys(owner, dataDir, systemClock);
  const signing = await keys.holdings();
  const password = process.env['DATABASE_URL'] ? undefined : passwordHolding(dataDir);
  const sealing = await sealingHoldings(owner);
  return [
    ...(password === undefined
      ? []
      : [{ ...password, change: () => changePassword(dataDir, (to) => tellPassword(owner, to)) }]),
    ...sealing.map((key) => ({
      ...key,
      change: () => (key.purpose === 'audit-keys' ? changeKeyOfKeys(keys, key) : changeSealingKey(key)),
    })),
    ...signing.map((key) => ({ ...key, changesBy: './openics audit rotate' })),
  ];
}

/** What it seals in the data folder opens at each step, with the key of before or the new one. */
async function changeKeyOfKeys(keys: Keys, key: SealingHolding): Promise<void> {
  const fresh = randomBytes(32);
  await keys.sealAlso(fresh);
  await changeSealingKey(key, fresh);
  for (const { atHome, bring } of await keys.holdings()) {
    const value = await atHome();
    if (value !== undefined) await bring(value);
  }
}

/** `alter role` takes no bound values; `format` quotes as PostgreSQL wants it. */
async function tellPassword(owner: Db, password: string): Promise<void> {
  const [statement] = await owner.query<{ text: string }>(
    `select format('alter role %I password %L', current_user, $1::text) as text`,
    [scramOf(password)],
  );
  await owner.query(statement!.text);
}
