import type { Db } from '../../platform/db/index.ts';
import type { Day } from '../../organisations/index.ts';
import { compile } from '../policy/compile.ts';
import { shippedPolicy } from '../policy/read.ts';
import type { CompiledPolicy } from '../compiled.ts';
import type { PersonId, UserId } from '../types.ts';
import { holdingsOf, type Holdings, type KeptPost } from './posts.ts';
import { readFacts, type KeptFacts, type Named } from './read.ts';
import { heldRules } from './held-rules.ts';
import type { Rules } from './rules.ts';
import { rulesSubject, versionsOf } from './versions.ts';

/** All that a decision needs and this room keeps, of one moment. */
export type Known = { posts: readonly KeptPost[]; facts: KeptFacts; policy: CompiledPolicy };

/** The same of several people. */
export type KnownOfMany = Omit<Known, 'facts'> & { facts: ReadonlyMap<PersonId, KeptFacts> };

type When = { at: number; day: Day };

export type Desk = {
  /**
   * What is known of a user and a person now. The person is read each time; what the user holds and the rules are kept, and used
   * only while the versions read with the person say that they still stand. So a change counts from its commit on.
   */
  know(ask: { user: UserId } & Named & When): Promise<Known>;
  /** The same of several people, or of none, in one statement. */
  knowMany(ask: { user: UserId; people: readonly Named[] } & When): Promise<KnownOfMany>;
  /** The policy in force on a day, as rules are now. */
  policy(day: Day): Promise<CompiledPolicy>;
};

/** How many users' roles are kept in memory. */
const usersKept = 20_000;

export function openDesk(db: Db): Desk {
  const held = new Map<UserId, Holdings>();
  let rules: Rules | undefined;

  const holdings = async (user: UserId, version: number): Promise<Holdings> => {
    const kept = held.get(user);
    if (kept?.version === version) return kept;
    const fresh = await holdingsOf(db, user);
    if (held.size >= usersKept) held.delete(held.keys().next().value!);
    held.set(user, fresh);
    return fresh;
  };

  const policyOn = async (day: Day, version: number): Promise<CompiledPolicy> => {
    if (rules?.version !== version) rules = await heldRules(db);
    return compiledOn(day, rules);
  };

  const knowMany: Desk['knowMany'] = async ({ user, people, at, day }) => {
    const reading = await readFacts(db, user, people, at);
    const [{ posts }, policy] = await Promise.all([
      holdings(user, reading.userVersion),
      policyOn(day, reading.rulesVersion),
    ]);
    return { posts, facts: reading.facts, policy };
  };

  return {
    knowMany,
    policy: async (day) => policyOn(day, (await versionsOf(db, rulesSubject)).rulesVersion),
    async know({ user, person, patientIds, at, day }) {
      const { facts, ...rest } = await knowMany({ user, people: [{ person, patientIds }], at, day });
      return { ...rest, facts: facts.get(person)! };
    },
  };
}

const compiled = new WeakMap<Rules, Map<string, CompiledPolicy>>();

/** Rules stay the same object as long as they stand, so each is compiled once, whoever asks. */
function compiledOn(day: Day, rules: Rules): CompiledPolicy {
  const policy = rules.policies.find(({ from }) => from <= day) ?? shippedPolicy();
  let ready = compiled.get(rules);
  if (ready === undefined) compiled.set(rules, (ready = new Map<string, CompiledPolicy>()));
  let own = ready.get(policy.version);
  if (own === undefined) ready.set(policy.version, (own = compile(policy, rules.agreements)));
  return own;
}
