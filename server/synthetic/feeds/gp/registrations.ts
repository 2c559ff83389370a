import type { Day } from '../../calendar.ts';
import type { Person } from '../../lives/types.ts';
import type { Lsoa, Partner } from '../../place/types.ts';
import { Random } from '../../random.ts';
import type { World } from '../../world.ts';

/** A person on a practice's list, from a day and perhaps to one. */
export type Registration = { practice: Partner; from: Day; to: Day | undefined };

/** The practice people of an area mostly choose: the nearest along the map, or one of its two neighbours. */
function practiceFor(world: World, random: Random, lsoa: Lsoa): Partner {
  const practices = world.partnersWho('gp');
  const nearest = Math.floor((lsoa.index * practices.length) / world.land.lsoas.length);
  const way = random.unit();
  const step = way < 0.7 ? 0 : way < 0.85 ? 1 : -1;
  return practices[Math.max(0, Math.min(practices.length - 1, nearest + step))]!;
}

const nearEnough = (world: World, practice: Partner, lsoa: Lsoa): boolean => {
  const reach = (2 * world.land.lsoas.length) / world.partnersWho('gp').length;
  return Math.abs(practice.lsoa.index - lsoa.index) <= reach;
};

/** Where someone was registered in the years told. Who moves far changes practice after a while; a few never register. */
export function registrationsOf(world: World, random: Random, person: Person): Registration[] {
  const registrations: Registration[] = [];
  const opens = (lsoa: Lsoa, from: Day): void => {
    const practice = practiceFor(world, random, lsoa);
    const before = registrations.at(-1);
    if (before !== undefined) {
      if (before.practice === practice) return;
      before.to = from;
    }
    registrations.push({ practice, from, to: undefined });
  };
  for (const { from, address } of person.stays) {
    const { lsoa } = address;
    if (lsoa === undefined || address.kind === 'prison') continue;
    const current = registrations.at(-1);
    if (current !== undefined && nearEnough(world, current.practice, lsoa)) continue;
    if (current === undefined && from > world.from && person.born < from && random.chance(0.04)) continue;
    const delay =
      person.born === from
        ? random.between(2, 40)
        : current === undefined
          ? random.between(1, 60)
          : random.between(3, 120);
    const day = from + delay;
    if (day < person.hereTo && day <= world.until) opens(lsoa, day);
  }
  for (const { from } of person.identities.slice(1)) {
    // A sealed change makes a new record at the practice; nothing in it tells of the old one.
    const current = registrations.at(-1);
    if (current === undefined || from >= person.hereTo || current.from >= from) continue;
    current.to = from;
    registrations.push({ practice: current.practice, from, to: undefined });
  }
  const last = registrations.at(-1);
  if (last !== undefined && person.hereTo <= world.until && person.died === undefined)
    last.to = Math.min(world.until, person.hereTo + random.between(10, 200));
  return registrations.filter(({ from, to }) => to === undefined || to > Math.max(from, world.from));
}
