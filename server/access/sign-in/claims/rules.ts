import { Problem } from '../../../platform/errors.ts';
import type { HeldRole, Identity } from '../types.ts';

/** Where a provider puts what we need: paths of names with dots, from the top of the claims; in a role, from the top of the role. */
export type ClaimMapping = {
  name: string[];
  roles?: { at: string; id?: string; organisation: string; role: string; roleName?: string };
  /** The id of the role chosen at the provider. */
  chosenRole?: string;
  nhsNumber?: string;
  birthDate?: string;
  assurance?: { at: string; levels?: Record<string, number> };
};

/** NHS CIS2: scopes nhsperson and nationalrbacaccess. Source: claims as NHS client programs use them; sub-fields unconfirmed. */
export const cis2: ClaimMapping = {
  name: ['display_name', 'name'],
  roles: {
    at: 'nhsid_nrbac_roles',
    id: 'person_roleid',
    organisation: 'org_code',
    role: 'role_code',
    roleName: 'role_name',
  },
  chosenRole: 'selected_roleid',
  assurance: { at: 'idassurancelevel' },
};

/** NHS login: scope profile. Only P9 has proved who somebody is. Source: NHS login, vectors of trust and scopes and claims. */
export const nhsLogin: ClaimMapping = {
  name: ['given_name family_name', 'family_name'],
  nhsNumber: 'nhs_number',
  birthDate: 'birthdate',
  assurance: { at: 'identity_proofing_level', levels: { P0: 0, P5: 5, P9: 9 } },
};

export const builtIn = { cis2, 'nhs-login': nhsLogin } as const;

export type ClaimRules = {
  provider: string;
  kind: Identity['kind'];
  mapping: ClaimMapping;
  /** Sign-in is refused below it. */
  leastAssurance: number;
};

type Claims = Record<string, unknown>;

/** Who signed in, read from verified claims. Throws a Problem in plain words when something that must be known is not said. */
export function readClaims(
  claims: Claims,
  rules: ClaimRules,
): { identity: Identity; chosen: HeldRole | undefined } {
  const { mapping } = rules;
  const assurance = assuranceOf(claims, mapping);
  if (assurance < rules.leastAssurance) throw refusals.assurance(rules.kind);
  const roles = rolesOf(claims, mapping);
  if (rules.kind === 'staff' && roles.length === 0) throw refusals.noRole();
  const nhsNumber = textAt(claims, mapping.nhsNumber);
  if (rules.kind === 'person' && nhsNumber === undefined) throw refusals.noNumber();
  const birthDate = textAt(claims, mapping.birthDate);
  const chosenId = textAt(claims, mapping.chosenRole);
  return {
    identity: {
      provider: rules.provider,
      issuer: String(claims['iss']),
      subject: String(claims['sub']),
      kind: rules.kind,
      name: nameOf(claims, mapping.name) ?? 'Name not given',
      assurance,
      roles,
      ...(nhsNumber === undefined ? {} : { nhsNumber }),
      ...(birthDate === undefined ? {} : { birthDate }),
    },
    chosen: roles.length === 1 ? roles[0] : roles.find(({ id }) => id === chosenId),
  };
}

const refusals = {
  assurance: (kind: Identity['kind']) =>
    new Problem('sign-in/assurance', 403, 'Your sign-in has not proved who you are strongly enough.', {
      wayOut:
        kind === 'person'
          ? 'Prove who you are in NHS login (level P9), then sign in again.'
          : 'Sign in with a method your organisation accepts for care records.',
    }),
  noRole: () =>
    new Problem('sign-in/no-role', 403, 'Your sign-in names no job in any organisation.', {
      wayOut: 'Ask the person who manages staff access in your organisation to add your role.',
    }),
  noNumber: () =>
    new Problem('sign-in/no-nhs-number', 403, 'Your sign-in does not say your NHS number.', {
      wayOut: 'Link your NHS number in NHS login, then sign in again.',
    }),
};

function assuranceOf(claims: Claims, mapping: ClaimMapping): number {
  if (mapping.assurance === undefined) return 0;
  const said = at(claims, mapping.assurance.at);
  const level = mapping.assurance.levels?.[String(said)] ?? Number(said ?? 0);
  return Number.isFinite(level) ? level : 0;
}

function rolesOf(claims: Claims, mapping: ClaimMapping): HeldRole[] {
  if (mapping.roles === undefined) return [];
  const { at: where, id, organisation, role, roleName } = mapping.roles;
  const said = at(claims, where);
  const held: HeldRole[] = [];
  for (const each of Array.isArray(said) ? said : []) {
    const code = textAt(each, role);
    const place = textAt(each, organisation);
    if (code === undefined || place === undefined) continue;
    const name = textAt(each, roleName);
    const job = jobCode(code);
    held.push({
      id: textAt(each, id) ?? `${place}:${job}`,
      organisation: place,
      role: job,
      ...(name === undefined ? {} : { roleName: name }),
    });
  }
  return held;
}

/** CIS2 writes a job role with its groups before it: S8000:G8000:R8000. */
function jobCode(code: string): string {
  return code.split(':').at(-1) as string;
}

function nameOf(claims: Claims, ways: readonly string[]): string | undefined {
  for (const way of ways) {
    const parts = way.split(' ').map((path) => textAt(claims, path));
    if (parts.every((part) => part !== undefined)) return parts.join(' ');
  }
  return undefined;
}

function textAt(value: unknown, path: string | undefined): string | undefined {
  const said = path === undefined ? undefined : at(value, path);
  return typeof said === 'string' && said.trim() !== '' ? said : undefined;
}

function at(value: unknown, path: string): unknown {
  let here = value;
  for (const name of path.split('.')) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined;
    here = (here as Claims)[name];
  }
  return here;
}
