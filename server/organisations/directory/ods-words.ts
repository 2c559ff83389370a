import type { Kind, MembershipKind } from '../types.ts';

/**
 * What roles of the Organisation Data Service make an organisation, most telling first. Sources: the examples of the Organisation Data
 * Terminology API (RO177 with RO76, RO141, RO167, RO197, RO209, RO318), the ODS catalogue (RO98, RO261, RO327). From memory and to be confirmed
 * against the code system: RO7, RO157, RO172, RO182, RO272, RO319.
 */
const kindOfRole: readonly (readonly [role: string, kind: Kind])[] = [
  ['RO318', 'icb'],
  ['RO261', 'icb'],
  ['RO319', 'sub-icb'],
  ['RO327', 'sub-icb'],
  ['RO98', 'sub-icb'],
  ['RO272', 'pcn'],
  ['RO76', 'gp-practice'],
  ['RO197', 'nhs-trust'],
  ['RO209', 'region'],
  ['RO141', 'council'],
  ['RO182', 'pharmacy'],
  ['RO7', 'hospice'],
  ['RO157', 'independent-provider'],
  ['RO172', 'independent-provider'],
];

export function kindOfRoles(roles: readonly string[]): Kind {
  return kindOfRole.find(([role]) => roles.includes(role))?.[1] ?? 'other';
}

/**
 * What an ODS relationship says of membership. RE5 is geography, which is not membership of an Integrated Care System. Others, such as
 * RE10 (nominated payee), say nothing of it. Source: examples of the Organisation Data Terminology API.
 */
const membershipOfRelationship: Readonly<Record<string, MembershipKind>> = {
  RE2: 'part-of',
  RE4: 'commissioned-by',
  RE5: 'located-in',
  RE6: 'hosted-by',
  RE8: 'member',
  RE11: 'member',
};

export const membershipOf = (relationship: string): MembershipKind | undefined =>
  membershipOfRelationship[relationship];
