import { readFileSync } from 'node:fs';
import { createOrganisations, isDay, organisationBehind, sourceOfCode } from '../../organisations/index.ts';
import { linksOfPerson } from '../../people/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import type { CommandRecord } from '../on-record/index.ts';

/** What was said at the command line. */
export type AccessOptions = Partial<
  Record<
    'by' | 'from' | 'kind' | 'organisation' | 'person' | 'proxy' | 'reason' | 'role' | 'to' | 'user',
    string
  >
> & { team?: string[] | undefined };

export type Asked = {
  db: Db;
  clock: Clock;
  record: CommandRecord;
  words: readonly string[];
  given: AccessOptions;
};

/** Does what was asked, prints what became of it, and gives the exit code. */
export type Work = (asked: Asked) => Promise<number>;

/** The same, of what the second word names. */
export type WorkOn = (asked: Asked, what: string) => Promise<number>;

/** Something else than what the command can do, or with too little said. */
export const wrong = (place: string, message: string): Problem =>
  new Problem('access/use', 400, message, {
    place,
    wayOut: './openics access --help shows what is needed.',
  });

/** A word or option that must be there. */
export function needed(place: string, text: string | undefined): string {
  if (text === undefined || text.trim() === '') throw wrong(place, `Say ${place}.`);
  return text.trim();
}

/** Does the act that the first word says, on the `place` that the second names. Where it says no act, `otherwise` is done. */
export const byWord =
  (
    place: string,
    acts: Readonly<Record<string, WorkOn>>,
    otherwise: (asked: Asked, first: string | undefined) => Promise<number>,
  ): Work =>
  async (asked) => {
    const [first, second] = asked.words;
    const act = Object.entries(acts).find(([word]) => word === first)?.[1];
    return act === undefined ? otherwise(asked, first) : act(asked, needed(place, second));
  };

/** One of some words. */
export function oneOf<Word extends string>(
  place: string,
  text: string | undefined,
  words: readonly Word[],
): Word {
  const found = words.find((word) => word === text);
  if (found === undefined) throw wrong(place, `Say ${place}: ${words.join(', ')}.`);
  return found;
}

/** The beginning of a day that was said; undefined where none was. */
export function dayIn(place: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!isDay(text)) throw wrong(place, `${text} is no day. It looks like 2026-04-01.`);
  return Date.parse(text);
}

/** From when to when something holds: from now and without end, unless said. */
export function spanIn({ clock, given: { from, to } }: Pick<Asked, 'clock' | 'given'>): {
  from: number;
  to: number | null;
} {
  const span = { from: dayIn('--from', from) ?? clock().getTime(), to: dayIn('--to', to) ?? null };
  if (span.to !== null && span.to <= span.from) throw wrong('--to', 'It would end before it begins.');
  return span;
}

/** The organisation of a code: an ODS code, or the code of the local directory. */
export async function organisationIn(db: Db, code: string | undefined): Promise<string> {
  const said = needed('--organisation', code);
  const found = await organisationBehind(createOrganisations(db), sourceOfCode(said));
  if (found === undefined) throw wrong('--organisation', `No organisation with the code ${said} is known.`);
  return found;
}

/** Every record of a person, by the person's id. What is stated under each of them outlasts a parting of the records. */
export async function patientsOf(db: Db, place: string, person: string | undefined): Promise<string[]> {
  const said = needed(place, person);
  const isId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(said);
  const found = isId ? (await linksOfPerson(db, said)).map(({ patientId }) => patientId).toSorted() : [];
  if (found.length === 0)
    throw new Problem('access/no-such-person', 404, 'There is no such person.', {
      place,
      wayOut: 'Give the id in the address of the person’s page: records may have been joined since.',
    });
  return found;
}

/** What stands in a JSON file. */
export function jsonIn(place: string, file: string | undefined): unknown {
  const said = needed(place, file);
  try {
    return JSON.parse(readFileSync(said, 'utf8'));
  } catch {
    throw wrong(place, 'The file cannot be read, or is not JSON.');
  }
}

export const dayOfMoment = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** From when to when, in words. */
export const spanInWords = ({ from, to }: { from: number; to: number | null }): string =>
  `from ${dayOfMoment(from)}${to === null ? '' : ` to ${new Date(to).toISOString()}`}`;
