import type { Flaw } from './errors/table.ts';
import type { Detail } from './feeds/person-story.ts';
import { makeHousehold } from './lives/household.ts';
import { Spool, type Part } from './output/spool.ts';
import type { FeedKind } from './place/types.ts';
import { tellPerson } from './tell-person.ts';
import { makeWorld, type Question, type World } from './world.ts';

/** A run of neighbouring households. */
export type Range = { first: number; end: number };

export type RangeCount = { people: number; numbers: number };

export type RangeTold = {
  parts: Part[];
  people: number;
  alive: number;
  /** People living in each small area on the last day. */
  alivePerLsoa: Int32Array;
  recordsPerKind: Partial<Record<FeedKind, number>>;
  errorsPerKind: Partial<Record<FeedKind, Partial<Record<Flaw, number>>>>;
  scenarios: Record<string, number>;
};

/** The world of a question, made once. */
const worlds = new Map<string, World>();
export function worldOf(question: Question): World {
  const key = JSON.stringify(question);
  let world = worlds.get(key);
  if (world === undefined) worlds.set(key, (world = makeWorld(question)));
  return world;
}

/** How many people and numbers a range needs: what comes after it is numbered on from there. */
export function countRange(question: Question, { first, end }: Range): RangeCount {
  const world = worldOf(question);
  const count = { people: 0, numbers: 0 };
  for (let index = first; index < end; index++) {
    const household = makeHousehold(world, index);
    count.people += household.people.length;
    count.numbers += household.numbers;
  }
  return count;
}

/** What is to be told of a range, and where. */
export type Telling = {
  question: Question;
  range: Range;
  /** Place of the range's first number in the row of all numbers. */
  firstNumber: number;
  folder: string;
  kinds: readonly FeedKind[];
  detail: Detail;
};

const progressEvery = 200;

/** Writes everything about the people of a range into a folder of its own. */
export function tellRange(telling: Telling, progress: (households: number) => void): RangeTold {
  const { question, range, folder, detail } = telling;
  const world = worldOf(question);
  const kinds = new Set(telling.kinds);
  const spool = new Spool(folder);
  const told: RangeTold = {
    parts: [],
    people: 0,
    alive: 0,
    alivePerLsoa: new Int32Array(world.land.lsoas.length),
    recordsPerKind: {},
    errorsPerKind: {},
    scenarios: {},
  };
  let { firstNumber } = telling;
  for (let index = range.first; index < range.end; index++) {
    const household = makeHousehold(world, index);
    const placed = { household, firstNumber };
    if (household.scenario !== undefined)
      told.scenarios[household.scenario] = (told.scenarios[household.scenario] ?? 0) + 1;
    for (const person of household.people) {
      told.people++;
      const isHere =
        person.born <= world.until && person.hereTo > world.until && (person.died ?? Infinity) > world.until;
      if (isHere) {
        told.alive++;
        const { lsoa } = person.stays.at(-1)!.address;
        if (lsoa !== undefined) told.alivePerLsoa[lsoa.index]!++;
      }
      tellPerson(
        {
          world,
          detail,
          kinds,
          write: (file, at, text) => spool.add(file, at, text),
          count({ partner, errors }) {
            const kind = partner.sends!;
            told.recordsPerKind[kind] = (told.recordsPerKind[kind] ?? 0) + 1;
            const tally = (told.errorsPerKind[kind] ??= {});
            for (const error of errors) tally[error] = (tally[error] ?? 0) + 1;
          },
        },
        placed,
        person,
      );
    }
    firstNumber += household.numbers;
    if ((index - range.first) % progressEvery === progressEvery - 1) progress(progressEvery);
  }
  progress((range.end - range.first) % progressEvery);
  told.parts = spool.close();
  return told;
}
