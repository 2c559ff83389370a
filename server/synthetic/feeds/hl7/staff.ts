import { Random } from '../../random.ts';
import { familyName, givenName } from '../../names/communities.ts';

export type Consultant = readonly [code: string, family: string, given: string];

const perSpecialty = 4;
const known = new Map<string, Consultant[]>();

/** One of the few consultants of a specialty at a trust: the same names whoever asks. */
export function consultantFor(seed: number, facility: string, specialty: string, draw: number): Consultant {
  const key = `${seed}/${facility}/${specialty}`;
  let all = known.get(key);
  if (all === undefined) {
    const number = [...facility].reduce((sum, sign) => sum * 37 + sign.charCodeAt(0), 7) % 100_000;
    all = Array.from({ length: perSpecialty }, (_, i): Consultant => {
      const random = new Random(seed, 0xc0a5, number, Number(specialty), i);
      const community = random.pick([
        'british',
        'british',
        'gujarati',
        'nigerian',
        'pakistani',
        'irish',
      ] as const);
      const sex = random.chance(0.45) ? 'F' : 'M';
      const code = `C9${String(number * 100 + Number(specialty) + i)
        .padStart(6, '0')
        .slice(-6)}`;
      return [code, familyName(random, community), givenName(random, community, sex, 1975)];
    });
    known.set(key, all);
  }
  return all[draw % perSpecialty]!;
}
