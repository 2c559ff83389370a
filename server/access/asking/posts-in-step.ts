import type { OrganisationId } from '../../organisations/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { pastWallDb, type Db } from '../../platform/db/index.ts';
import type { Identity } from '../sign-in/index.ts';
import { changePost, givePost, postsSaid } from '../store/posts.ts';
import { ukDay } from '../moments.ts';
import { sourceOfCode, type PartiesOn } from './parties.ts';
import { userIdOf } from './standing.ts';

/**
 * Keeps the posts of a member of staff in step with the roles their provider just proved: new ones are given, those it names no longer
 * end. What somebody else gave or ended stays as it is, so that nobody who was stopped here comes back by signing in.
 */
export function keepPostsInStep({
  db: walled,
  clock,
  partiesOn,
}: {
  db: Db;
  clock: Clock;
  partiesOn: PartiesOn;
}): (identity: Identity) => Promise<void> {
  const db = pastWallDb(walled, 'writing');
  return async (identity) => {
    if (identity.kind !== 'staff') return;
    const user = userIdOf(identity);
    const by = `provider:${identity.provider}`;
    const proved = new Map<string, { role: string; organisation: OrganisationId }>();
    const sources = identity.roles.map(({ organisation }) => sourceOfCode(organisation));
    const parties = await partiesOn(ukDay(clock().getTime()), sources);
    for (const { role, organisation: code } of identity.roles) {
      const organisation = parties.named(sourceOfCode(code))?.id;
      if (organisation !== undefined) proved.set(`${role} ${organisation}`, { role, organisation });
    }
    await db.transaction(async (tx) => {
      const at = clock();
      const kept = new Map(
        (await postsSaid(tx, user)).map((post) => [`${post.role} ${post.organisation}`, post]),
      );
      for (const [key, post] of kept) {
        const isOpen = post.to === null || post.to > at.getTime();
        if (post.saidBy !== by || isOpen === proved.has(key)) continue;
        await changePost(tx, post.id, { to: proved.has(key) ? null : at.getTime() }, { by, at });
      }
      for (const [key, { role, organisation }] of proved) {
        if (kept.has(key)) continue;
        const post = { user, kind: 'staff' as const, person: null, role, organisation, teams: [] };
        await givePost(tx, { ...post, from: at.getTime(), to: null }, { by, at });
      }
    });
  };
}
