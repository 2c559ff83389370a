import type { Random } from '../random.ts';

const starts =
  `Ash Barrow Beck Birch Black Brack Brad Brook Carl Castle Chal Cold Cran Dog Down Dun East Elder Fal Fen Field
  Fox Gal Gold Gras Hal Har Hazel Heath High Hol Hurst Ing Kel Kings Lang Lark Lin Long Marsh Mel Mid Mill Moor Nether New
  North Oak Old Pen Pool Quay Raven Red Rush Salt Sand Sea Shel Silver South Stan Stone Sut Swan Thorn Tide Under Wal Water
  West Whit Wick Wind Wood Wren Yar`.split(/\s+/);
const ends =
  `bank beck borough bourne bridge burgh bury by cliffe combe cote croft dale den fleet ford gate ham haven holme
  hurst leigh ley mere mouth ness port ridge shaw stead stoke stow thorpe ton wick wold worth`.split(/\s+/);
const streetFirst =
  `High Church Station Mill Park Victoria Green School Queen King New Chapel North South West East Manor
  George York Alexandra Grange Albert Springfield Windsor Stanley Richmond Kingsway Broad Meadow Orchard Chestnut Cedar Oak
  Elm Beech Willow Hawthorn Poplar Lime Maple Harbour Quay Fisher Market Castle Priory Abbey Bridge River Hill Field Wood
  Cross Nelson Wellington Clarence Albion Cambridge Oxford Lincoln Derby Norfolk Suffolk Cromwell Milton Tennyson Byron
  Shelley Keats Wordsworth Ruskin Turner Constable Darwin Newton Faraday Brunel Stephenson`.split(/\s+/);
const streetLast =
  `Road Street Lane Avenue Close Drive Way Crescent Gardens Terrace Court Grove Place Walk Rise`.split(/\s+/);

/** So many made-up English-sounding names of towns and districts, each once. Some may be real by chance. */
export function townNames(random: Random, count: number): string[] {
  const names = new Set<string>();
  while (names.size < count) {
    const start = random.pick(starts);
    const end = random.pick(ends);
    const isOdd = start.toLowerCase() === end || start.at(-1) === end[0];
    if (isOdd) continue;
    const name = start + end;
    const isFull = names.size > starts.length * 12;
    names.add(isFull ? `${random.pick(['Great', 'Little', 'Upper', 'Lower', 'St'])} ${name}` : name);
  }
  return [...names];
}

/** The street at a number; the same number gives the same street. */
export function streetName(number: number): string {
  const first = streetFirst[number % streetFirst.length]!;
  const last = streetLast[Math.floor(number / streetFirst.length + number * 7) % streetLast.length]!;
  return `${first} ${last}`;
}
