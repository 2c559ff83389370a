import type { Queryable } from '../../../platform/db/index.ts';
import { storedOf } from '../../stored-row.ts';
import type { Dependence, StoredResource } from '../../types.ts';
import { readRequest } from '../asking/request.ts';
import type { Ask } from '../asking/types.ts';
import { broken } from '../conditions/context.ts';
import { conditionOf } from '../conditions/filters.ts';
import { and, type Condition } from '../conditions/types.ts';
import type { Reader } from '../sql/bindings.ts';
import { countStatement } from '../sql/count.ts';
import { pageStatement } from '../sql/page.ts';
import type { PagePart, PageRow, Place } from '../sql/types.ts';
import { statementName } from '../sql/names.ts';
import { withinReach } from '../sql/within.ts';
import { orderOf } from '../sql/sorts.ts';
import { lookUpIn, talliesOf } from '../store.ts';
import { inCompartment } from './compartment.ts';
import { openCursor, sealCursor } from './cursor.ts';
import { asksAbout, dependenceOf, joined, typesOf, watched } from './dependence.ts';
import { includesOf } from './includes.ts';
import {
  countedTokens,
  fixesFewPatients,
  isPlannedOnce,
  planPage,
  totalTokenOf,
  type Counts,
} from './plan.ts';
import { settle } from './settle.ts';
import { askedIn, type Asked, type Sight } from './sight.ts';
import { namedPlace, placeOfNamed } from './named-place.ts';
import { seenLookUp, seenRows, type SeenRow } from './seen.ts';
import type { Parts, SearchRequest, SearchResult } from './types.ts';

/** What is asked of one type, worked out, with what the tally knows. */
export type TypeQuestion = { type: string; condition: Condition; counts: Counts | undefined };

/** Who asks, where not everything may be seen, and how the question is put. */
type By = { sight: Sight; asked: Asked };

function byOf(parts: Parts, ask: Ask, { sight }: SearchRequest): By | undefined {
  return sight === undefined ? undefined : { sight, asked: askedIn(ask, parts.params) };
}

/** What counts and shortcuts over all rows would tell goes into no answer to somebody who does not see all rows. */
const partsFor = (parts: Parts, { sight }: SearchRequest): Parts =>
  sight === undefined ? parts : { ...parts, visible: () => 'true', seesAll: false, isDecidedOn: true };

/** Answers one page of a search. */
export async function answer(given: Parts, db: Queryable, request: SearchRequest): Promise<SearchResult> {
  const parts = partsFor(given, request);
  const ask = readRequest(parts, request);
  const by = byOf(parts, ask, request);
  const { questions, dependsOn } = await askedOf(parts, db, ask, request);
  let dependence = dependsOn;
  const result: SearchResult = {
    matches: [],
    included: [],
    outcomes: ask.outcomes,
    applied: ask.applied,
    count: ask.count,
    ...(ask.summary && { summary: ask.summary }),
    ...(ask.elements && { elements: ask.elements }),
  };
  const countOnly = ask.summary === 'count' || ask.count === 0;
  const [page, tallied] = await Promise.all([
    countOnly ? undefined : pageOf(parts, db, ask, request, questions, by),
    talliedTotal(parts, db, ask, questions, countOnly),
  ]);
  if (page !== undefined) {
    result.matches = page.matches;
    if (page.nextCursor !== undefined) result.nextCursor = page.nextCursor;
    const more = await includesOf(
      {
        db,
        reader: readerOf(parts, db),
        params: parts.params,
        resourceTypes: parts.definitions.resourceTypes,
        seen: by && {
          sight: by.sight,
          rows: (type, condition, asked, most) =>
            shownRows(parts, db, { type, condition, by: { ...by, asked }, most }),
        },
      },
      page.matches,
      ask.includes,
      ask.revincludes,
    );
    result.included = more.included;
    dependence = joined([dependence, more.dependsOn]);
    result.outcomes = [...result.outcomes, ...more.outcomes];
  }
  const total = await totalOf(parts, db, ask, questions, page, by, tallied);
  if (total !== undefined) result.total = total;
  if (dependence !== undefined) result.dependsOn = dependence;
  return result;
}

