import { writeFileSync } from 'node:fs';
import { addPolicy, policyFrom, rulesNow, shippedPolicy, ukDay, type Policy } from '../../access/index.ts';
import { jsonIn, needed, wrong, type Asked, type Work } from './asked.ts';

/** Versions of the policy. One that came with OpenICS holds until another one's first day. */
export const policy: Work = async (asked) => {
  const [act, file] = asked.words;
  if (act === undefined) return list(asked);
  if (act === 'write') {
    writeFileSync(needed('FILE', file), `${JSON.stringify(await inForce(asked), null, 2)}\n`, { flag: 'wx' });
    console.log('Give it a version of its own and the day from which it is to hold; then load it.');
    return 0;
  }
  if (act === 'load') return load(asked, policyFrom(jsonIn('FILE', file)));
  throw wrong('policy', `There is no "access policy ${act}".`);
};

const all = async ({ db }: Asked): Promise<Policy[]> => [...(await rulesNow(db)).policies, shippedPolicy()];

/** The version that holds today: the last that has begun, else the one that came with OpenICS. */
async function inForce(asked: Asked): Promise<Policy> {
  const today = ukDay(asked.clock().getTime());
  return (await all(asked)).find(({ from }) => from <= today) ?? shippedPolicy();
}

async function list(asked: Asked): Promise<number> {
  const { version: now } = await inForce(asked);
  for (const { version, from } of await all(asked))
    console.log(`${version.padEnd(24)} from ${from}${version === now ? '  in force' : ''}`);
  return 0;
}

async function load(asked: Asked, fresh: Policy): Promise<number> {
  const { version, from } = fresh;
  if ((await all(asked)).some((each) => each.version === version))
    throw wrong('FILE', `There is a version ${version} already. Give this one a name of its own.`);
  const { db, clock, record } = asked;
  await db.transaction((tx) => addPolicy(tx, fresh, { by: record.who.user, at: clock() }));
  console.log(`${version} holds from ${from}.`);
  return 0;
}
