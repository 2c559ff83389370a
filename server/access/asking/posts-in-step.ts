import { sourceOfCode, type OrganisationId } from '../../organisations/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Identity } from '../sign-in/index.ts';
import { changePost, givePost, postsSaid } from '../store/posts.ts';
import { ukDay } from '../moments.ts';
import type { PartiesOn } from './parties.ts';
import { userIdOf } from './standing.ts';

/** A post that was given or ended by signing in. */
export type PostChange = { act: 'post-given' | 'post-ended'; role: string; organisation: OrganisationId };

/** Brings posts in step, in the transaction of the sign-in. Gives what changed. */
export type InStep = (tx: Tx) => Promise<PostChange[]>;

/**
 * Keeps the posts of a member of staff in step with the roles their provider just proved: new ones are given, those it names no longer
 * end. What somebody else gave or ended stays as it is, so that nobody who was stopped here comes back by signing in. What the roles
 * name is looked up first.
 */
export function keepPostsInStep({
  clock,
  partiesOn,
}: {
  clock: Clock;
  partiesOn: PartiesOn;
}): (identity: Identity) => Promise<InStep> {
  return async (identity) => {
    if (identity.kind !== 'staff') return async () => [];
    const user = userIdOf(identity);
    const by = `provider:${identity.provider}`;
    const proved = new Map<string, { role: string; organisation: OrganisationId }>();
    const sources = identity.roles.map(({ organisation }) => sourceOfCode(organisation));
    const parties = await partiesOn(ukDay(clock().getTime()), sources);
    for (const { role, organisation: code } of identity.roles) {
      const organisation = parties.named(sourceOfCode(code))?.id;
      if (organisation !== undefined) proved.set(`${role} ${organisation}`, { role, organisation });
    }
    return async (tx) => {
      const at = clock();
      const changes: PostChange[] = [];
      const kept = new Map(
        (await postsSaid(tx, user)).map((post) => [`${post.role} ${post.organisation}`, post]),
      );
      for (const [key, post] of kept) {
        const isOpen = post.to === null || post.to > at.getTime();
        if (post.saidBy !== by || isOpen === proved.has(key)) continue;
        await changePost(tx, post.id, { to: proved.has(key) ? null : at.getTime() }, { by, at });
        const { role, organisation } = post;
        changes.push({ act: proved.has(key) ? 'post-given' : 'post-ended', role, organisation });
      }
      const person = [...kept.values()].find((post) => post.person !== null)?.person ?? null;
      for (const [key, { role, organisation }] of proved) {
        if (kept.has(key)) continue;
        const post = { user, kind: 'staff' as const, person, role, organisation, teams: [] };
        await givePost(tx, { ...post, from: at.getTime(), to: null }, { by, at });
        changes.push({ act: 'post-given', role, organisation });
      }
      return changes;
    };
  };
}
