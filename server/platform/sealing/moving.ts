import { randomBytes } from 'node:crypto';
import type { Db } from '../db/index.ts';
import { keeper, secretProblems, type Holding } from '../secrets/index.ts';
import { findKey, keyIn, sealingName } from './store.ts';

/** A sealing key, to be moved to a keeper of secrets and back. Only the owner of the tables can. */
export type SealingHolding = Holding & { readonly purpose: string };

/** The sealing keys of this database. */
export async function sealingHoldings(owner: Db): Promise<SealingHolding[]> {
  const rows = await owner.query<{ purpose: string }>(
    'select purpose from platform.sealing_key order by purpose',
  );
  return rows.map(({ purpose }) => holding(owner, purpose, sealingName(purpose)));
}

function holding(owner: Db, purpose: string, name: string): SealingHolding {
  return {
    purpose,
    name,
    about: `seals: ${purpose}`,
    home: 'the database',
    atHome: async () => (await findKey(owner, purpose))?.key?.toString('base64url'),
    async bring(value) {
      await owner.query('update platform.sealing_key set key = $2 where purpose = $1', [
        purpose,
        keyIn(value, name),
      ]);
    },
    async leave(value) {
      await owner.query('update platform.sealing_key set key = null where purpose = $1 and key = $2', [
        purpose,
        keyIn(value, name),
      ]);
      // Else the row as it was stays in the table's file until something else is written there.
      await owner.query('vacuum full platform.sealing_key');
    },
  };
}

/** Gives a purpose a new key. What was sealed with the one before does not open any more, as soon as servers are started anew. */
export async function changeSealingKey(
  { name, atHome, bring }: SealingHolding,
  key: Buffer = randomBytes(32),
): Promise<void> {
  const fresh = key.toString('base64url');
  if ((await atHome()) !== undefined) return bring(fresh);
  const outside = await keeper();
  if (outside === undefined) throw secretProblems.noKeeper(name);
  await outside.change(name, fresh);
  await outside.endFormer(name);
}