/** True where the choice of a plan tells nobody anything, and one plan serves whoever asks. */
const mayPlan = ({ seesAll, isDecidedOn, hasReach }: Parts): boolean =>
  seesAll || (isDecidedOn === true && hasReach !== true);

function readerOf(parts: Parts, db: Queryable): Reader {
  return {
    visible: parts.visible,
    distributed: db.distributed,
    asksWhoSaid: parts.isDecidedOn === true,
  };
}

/** Works out the condition for each type, and asks the tally where that helps. Types without a match are left out. */
export async function questionsOf(
  parts: Parts,
  db: Queryable,
  ask: Ask,
  request: SearchRequest,
): Promise<TypeQuestion[]> {
  return (await askedOf(parts, db, ask, request)).questions;
}

/** The questions, and what their answer depends on. */
async function askedOf(
  parts: Parts,
  db: Queryable,
  ask: Ask,
  request: SearchRequest,
): Promise<{ questions: TypeQuestion[]; dependsOn: Dependence | undefined }> {
  const { context, wasAsked } = watched({
    definitions: parts.definitions,
    params: parts.params,
    baseUrl: request.baseUrl,
    now: parts.clock().getTime(),
    lookUp: request.sight === undefined ? lookUpIn(db) : seenLookUp(lookUpIn(db), db, request.sight),
  });
  const by = byOf(parts, ask, request);
  const seen = by && ((type: string, condition: Condition) => listedRows(parts, db, { type, condition, by }));
  const conditions = await Promise.all(
    ask.types.map(async ({ type, filters }) => {
      const own = await conditionOf(context, type, filters);
      const { patientId } = request;
      return patientId === undefined ? own : and([await inCompartment(context, type, patientId), own]);
    }),
  );
  const isKept = parts.seesAll && !wasAsked() && !asksAbout(request.query);
  const types = ask.types.flatMap(({ type }, index) => typesOf(type, conditions[index]!));
  const dependsOn = isKept
    ? (joined(conditions.map(dependenceOf)) ?? { patients: [], tokens: [], types: [...new Set(types)] })
    : undefined;
  const mayTally = parts.seesAll || by !== undefined;
  const withRows = ask.types.length > 1 && mayTally ? await typesWithRows(db, ask) : undefined;
  const questions = await Promise.all(
    ask.types.map(async ({ type }, index): Promise<TypeQuestion[]> => {
      if (withRows?.has(type) === false) return [];
      const condition = await settle({ db, reader: readerOf(parts, db), seen }, conditions[index]!);
      if (condition.is === 'none') return [];
      requirePatientForWords(condition);
      return [{ type, condition, counts: await countsOf(parts, db, type, condition) }];
    }),
  );
  return { questions: questions.flat(), dependsOn };
}

async function typesWithRows(db: Queryable, ask: Ask): Promise<ReadonlySet<string>> {
  const tokens = ask.types.map(({ type }) => countedTokens(type, { is: 'all' })[0]!);
  const tallies = await talliesOf(db, tokens);
  const found = ask.types.filter((_, index) => (tallies.get(tokens[index]!) ?? 0) > 0);
  return new Set(found.map(({ type }) => type));
}

/** Counts are needed for plans and totals, unless a few patients' ranges are read anyway. */
async function countsOf(
  parts: Parts,
  db: Queryable,
  type: string,
  condition: Condition,
): Promise<Counts | undefined> {
  if (!mayPlan(parts) || condition.is === 'none' || fixesFewPatients(condition)) return undefined;
  const tokens = countedTokens(type, condition);
  const [tallies, numbers] = await Promise.all([
    parts.tallies.of(db, tokens),
    numbersIn(parts, db, type, condition),
  ]);
  return {
    rows: tallies.get(tokens[0]!) ?? 0,
    of: (token) => tallies.get(token),
    numbers: (one) => numbers.get(one),
  };
}

