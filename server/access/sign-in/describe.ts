import { createOrganisations, dayOf, sourceOfCode } from '../../organisations/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/index.ts';
import { shippedPolicy } from '../policy/read.ts';
import type { Policy } from '../policy/schema.ts';
import { rulesNow } from '../store/rules.ts';
import type { HeldRole } from './types.ts';

/**
 * A held role in words. `profile` is the sort of work it is in the policy of the day, null when the policy does not know it; `parts`
 * are the parts of OpenICS that it may look at.
 */
export type RoleInWords = {
  id: string;
  organisation: string;
  organisationName: string;
  role: string;
  roleName: string;
  profile: string | null;
  /** Why this role usually looks at records. */
  usualPurpose: string | null;
  parts: string[];
};

export type Describe = (roles: readonly HeldRole[]) => Promise<RoleInWords[]>;

/** What the organisation of a code is called today; the code where nobody knows it. */
export function createOrganisationNames(db: Db, clock: Clock): (code: string) => Promise<string> {
  const organisations = createOrganisations(db);
  return async (code) => {
    const known = await organisations.organisationBySource(sourceOfCode(code));
    const found =
      known === undefined ? undefined : await organisations.findOrganisation(known, dayOf(clock()));
    return found?.name ?? code;
  };
}

/** Menus follow a changed policy after this long. What may be seen is decided anew each time, and not here. */
const policyKeptMs = 60_000;

/** Gives what says held roles in words: organisations as they are called today, roles as the policy names them. */
export function createDescribe(db: Db, clock: Clock): Describe {
  const nameOf = createOrganisationNames(db, clock);
  let kept: { policies: Promise<Policy[]>; at: number } | undefined;

  const policies = (): Promise<Policy[]> => {
    if (kept !== undefined && performance.now() - kept.at < policyKeptMs) return kept.policies;
    const fresh = { policies: rulesNow(db).then((rules) => rules.policies), at: performance.now() };
    kept = fresh;
    fresh.policies.catch(() => {
      if (kept === fresh) kept = undefined;
    });
    return fresh.policies;
  };

  return async (roles) => {
    const day = dayOf(clock());
    const policy = (await policies()).find(({ from }) => from <= day) ?? shippedPolicy();
    return Promise.all(
      roles.map(async ({ id, organisation, role, roleName }) => {
        const profile = policy.profiles.find((each) => each.roles.some(({ code }) => code === role));
        const named = profile?.roles.find(({ code }) => code === role)?.name;
        return {
          id,
          organisation,
          organisationName: await nameOf(organisation),
          role,
          roleName: roleName ?? named ?? role,
          profile: profile?.profile ?? null,
          usualPurpose: profile?.usualPurpose ?? null,
          parts: partsOf(policy, profile?.profile),
        };
      }),
    );
  };
}

const partsOf = ({ parts }: Policy, profile: string | undefined): string[] =>
  parts
    .filter(({ see }) => see === null || (profile !== undefined && see.includes(profile)))
    .map(({ part }) => part);
