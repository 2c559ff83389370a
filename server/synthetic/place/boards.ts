import { isoDay, type Day } from '../calendar.ts';
import type { Land } from './land.ts';
import type { Partner } from './types.ts';

type Seat = { body: string; kind: 'member' };

const partnership = 'integrated-care-partnership';
const collaborative = 'provider-collaborative';
const board = (place: number): string => `health-and-wellbeing-board-${String(place + 1).padStart(2, '0')}`;
const inPartnership = new Set(['icb', 'council', 'nhs-trust', 'voluntary']);

/** The bodies in which partners sit together: the partnership and the collaborative of the system, a health and wellbeing board for each council. */
export function boardsOf({ system, places }: Land, from: Day): object[] {
  const inSystem = [{ body: system.code, kind: 'member' }];
  return [
    {
      id: partnership,
      kind: 'integrated-care-partnership',
      name: `${system.name} Integrated Care Partnership`,
      from: isoDay(from + 457),
      memberships: inSystem,
    },
    {
      id: collaborative,
      kind: 'provider-collaborative',
      name: `${system.name} Provider Collaborative`,
      from: isoDay(from + 600),
      memberships: [...inSystem, { body: 'acute-1', kind: 'hosted-by' }],
    },
    ...places.map(({ code, name, index }) => ({
      id: board(index),
      kind: 'health-and-wellbeing-board',
      name: `${name} Health and Wellbeing Board`,
      from: isoDay(from),
      memberships: [{ body: code, kind: 'member' }],
    })),
  ];
}

/** Where a partner sits beside what it belongs to. */
export function seatsOf({ places }: Land, { kind, lsoa }: Partner): Seat[] {
  const own = board(lsoa.neighbourhood.place.index);
  const bodies = [
    ...(inPartnership.has(kind) ? [partnership] : []),
    ...(kind === 'nhs-trust' ? [collaborative] : []),
    ...(kind === 'icb' ? places.map(({ index }) => board(index)) : []),
    ...(kind === 'council' || kind === 'voluntary' ? [own] : []),
  ];
  return bodies.map((body) => ({ body, kind: 'member' }));
}