async function numbersIn(
  parts: Parts,
  db: Queryable,
  type: string,
  condition: Condition,
): Promise<Map<Condition, number>> {
  const conditions = condition.is === 'and' ? condition.of : [condition];
  const found = new Map<Condition, number>();
  for (const one of conditions)
    if (one.is === 'numbers') found.set(one, await parts.tallies.numbers(db, type, one));
  return found;
}

/** Words are looked for by reading, which is quick within a patient's record only. */
function requirePatientForWords(condition: Condition): void {
  if (!hasWords(condition) || fixesFewPatients(condition)) return;
  throw broken('_content', '_content and _text search one patient: say which, with patient or subject.');
}

function hasWords(condition: Condition): boolean {
  if (condition.is === 'and' || condition.is === 'or') return condition.of.some((one) => hasWords(one));
  return condition.is === 'not' ? hasWords(condition.of) : condition.is === 'words';
}

export type Page = { matches: StoredResource[]; nextCursor?: string; first: boolean };

async function pageOf(
  parts: Parts,
  db: Queryable,
  ask: Ask,
  request: SearchRequest,
  questions: TypeQuestion[],
  by: By | undefined,
): Promise<Page> {
  const name = nameOf(request);
  const after = ask.cursor === undefined ? undefined : openCursor(ask.cursor, name);
  if (by !== undefined) return seenPage(parts, db, { ask, questions, by, after, name });
  const rows = await rowsOf(parts, db, ask, questions, after, ask.count + 1);
  const shown = rows.slice(0, ask.count);
  const last = shown.at(-1);
  const page: Page = { matches: shown.map((row) => storedOf(row)), first: after === undefined };
  if (rows.length > ask.count && last !== undefined)
    page.nextCursor = sealCursor(placeOf(last, ask.sort.length), name);
  return page;
}

type Walk = {
  ask: Pick<Ask, 'sort' | 'count'>;
  questions: TypeQuestion[];
  by: By;
  after?: Place | undefined;
};

/** All rows that may be listed, in order. */
function walk(
  parts: Parts,
  db: Queryable,
  { ask, questions, by, after }: Omit<Walk, 'ask'> & { ask: Pick<Ask, 'sort'> },
) {
  return seenRows(
    (place, limit, reach) =>
      rowsOf(
        reach === undefined ? parts : { ...parts, visible: withinReach(reach), hasReach: true },
        db,
        ask,
        questions,
        place,
        limit,
      ),
    (row) => placeOf(row, ask.sort.length),
    by,
    after,
  );
}

/** A page of what may be listed. Its link names the last row shown, so that it tells nothing of what is hidden. */
async function seenPage(parts: Parts, db: Queryable, asked: Walk & { name: string }): Promise<Page> {
  const { ask, by, after, name } = asked;
  const rows: SeenRow[] = [];
  const from = after === undefined ? undefined : await placeOfNamed(db, after);
  for await (const row of walk(parts, db, { ...asked, after: from })) {
    rows.push(row);
    if (rows.length > ask.count) break;
  }
  const onPage = rows.slice(0, ask.count);
  const shown = await by.sight.shows(
    onPage.map(({ stored }) => stored),
    'search',
    by.asked,
  );
  const page: Page = { matches: shown.filter((row) => row !== undefined), first: after === undefined };
  const last = onPage.at(-1);
  if (rows.length > ask.count && last !== undefined)
    page.nextCursor = sealCursor(namedPlace(last.stored.type, last.place), name);
  return page;
}

type Listed = { type: string; condition: Condition; by: By; most?: number };

/** The rows of one type that fulfil a settled condition and may be listed; all of them, or at most so many. */
async function listedRows(
  parts: Parts,
  db: Queryable,
  { type, condition, by, most = Infinity }: Listed,
): Promise<StoredResource[]> {
  if (condition.is === 'none') return [];
  const questions = [{ type, condition, counts: undefined }];
  const found: StoredResource[] = [];
  for await (const { stored } of walk(parts, db, { ask: { sort: [] }, questions, by })) {
    found.push(stored);
    if (found.length >= most) break;
  }
  return found;
}

