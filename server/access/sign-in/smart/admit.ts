import type { Tx } from '../../../platform/db/index.ts';
import { changePost, givePost, holdingsOf } from '../../store/posts.ts';
import type { Saying } from '../../store/facts.ts';
import { endClient, insertClient, type Client } from './clients.ts';

/** Registers a program or app. A program gets the post in which it acts: its role for the organisation that answers for it. */
export async function admitClient(
  tx: Tx,
  client: Client,
  post: { role: string; organisationId: string } | undefined,
  saying: Saying,
): Promise<void> {
  await insertClient(tx, client);
  if (post === undefined) return;
  const kept = {
    user: client.clientId,
    kind: 'program' as const,
    person: null,
    role: post.role,
    organisation: post.organisationId,
    teams: [],
    from: client.from.getTime(),
    to: client.to?.getTime() ?? null,
  };
  await givePost(tx, kept, saying);
}

/** Ends a registration and the posts with it, from `at` on. False when there is none in force. */
export async function dismissClient(tx: Tx, clientId: string, saying: Saying): Promise<boolean> {
  const ended = await endClient(tx, clientId, saying.at);
  const at = saying.at.getTime();
  const { posts } = await holdingsOf(tx, clientId);
  for (const { id, kind, to } of posts)
    if (kind === 'program' && (to === null || to > at)) await changePost(tx, id, { to: at }, saying);
  return ended;
}
