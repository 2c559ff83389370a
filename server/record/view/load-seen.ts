/** Loads a person's record as one request sees it: hidden entries go before anything is joined. */
import { createHash, hash } from 'node:crypto';
import { LatestFew } from '../../platform/latest-few.ts';
import type { Sight } from '../pieces/index.ts';
import { homeOf } from '../rid.ts';
import type { StoredResource } from '../types.ts';
import { read, type Heads, type Loaded } from './load.ts';
import { isPersonOpen } from './seen.ts';
import type { FiledText, ViewServices } from './services.ts';

type Name = { type: string; id: string };

/** What was made of the rows that somebody saw. Whoever sees the same rows in the same form is given the same. */
type Made = { names: readonly Name[]; sources: string[]; views: Map<string, Loaded> };

/** A person's record as it was read, before anybody's sight: rows, and what was made of those that were seen. */
type Reading = {
  patientIds: readonly string[];
  heads: Heads;
  patients: FiledText[];
  texts: FiledText[];
  /** Organisations, staff and products that it names, and where these are filed or would be. */
  outside: Map<string, StoredResource | undefined>;
  homes: Set<string>;
  made: Map<string, Made>;
};

/** So many ways of seeing one person are kept. */
const mostViews = 8;

/**
 * Makes the loader of what is seen. Rows are kept as long as the counts of changes of their patients stand, and are decided on for each
 * request anew. What is kept leaves only where the counts of those patients came through the second wall in the same request.
 * `keepCharacters` bounds the stored text of the records that are kept.
 *
 * The loader gives undefined when there is no such person for whoever asks; it throws a Problem (403) with the rule and the way out when
 * they may know of the person but not see them.
 */
export function createSeenLoader(
  services: ViewServices,
  keepCharacters = 8 * 1024 * 1024,
): (sight: Sight, personId: string) => Promise<Loaded | undefined> {
  const kept = new LatestFew<Reading>(keepCharacters);

  const load = async (sight: Sight, personId: string): Promise<Loaded | undefined> => {
    const patientIds = await services.patientsOf(personId);
    if (patientIds.length === 0) return undefined;
    const heads = new Map(await services.headsOf(patientIds));
    const found = kept.get(personId);
    const known = found !== undefined && stands(found, patientIds, heads) ? found : undefined;
    const patients = known?.patients ?? (await services.patientsToJudge(patientIds));
    if (!(await isPersonOpen(sight, patients))) return undefined;
    if (known !== undefined && stands(known, patientIds, await services.headsThroughWall(patientIds)))
      return (await seenBefore(known, sight)) ?? seenAfresh(known, sight);
    const texts = await services.recordOf(patientIds);
    const outside = new Map<string, StoredResource | undefined>();
    const reading: Reading = {
      patientIds,
      heads,
      patients,
      texts,
      outside,
      homes: new Set(),
      made: new Map(),
    };
    const loaded = await seenAfresh(reading, sight);
    const size = texts.reduce((sum, { content }) => sum + content.length, 0);
    if (stands(reading, patientIds, await services.headsThroughWall(patientIds)))
      kept.set(personId, reading, size);
    return loaded;
  };

  /** What was made before of the rows that this request sees, where nothing outside of the record changed; else undefined. */
  const seenBefore = async (reading: Reading, sight: Sight): Promise<Loaded | undefined> => {
    const made = reading.made.get((await shownOf(reading.texts, sight)).form);
    if (made === undefined) return undefined;
    const outside = made.names.flatMap((name) => reading.outside.get(keyOf(name)) ?? []);
    const { seen, form } = await shownOf(outside, sight);
    const shown = [...new Set(seen.map(({ patientId }) => patientId))];
    const others = [...new Set(made.names.map(homeOfName))].filter((home) => !shown.includes(home));
    const [through, past] = await Promise.all([services.headsThroughWall(shown), services.headsOf(others)]);
    const isOpen = shown.every((home) => through.has(home));
    if (!isOpen || !areAlike(shown, through, reading.heads) || !areAlike(others, past, reading.heads))
      return undefined;
    return made.views.get(await viewKey(form, made.sources));
  };

  const seenAfresh = async (reading: Reading, sight: Sight): Promise<Loaded> => {
    const { seen, form } = await shownOf(reading.texts, sight);
    const digest = createHash('sha256');
    for (const { content, source } of seen) digest.update(`${source} ${content}\n`);
    const names: Name[] = [];
    const sources = new Set<string>();
    const watched: ViewServices = {
      ...services,
      async headsOf(homes) {
        const now = await services.headsOf(homes);
        const known = homes.filter((home) => reading.homes.has(home));
        if (!areAlike(known, now, reading.heads)) reading.made.clear();
        for (const home of homes) reading.homes.add(home);
        return now;
      },
      async readMany(wanted) {
        const { found, forms } = await outsideOf(services, sight, wanted);
        for (const [index, name] of wanted.entries()) {
          names.push(name);
          reading.outside.set(keyOf(name), found[index]);
        }
        for (const each of forms) if (each !== undefined) digest.update(`${each.content}\n`);
        return forms;
      },
      behindSources(asked) {
        for (const source of asked) sources.add(source);
        return services.behindSources(asked);
      },
    };
    const rest = await read(watched, seen, reading.heads);
    const loaded = { ...rest, version: digest.digest('base64url') };
    const made = { names, sources: [...sources], views: new Map<string, Loaded>() };
    const outside = names.flatMap((name) => reading.outside.get(keyOf(name)) ?? []);
    made.views.set(await viewKey((await shownOf(outside, sight)).form, made.sources), loaded);
    if (reading.made.size >= mostViews) reading.made.clear();
    reading.made.set(form, made);
    return loaded;
  };

  /** Names of organisations are part of a view, and follow the directory and the day. */
  const viewKey = async (form: string, sources: string[]): Promise<string> =>
    `${form} ${JSON.stringify([...(await services.behindSources(sources))])}`;

  return load;
}

