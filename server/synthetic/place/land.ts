import { communities, communityShares, type Community } from '../names/communities.ts';
import { Random } from '../random.ts';
import { island, type Cut } from './grid.ts';
import { streetName, townNames } from './names.ts';
import { districts, noFixedAbodePostcode, postcode, postcodesADistrict } from './postcodes.ts';
import type { Address, Lsoa, Neighbourhood, Place } from './types.ts';

const homesAPostcode = 15;
/** Homes for those who move, beside those taken at the beginning. */
const spareShare = 0.4;
const peopleASquareKm = 330;

export type Land = {
  system: { code: string; name: string };
  places: Place[];
  neighbourhoods: Neighbourhood[];
  lsoas: Lsoa[];
};

const limited = (value: number, low: number, high: number): number =>
  Math.max(low, Math.min(high, Math.round(value)));
const padded = (number: number, digits: number): string => String(number).padStart(digits, '0');

/** The made-up area for so many people in so many homes. */
export function makeLand(seed: number, people: number, homes: number): Land {
  const random = new Random(seed, 0x1a4d);
  const lsoaCount = limited(people / 1_550, Math.min(48, Math.max(4, Math.floor(people / 25))), 200_000);
  const placeCount = Math.min(limited(people / 220_000 + 1, 2, 12), lsoaCount);
  const neighbourhoodCount = limited(people / 40_000, Math.min(placeCount * 3, lsoaCount), lsoaCount);
  const names = townNames(random, placeCount + neighbourhoodCount);
  const places = Array.from({ length: placeCount }, (_, index) => ({
    index,
    code: `ZZP${padded(index + 1, 2)}`,
    name: names[index]!,
  }));
  const neighbourhoods = Array.from({ length: neighbourhoodCount }, (_, index) => ({
    index,
    code: `ZZN${padded(index + 1, 3)}`,
    name: names[placeCount + index]!,
    place: places[Math.floor((index * placeCount) / neighbourhoodCount)]!,
  }));
  const cells = island(
    seed,
    lsoaCount,
    placeCount,
    Math.max(80, people / peopleASquareKm),
    cutAt(lsoaCount, neighbourhoodCount, placeCount),
  );
  const deciles = deprivation(
    random,
    cells.map((cell) => cell.urban),
    neighbourhoodCount,
  );
  let district = 0;
  let used = 0;
  let place: Place | undefined;
  const lsoas = cells.map((cell, index): Lsoa => {
    const neighbourhood = neighbourhoods[Math.floor((index * neighbourhoodCount) / lsoaCount)]!;
    const first = Math.ceil((index * homes) / lsoaCount);
    const own = Math.ceil(((index + 1) * homes) / lsoaCount) - first;
    const slots = Math.ceil(own * (1 + spareShare)) + 2;
    const postcodes = Math.ceil(slots / homesAPostcode);
    if ((place !== undefined && place !== neighbourhood.place) || used + postcodes > postcodesADistrict) {
      district = (district + 1) % districts;
      used = 0;
    }
    place = neighbourhood.place;
    const firstPostcode = used;
    used += postcodes;
    const within = index - Math.ceil((neighbourhood.index * lsoaCount) / neighbourhoodCount);
    return {
      index,
      code: `ZZL${padded(index + 1, 6)}`,
      name: `${neighbourhood.name} ${padded(Math.floor(within / 5) + 1, 3)}${'ABCDE'[within % 5]}`,
      neighbourhood,
      cell,
      imdDecile: deciles[index]!,
      shares: sharesIn(seed, neighbourhood.index, cell.urban),
      homes: own,
      slots,
      district,
      firstPostcode,
      postcodes,
    };
  });
  return { system: { code: 'ZZS1', name: 'Doggerland' }, places, neighbourhoods, lsoas };
}

/** Cuts between places first, then between neighbourhoods, then in the middle. */
function cutAt(lsoas: number, neighbourhoods: number, places: number): Cut {
  const startOf = (neighbourhood: number): number => Math.ceil((neighbourhood * lsoas) / neighbourhoods);
  const ofPlaces = Array.from({ length: places }, (_, i) =>
    startOf(Math.ceil((i * neighbourhoods) / places)),
  );
  const bounds = [ofPlaces, Array.from({ length: neighbourhoods }, (_, i) => startOf(i))];
  return (first, end) => {
    const middle = Math.floor((first + end) / 2);
    const inside = bounds
      .map((all) => all.filter((bound) => bound > first && bound < end))
      .find(({ length }) => length > 0);
    const nearer = (best: number, bound: number): number =>
      Math.abs(bound - middle) < Math.abs(best - middle) ? bound : best;
    return inside?.reduce(nearer) ?? middle;
  };
}

/** Deciles of equal size: towns are more often deprived, and deprived areas lie together. */
function deprivation(random: Random, urban: number[], neighbourhoods: number): number[] {
  const level = Array.from({ length: neighbourhoods }, () => random.normal());
  const scores = urban.map(
    (share, i) =>
      1.4 * share + 0.8 * level[Math.floor((i * neighbourhoods) / urban.length)]! + 0.5 * random.normal(),
  );
  const order = scores.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  const deciles: number[] = [];
  order.forEach((i, rank) => (deciles[i] = Math.floor((rank * 10) / urban.length) + 1));
  return deciles;
}

/** Communities live nearer to each other than chance would have it, and more in towns. */
function sharesIn(seed: number, neighbourhood: number, urban: number): Map<Community, number> {
  const random = new Random(seed, 0xe7, neighbourhood);
  const shares = new Map<Community, number>();
  for (const community of communities) {
    const gathered = Math.exp(0.9 * random.normal() - 0.4);
    const share = communityShares[community];
    shares.set(community, community === 'british' ? share : share * gathered * (0.55 + 1.3 * urban));
  }
  return shares;
}

/** The home at a slot of a small area. */
export function homeAt(lsoa: Lsoa, slot: number): Address {
  const at = Math.min(lsoa.postcodes - 1, Math.floor(slot / homesAPostcode));
  const street = streetName(lsoa.index * 31 + (at >> 1) * 7);
  const number = 1 + (slot % homesAPostcode) * 2 + (at % 2) + (at >> 2) * 4;
  const isFlat = (lsoa.index + at * 5) % 7 === 0;
  const line = isFlat ? `Flat ${1 + (slot % 6)}, ${number} ${street}` : `${number} ${street}`;
  return {
    kind: 'home',
    line,
    town: lsoa.neighbourhood.name,
    postcode: postcode(lsoa.district, lsoa.firstPostcode + at),
    lsoa,
  };
}

export const noFixedAbode: Address = {
  kind: 'none',
  line: 'No fixed abode',
  town: '',
  postcode: noFixedAbodePostcode,
  lsoa: undefined,
};
