import { Problem } from '../../../platform/errors.ts';
import type { Definitions } from '../../definitions/index.ts';
import type { TypeParams } from '../parameters/types.ts';

/** What conditions are worked out with: the definitions, and look-ups in the database. */
export type Context = {
  definitions: Definitions;
  params(type: string): TypeParams;
  /** The address of this server: references below it are relative. */
  baseUrl: string;
  /** Milliseconds since 1970, for `ap`. */
  now: number;
  lookUp: LookUp;
};

export type LookUp = {
  /** Patient ids of resources, by rid and type. */
  patientIdsOf(rids: string[], type: number): Promise<string[]>;
  /** Tokens of dictionary entries of these parameters whose value begins with one of the texts, or is one, or contains it as the start of a word. */
  wordings(
    type: number,
    params: number[],
    match: 'is' | 'start' | 'word',
    values: string[],
  ): Promise<{ token: string; value: string }[]>;
  /** Unit hashes by code or by unit as written. */
  units(text: string): Promise<string[]>;
  unitsOfSystem(system: string, code: string): Promise<string[]>;
  /** Content of the current List with this rid. */
  listContent(rid: string): Promise<string | undefined>;
};

/** A value that cannot be read. */
export function broken(place: string, text: string): Problem {
  return new Problem('search/invalid', 400, text, { place, wayOut: 'Mend the value and ask again.' });
}

/** A question that needs what is not here, such as a terminology server. */
export function notHere(place: string, text: string): Problem {
  return new Problem('search/not-supported', 400, text, {
    place,
    wayOut: 'Ask in another way, with the codes themselves.',
  });
}