/** The rows that may be seen, in the form they may be seen in; `form` says which these are. */
async function shownOf<Row extends StoredResource>(
  rows: readonly Row[],
  sight: Sight,
): Promise<{ seen: Row[]; form: string }> {
  const shown = await sight.shows(rows, 'read');
  const seen: Row[] = [];
  const form = rows.map((row, index) => {
    const own = shown[index];
    if (own === undefined) return '-';
    seen.push(own.content === row.content ? row : { ...row, content: own.content });
    return own.content === row.content ? '+' : hash('sha256', own.content, 'base64url');
  });
  return { seen, form: form.join('') };
}

/** Organisations, staff and products as they are stored and as they may be seen; those that were deleted are not there. */
async function outsideOf(services: ViewServices, sight: Sight, names: Name[]) {
  const stored = await services.readMany(names);
  const there = stored.filter((each) => each !== undefined && !each.deleted) as StoredResource[];
  const shown = await sight.shows(there, 'read');
  const forms = new Map(there.map((each, index) => [each, shown[index]]));
  const found = stored.map((each) => (each === undefined || each.deleted ? undefined : each));
  return {
    found: found.map((each) => {
      const form = each && forms.get(each);
      // What was read behind the wall is kept rather than what was read before it, so that it need not be read again.
      return form !== undefined && form.content === each?.content ? form : each;
    }),
    forms: found.map((each) => each && forms.get(each)),
  };
}

const keyOf = ({ type, id }: Name): string => `${type}/${id}`;

const homeOfName = ({ type, id }: Name): string => homeOf(type, id);

/** True while these are the patients that were read, and nothing filed under them changed. */
const stands = (reading: Reading, patientIds: readonly string[], heads: ReadonlyMap<string, number>) =>
  patientIds.join() === reading.patientIds.join() && areAlike(patientIds, heads, reading.heads);

const areAlike = (
  places: readonly string[],
  some: ReadonlyMap<string, number>,
  others: ReadonlyMap<string, number>,
): boolean => places.every((place) => some.get(place) === others.get(place));
