import { Problem } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import type { Sight } from '../pieces/index.ts';
import { typeNumber } from '../resource-types.ts';
import { ridOf } from '../rid.ts';
import type { HistoryPage, HistoryPlace, HistoryQuery } from '../store/index.ts';
import type { StoredResource } from '../types.ts';
import { notFound } from './absent.ts';
import { bundleText, historyEntry, type Link } from './bundle/text.ts';
import { queryText, queryValue, type Answer, type Call, type Query } from './call.ts';
import { requireId } from './ids.ts';
import { requireKnown } from './known-parameters.ts';
import { pageSize } from './page-size.ts';
import { readMoment } from './moments.ts';
import type { FhirServices } from './services.ts';
import { lastSaid, seen, toFind, toJudge } from './sight.ts';
import { selectionOf, trim } from './trim.ts';

/** The versions of one resource, of one type or of everything, newest first. */
export async function history(services: FhirServices, call: Call): Promise<Answer> {
  const { type, id } = call.target;
  const { query } = call;
  if (id !== undefined) requireId(id);
  requireKnown(call, ['_since', '_at', '_count', '_cursor']);
  const since = moment(query, '_since');
  const at = moment(query, '_at');
  const cursor = queryValue(query, '_cursor');
  if (id !== undefined && type !== undefined) await requireShown(services, call, type, id);
  const page = await shownHistory(services, call, {
    type,
    id,
    since: since === undefined ? undefined : new Date(since.low),
    at: at === undefined ? undefined : { low: new Date(at.low), high: new Date(at.high) },
    before: cursor === undefined ? undefined : placeIn(cursor),
    count: pageSize(query, { usual: 100, largest: 1000 }),
  });
  const narrowed = since !== undefined || at !== undefined || cursor !== undefined;
  if (id !== undefined && !narrowed && page.versions.length === 0) {
    throw notFound(type ?? '');
  }
  const selection = selectionOf(query);
  const json = bundleText({
    id: newId(),
    type: 'history',
    at: services.clock(),
    total: page.total,
    links: linksOf(call, page.next),
    entries: page.versions.map((stored) =>
      historyEntry(call.baseUrl, stored, trim(services, selection, stored.content)),
    ),
  });
  return { status: 200, json };
}

/** The history of what may not be seen is refused as reading it is. */
async function requireShown(services: FhirServices, call: Call, type: string, id: string): Promise<void> {
  if (call.sight === undefined) return;
  const current = await toJudge(() => services.store.read(type, id));
  if (current !== undefined) await seen(services, call, current);
}

/** So many versions are looked at together. */
const lookedAt = 200;

/** A page of versions that may be seen. Its link names the last one shown, so that it tells nothing of what is hidden. */
async function shownHistory(
  services: FhirServices,
  { sight }: Call,
  query: HistoryQuery,
): Promise<HistoryPage> {
  if (sight === undefined) return services.store.history(query);
  const found: StoredResource[] = [];
  let { before } = query;
  do {
    const page = await toFind(() => services.store.history({ ...query, before, count: lookedAt }));
    found.push(...(await shownVersions(services, sight, page.versions)));
    before = page.next;
  } while (before !== undefined && found.length <= query.count);
  const versions = found.slice(0, query.count);
  const last = found.length > query.count ? versions.at(-1) : undefined;
  const isWhole = query.id !== undefined && query.before === undefined && last === undefined;
  return { versions, next: last && placeOf(last), total: isWhole ? versions.length : undefined };
}

/** A version is hidden as the current one is, and by what it says itself; the mark of a deletion by what was said last. */
async function shownVersions(
  services: FhirServices,
  sight: Sight,
  versions: readonly StoredResource[],
): Promise<StoredResource[]> {
  const said = (of: readonly StoredResource[]) => Promise.all(of.map((one) => lastSaid(services, one)));
  const current = (await toJudge(() => services.store.readMany([...versions]))) as StoredResource[];
  const listed = await sight.lists(await said(current));
  const open = versions.filter((_, index) => listed[index]);
  const shown = await sight.shows(await said(open), 'read');
  return open.flatMap((version, index) => {
    const form = shown[index];
    return form === undefined ? [] : [version.deleted ? version : form];
  });
}

const placeOf = ({ lastUpdated, type, id, version }: StoredResource): HistoryPlace => ({
  lastUpdated: lastUpdated.toISOString(),
  type: typeNumber(type),
  rid: ridOf(id),
  version,
});

function linksOf(call: Call, next: HistoryPlace | undefined): Link[] {
  const address = [call.baseUrl, call.target.type, call.target.id, '_history']
    .filter((part) => part !== undefined)
    .join('/');
  const link = (relation: string, query: Query): Link => {
    const text = queryText(query);
    return { relation, url: text === '' ? address : `${address}?${text}` };
  };
  const first = call.query.filter(([name]) => name !== '_cursor');
  const links = [link('self', call.query), link('first', first)];
  if (next !== undefined) links.push(link('next', [...first, ['_cursor', cursorOf(next)]]));
  return links;
}

const cursorOf = (place: HistoryPlace): string =>
  Buffer.from(JSON.stringify([place.lastUpdated, place.type, place.rid, place.version])).toString(
    'base64url',
  );

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function placeIn(cursor: string): HistoryPlace {
  const [lastUpdated, type, rid, version] = listIn(cursor);
  if (
    typeof lastUpdated === 'string' &&
    !Number.isNaN(Date.parse(lastUpdated)) &&
    Number.isInteger(type) &&
    typeof rid === 'string' &&
    uuid.test(rid) &&
    Number.isInteger(version)
  ) {
    return { lastUpdated, type: type as number, rid, version: version as number };
  }
  throw new Problem('rest/cursor', 400, 'This page link was changed or cut short.', {
    place: '_cursor',
    wayOut: 'Follow the next link exactly as it was given, or begin again at the first page.',
  });
}

function listIn(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function moment(query: Query, name: string): { low: number; high: number } | undefined {
  const text = queryValue(query, name);
  return text === undefined ? undefined : readMoment(text, name);
}
