import { Keys } from '../../audit/index.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/index.ts';
import { changePassword, passwordHolding, scramOf } from '../../platform/postgres/index.ts';
import { changeSealingKey, sealingHoldings } from '../../platform/sealing/index.ts';
import type { Holding } from '../../platform/secrets/index.ts';

/** A secret that the program made for itself. `change` gives it a new value; `changesBy` says what does instead. */
export type Own = Holding & ({ change(): Promise<void> } | { changesBy: string });

/** All of them: of the database, of its data folder where the embedded PostgreSQL is used, and of the audit log. */
export async function ownSecrets(owner: Db, dataDir: string): Promise<Own[]> {
  const signing = await new Keys(owner, dataDir, systemClock).holdings();
  const password = process.env['DATABASE_URL'] ? undefined : passwordHolding(dataDir);
  const sealing = await sealingHoldings(owner);
  const sealsFiles = (await Promise.all(signing.map((key) => key.atHome()))).some(Boolean);
  return [
    ...(password === undefined
      ? []
      : [{ ...password, change: () => changePassword(dataDir, (to) => tellPassword(owner, to)) }]),
    ...sealing.map((key) =>
      key.purpose === 'audit-keys' && sealsFiles
        ? { ...key, changesBy: './openics secrets move first: it seals private keys in the data folder.' }
        : { ...key, change: () => changeSealingKey(key) },
    ),
    ...signing.map((key) => ({ ...key, changesBy: './openics audit rotate' })),
  ];
}

/** `alter role` takes no bound values; `format` quotes as PostgreSQL wants it. */
async function tellPassword(owner: Db, password: string): Promise<void> {
  const [statement] = await owner.query<{ text: string }>(
    `select format('alter role %I password %L', current_user, $1::text) as text`,
    [scramOf(password)],
  );
  await owner.query(statement!.text);
}
