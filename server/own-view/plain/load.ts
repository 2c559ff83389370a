import type { Action, Decision, Viewing } from '../../access/index.ts';
import { behindSources, dayOf, type Behind, type Organisations } from '../../organisations/index.ts';
import { pastWall } from '../../platform/db/index.ts';
import { isOpen, sightOf } from '../../record/pieces/index.ts';
import { writtenHereBy, type RecordEntry } from '../../record/store/index.ts';
import type { Resource } from '../../record/types.ts';
import { consolidate, type RecordView } from '../../record/view/index.ts';
import { recordOf } from '../my-record.ts';
import { refusalOf } from '../me/index.ts';
import type { Me, OwnViewServices } from '../types.ts';
import type { Find } from './contacts.ts';

/** What of a person's record may be shown to who asks, in the form they may see it in. */
export type Shown = {
  entries: { entry: RecordEntry; resource: Resource }[];
  view: RecordView;
  find: Find;
};

const outside =
  /"reference"\s*:\s*"((?:Organization|Practitioner|PractitionerRole|Location|Medication)\/[A-Za-z0-9.-]{1,64})"/g;

/** Reads a person's record as far as who asks may see it. A Problem when it is closed to them as a whole. */
export async function loadShown(services: OwnViewServices, viewing: Viewing, me: Me): Promise<Shown> {
  const { clock, store, organisations } = services;
  const entries = await permittedAmong(services, viewing, 'read', await recordOf(services, me));
  const references = entries.flatMap(({ entry }) =>
    [...entry.content.matchAll(outside)].map(([, name]) => name!),
  );
  const names = [...new Set(references)].map((name) => {
    const [type = '', id = ''] = name.split('/');
    return { type, id };
  });
  const stored = await pastWall('finding', () => store.readMany(names));
  const others = stored.flatMap((each) =>
    each === undefined || each.deleted ? [] : [JSON.parse(each.content) as Resource],
  );
  const sources = entries.map(({ entry, resource }) => resource.meta?.source ?? entry.source);
  const behind = await whoIsBehind(organisations, sources, dayOf(clock()));
  const view = consolidate(
    entries.map(({ entry, resource }, at) => ({
      resource,
      source: entry.source,
      lastUpdated: entry.lastUpdated.toISOString(),
      behind: behind.get(sources[at]!),
    })),
    others,
  );
  const all = [...others, ...entries.map(({ resource }) => resource)];
  const known = new Map(all.map((each) => [`${each.resourceType}/${each.id}`, each]));
  return { entries, view, find: (reference) => known.get(reference) };
}

/** The organisations behind sources, those included whose staff wrote here. */
async function whoIsBehind(
  organisations: Organisations,
  sources: readonly string[],
  day: string,
): Promise<Map<string, Behind>> {
  const behind = await behindSources(organisations, sources, day);
  for (const source of new Set(sources)) {
    if (!source.startsWith(writtenHereBy(''))) continue;
    const found = await organisations.findOrganisation(source.slice(writtenHereBy('').length), day);
    if (found !== undefined) behind.set(source, { name: found.name, kind: found.kind, code: undefined });
  }
  return behind;
}

/** Which of these rows are permitted, noted as shown. Where none is, and that is no secret, a Problem says why. */
export async function permittedAmong(
  { store }: Pick<OwnViewServices, 'store'>,
  viewing: Viewing,
  action: Action,
  rows: readonly RecordEntry[],
): Promise<Shown['entries']> {
  const sources = new Map(rows.map((row) => [rowName(row), row.source]));
  const sight = sightOf(viewing, async (asked) => asked.map((row) => sources.get(rowName(row)) ?? null));
  if (sight === undefined) return rows.map((entry) => shownAs(entry, entry.content));
  const verdicts = await sight.judges(action, rows);
  const decisions = verdicts.map(({ decision }) => decision);
  if (rows.length > 0 && !decisions.some(({ effect }) => effect === 'permit') && decisions.some(isTold))
    throw refusalOf(decisions.filter(isTold));
  const open = rows.filter((_, at) => isOpen(verdicts[at]!.decision));
  const read = await store.again(open);
  const own = new Map(open.map((row, at) => [row, read[at]]));
  return rows.flatMap((row, at) => {
    const verdict = verdicts[at]!;
    const entry = own.get(row);
    if (entry === undefined) return [];
    return [shownAs(entry, sight.form(entry, verdict, action === 'export' ? 'export' : 'read').content)];
  });
}

const isTold = ({ silent }: Decision): boolean => !silent;

const rowName = ({ type, id, version }: { type: string; id: string; version: number }): string =>
  `${type}/${id}/${version}`;

const shownAs = (entry: RecordEntry, content: string): Shown['entries'][number] => ({
  entry: { ...entry, content },
  resource: JSON.parse(content) as Resource,
});