async function shownRows(parts: Parts, db: Queryable, listed: Listed): Promise<StoredResource[]> {
  const { sight, asked } = listed.by;
  const shown = await sight.shows(await listedRows(parts, db, listed), 'search', asked);
  return shown.filter((row) => row !== undefined);
}

/** Tries the quick way first; when it does not fill the page, the thorough way answers. */
export async function rowsOf(
  parts: Parts,
  db: Queryable,
  ask: Pick<Ask, 'sort'>,
  questions: TypeQuestion[],
  after: Place | undefined,
  limit: number,
  content?: string,
): Promise<PageRow[]> {
  if (questions.length === 0) return [];
  const reader = readerOf(parts, db);
  const plans = questions.map(({ type, condition, counts }) => {
    const orders = ask.sort.map((key) => orderOf(parts.params(type), key));
    return planPage(type, condition, orders, limit, counts, reader.distributed);
  });
  const run = async (chosen: PagePart[]): Promise<PageRow[]> => {
    const { text, values } = pageStatement(chosen, after, limit, reader, content);
    const name = mayPlan(parts) && chosen.every(isPlannedOnce) ? statementName(text) : undefined;
    return db.query<PageRow>(text, values, name === undefined ? {} : { name });
  };
  const first = plans.map((plan) => (canStart(plan.quick, after) ? plan.quick : plan.thorough));
  const rows = await run(first);
  if (rows.length >= limit || plans.every((plan, index) => plan.thorough === first[index])) return rows;
  return run(plans.map((plan) => plan.thorough));
}

/** A walk by texts never meets the rows without one, which come last. */
function canStart(part: PagePart | undefined, after: Place | undefined): part is PagePart {
  return part !== undefined && (part.access.by !== 'strings' || after?.keys[0] !== null);
}

function placeOf(row: PageRow, keys: number): Place {
  return {
    keys: Array.from({ length: keys }, (_, index) => row[`k${index}`] ?? null),
    created: row.created,
    rid: row.rid,
  };
}

/** Everything of a request that a page link must not be moved away from. */
function nameOf(request: SearchRequest): string {
  const query = request.query.filter(([name]) => name !== '_cursor' && name !== '_count');
  return JSON.stringify([request.type ?? '', request.patientId ?? '', query]);
}

/** The exact total where the tally knows it; it is asked beside the page, in the same round trip. */
async function talliedTotal(
  parts: Parts,
  db: Queryable,
  ask: Ask,
  questions: TypeQuestion[],
  countOnly: boolean,
): Promise<number | undefined> {
  if (!parts.seesAll || (ask.total === 'none' && !countOnly)) return undefined;
  const tokens = questions.map(({ type, condition }) => totalTokenOf(type, condition));
  if (!tokens.every((token) => token !== undefined)) return undefined;
  const tallies = await talliesOf(db, tokens);
  return tokens.reduce((sum, token) => sum + (tallies.get(token) ?? 0), 0);
}

async function totalOf(
  parts: Parts,
  db: Queryable,
  ask: Ask,
  questions: TypeQuestion[],
  page: Page | undefined,
  by: By | undefined,
  tallied: number | undefined,
): Promise<number | undefined> {
  if (ask.total === 'none' && page !== undefined) return undefined;
  if (page?.first === true && page.nextCursor === undefined) return page.matches.length;
  if (tallied !== undefined) return tallied;
  if (ask.total === 'default' && page !== undefined) return undefined;
  if (by !== undefined) {
    let total = 0;
    for await (const _row of walk(parts, db, { ask: { sort: [] }, questions, by })) total += 1;
    return total;
  }
  const { text, values } = countStatement(questions, readerOf(parts, db));
  const [row] = await db.query<{ n: string }>(text, values);
  return Number(row?.n ?? 0);
}
