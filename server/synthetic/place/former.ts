import { isoDay, type Day } from '../calendar.ts';
import type { Land } from './land.ts';
import type { Partner } from './types.ts';

/** What became of partners in the years told. What they are now is in `partners.ts`; here is what they were before. */
export type Former = {
  organisations: object[];
  events: object[];
  /** What a partner was called, belonged to and when it began, where that was otherwise at first. */
  names: ReadonlyMap<string, string>;
  memberships: ReadonlyMap<string, Partner['memberships']>;
  began: ReadonlyMap<string, string>;
};

/**
 * As in England: commissioning groups became the board; a practice merged into its neighbour; one went over to another network, which
 * was renamed; a care home closed.
 */
export function formerOf(land: Land, partners: readonly Partner[], from: Day): Former {
  const on = (days: number): string => isoDay(from + days);
  const groups = land.places.map(({ code, name, index }) => ({
    id: `ccg-${String(index + 1).padStart(2, '0')}`,
    kind: 'sub-icb',
    name: `NHS ${name} Clinical Commissioning Group`,
    odsCode: `ZZC${String(index + 1).padStart(2, '0')}`,
    from: on(0),
    memberships: [{ body: code, kind: 'member' }],
  }));
  const practices = partners.filter(({ kind }) => kind === 'gp-practice');
  const [first] = practices;
  const [network] = first!.memberships;
  const mover = practices.find(({ memberships }) => memberships[0]!.body !== network!.body);
  const { neighbourhood } = first!.lsoa;
  const networkName = partners.find(({ id }) => id === network!.body)!.name;
  return {
    names: new Map([[network!.body, networkName.replace('Primary', 'and District Primary')]]),
    began: new Map([['icb', on(457)]]),
    memberships: new Map(
      mover === undefined ? [] : [[mover.id, [network!, ...mover.memberships.slice(1)]] as const],
    ),
    organisations: [
      ...groups,
      {
        id: 'gp-former-001',
        kind: 'gp-practice',
        name: `Old ${neighbourhood.name} Surgery`,
        odsCode: 'ZZH001',
        from: on(0),
        memberships: [network, { body: neighbourhood.code, kind: 'serves' }],
        services: [{ name: 'General practice', kind: 'general-practice' }],
      },
      {
        id: 'care-home-former-001',
        kind: 'care-home',
        name: `${neighbourhood.name} Lodge Care Home`,
        odsCode: 'ZZH002',
        from: on(0),
        memberships: [{ body: neighbourhood.place.code, kind: 'member' }],
        services: [{ name: 'Residential care', kind: 'residential-care' }],
      },
    ],
    events: [
      { kind: 'merge', on: on(457), from: groups.map(({ id }) => id), to: 'icb' },
      ...(mover === undefined
        ? []
        : [
            {
              kind: 'transfer',
              on: on(730),
              from: network!.body,
              to: mover.memberships[0]!.body,
              takes: [mover.id],
            },
          ]),
      { kind: 'merge', on: on(915), from: 'gp-former-001', to: first!.id },
      { kind: 'rename', on: on(1096), from: network!.body, name: networkName },
      { kind: 'close', on: on(1200), from: 'care-home-former-001' },
    ],
  };
}
