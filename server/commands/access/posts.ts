import {
  changePost,
  givePost,
  namePost,
  postsSaid,
  rulesNow,
  shippedPolicy,
  type KeptPost,
} from '../../access/index.ts';
import { createOrganisations, dayOf } from '../../organisations/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Act } from '../on-record/index.ts';
import {
  byWord,
  needed,
  organisationIn,
  patientsOf,
  spanIn,
  spanInWords,
  wrong,
  type Asked,
} from './asked.ts';

/** Joiners, movers and leavers. What is given or ended here stays so, whatever somebody's provider says when they sign in. */
export const posts = byWord('USER', { give, end, name }, list);

async function list({ db, clock, record }: Asked, who: string | undefined): Promise<number> {
  const user = needed('USER', who);
  await record.note({ kind: 'search', resource: 'Post', rule: 'posts-listed', target: user });
  const held = await postsSaid(db, user);
  if (held.length === 0) console.log(`Nothing is known of ${user}.`);
  const organisations = createOrganisations(db);
  const today = dayOf(clock());
  for (const post of held) {
    const where = (await organisations.findOrganisation(post.organisation, today))?.name ?? post.organisation;
    const also = [...post.teams, ...(post.person === null ? [] : ['known as a person of the record'])];
    console.log(`${post.role.padEnd(20)} ${where}, ${spanInWords(post)}, said by ${post.saidBy}`);
    if (also.length > 0) console.log(`    ${also.join(', ')}`);
  }
  return 0;
}

async function give(asked: Asked, user: string): Promise<number> {
  const { db, record, given } = asked;
  const role = needed('--role', given.role);
  const organisation = await organisationIn(db, given.organisation);
  const { policies } = await rulesNow(db);
  const known = [...policies, shippedPolicy()].flatMap(({ profiles }) =>
    profiles.flatMap(({ roles }) => roles),
  );
  if (!known.some(({ code }) => code === role)) throw wrong('--role', `No policy knows the role ${role}.`);
  const held = await postsSaid(db, user);
  const at = asked.clock();
  const person = held.find((each) => each.person !== null)?.person ?? null;
  const post = {
    user,
    kind: 'staff',
    person,
    role,
    organisation,
    teams: given.team ?? [],
    ...spanIn(asked),
  } as const;
  const same = held.filter((each) => isIn(each, post) && isOpen(each, at));
  await changed(asked, async (tx) => {
    for (const { id } of same) await changePost(tx, id, { to: post.from }, { by: record.who.user, at });
    await givePost(tx, post, { by: record.who.user, at });
    return [actOf('post-given', user, post)];
  });
  console.log(`${user} holds ${role}, ${spanInWords(post)}.`);
  return 0;
}

async function end(asked: Asked, user: string): Promise<number> {
  const { db, record, given } = asked;
  const at = asked.clock();
  const isOne = given.role !== undefined || given.organisation !== undefined;
  const one = isOne
    ? { role: needed('--role', given.role), organisation: await organisationIn(db, given.organisation) }
    : undefined;
  const held = (await postsSaid(db, user)).filter(
    (each) => isOpen(each, at) && (one === undefined || isIn(each, one)),
  );
  if (held.length === 0) throw wrong('USER', `${user} holds nothing of that kind now.`);
  await changed(asked, async (tx) => {
    for (const { id } of held) await changePost(tx, id, { to: at.getTime() }, { by: record.who.user, at });
    return held.map((post) => actOf('post-ended', user, post));
  });
  console.log(
    `${held.length} ${held.length === 1 ? 'post is' : 'posts are'} ended. Signing in again gives none back.`,
  );
  return 0;
}

async function name(asked: Asked, user: string): Promise<number> {
  const { db, given } = asked;
  const person = needed('--person', given.person);
  await patientsOf(db, '--person', person);
  const at = asked.clock();
  const held = await postsSaid(db, user);
  if (held.length === 0)
    throw wrong('USER', `${user} holds no post yet. They get theirs when they first sign in.`);
  await changed(asked, async (tx) => {
    await namePost(tx, user, person, { by: asked.record.who.user, at });
    return [{ kind: 'policy', resource: 'Post', rule: 'post-named', person, target: user }];
  });
  console.log(`${user} is known as a person of the record.`);
  return 0;
}

const isIn = (post: KeptPost, { role, organisation }: Pick<KeptPost, 'role' | 'organisation'>): boolean =>
  post.role === role && post.organisation === organisation;
const isOpen = ({ to }: KeptPost, at: Date): boolean => to === null || to > at.getTime();

const actOf = (rule: string, target: string, { role, organisation }: Omit<KeptPost, 'id'>): Act => ({
  kind: 'policy',
  resource: 'Post',
  rule,
  organisation,
  target,
  query: role,
});

const changed = ({ db, record }: Asked, work: (tx: Tx) => Promise<Act[]>): Promise<void> =>
  db.transaction(async (tx) => record.put(tx, ...(await work(tx))));
