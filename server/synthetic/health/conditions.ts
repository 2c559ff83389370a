import { yearsOn, type Day } from '../calendar.ts';
import type { Person } from '../lives/types.ts';
import type { Random } from '../random.ts';
import type { World } from '../world.ts';
import { chanceOf, registers, type Register } from './registers.ts';

export type Condition = { register: Register; onset: Day };

/** The long-term conditions of a person by the last day, earliest first. */
export function conditionsOf(world: World, random: Random, person: Person): Condition[] {
  const end = Math.min(world.until, person.died ?? world.until);
  const age = yearsOn(end, person.born);
  const decile = person.stays.at(-1)!.address.lsoa?.imdDecile ?? 1;
  const isMan = person.sexes[0]!.sex === 'M';
  const conditions: Condition[] = [];
  registers.forEach((register, at) => {
    const chance = chanceOf(at, age, isMan, decile);
    if (chance === 0 || !random.chance(Math.min(0.97, chance * weightOf(person.need, chance)))) return;
    const years = Math.min(-Math.log(1 - random.unit()) * register.years, age - firstAge(register));
    conditions.push({
      register,
      onset: Math.max(person.born + 30, Math.floor(end - Math.max(0.02, years) * 365.25)),
    });
  });
  return conditions.sort((a, b) => a.onset - b.onset);
}

/** Where most people of an age have it, need matters less. The mean stays 1: need is log-normal with a spread of 0.7. */
const weightOf = (need: number, chance: number): number => (chance < 0.15 ? need : Math.sqrt(need) * 1.063);

const firstAge = (register: Register): number => register.byAge[0]![0];
