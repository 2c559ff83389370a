import { countVisits, endVisits } from '../../access/sign-in/index.ts';
import { openAuditLog } from '../../audit/index.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/index.ts';
import { newId } from '../../platform/ids.ts';
import { operator, type CommandRecord } from '../on-record/index.ts';

const onError = (error: unknown): void => console.error(error);

/** Prints whose visits are open. */
export async function listVisits(db: Db, record: CommandRecord): Promise<number> {
  await record.note({ kind: 'search', resource: 'sign-in', rule: 'open-visits' });
  const all = await countVisits(db);
  if (all.length === 0) console.log('Nobody is signed in.');
  for (const { user, visits, lastSeen } of all)
    console.log(
      `${user}  ${visits} ${visits === 1 ? 'visit' : 'visits'}, last used ${lastSeen.toISOString()}`,
    );
  return 0;
}

/** Ends the visits of a user, or of everybody, in one transaction with its place in the audit log. */
export async function endThem(
  db: Db,
  dataDir: string,
  user: string | undefined,
  by?: string,
): Promise<number> {
  const { user: account, userName, purpose } = operator(by);
  const at = systemClock();
  const log = await openAuditLog({ db, dataDir, clock: systemClock, onError });
  try {
    const ended = await db.transaction(async (tx) => {
      const count = await endVisits(tx, user, { at, why: 'ended-by-operator' });
      const happening = {
        at,
        kind: 'sign-out',
        outcome: 'permitted',
        user: account,
        purpose,
        resource: 'sign-in',
        rule: user === undefined ? 'everybody-signed-out' : 'signed-out-by-operator',
        particulars: {
          ...(userName === undefined ? {} : { userName }),
          ...(user === undefined ? {} : { target: user }),
        },
      } as const;
      await log.append(tx, [happening], newId());
      return count;
    });
    await log.placeAll();
    console.log(`${ended} ${ended === 1 ? 'visit is' : 'visits are'} ended.`);
    return 0;
  } finally {
    await log.stop();
  }
}
