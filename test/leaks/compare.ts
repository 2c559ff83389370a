import { setTimeout as pause } from 'node:timers/promises';
import { createOrganisations } from '../../server/organisations/index.ts';
import { sightOf } from '../../server/record/pieces/index.ts';
import type { Resource, StoredResource } from '../../server/record/types.ts';
import { viewServices } from '../../server/view-services.ts';
import { answerOf, naming, type Reply } from './answers.ts';
import { chance } from './chance.ts';
import { changeMakers } from './changes.ts';
import { requestOf, type Asked, type Maker } from './requests.ts';
import { saidBy, type Said } from './resources.ts';
import { stateFacts, viewersOf, type Viewer } from './viewers.ts';
import { openWorld, personsIn, type World } from './world.ts';

export type Difference = {
  viewer: string;
  hidden: string;
  kind: string;
  url: string;
  with: string;
  without: string;
};

/** `told`: direct requests that were refused aloud, as a rule that is not silent asks. */
export type Tally = {
  pairs: number;
  requests: number;
  told: number;
  hidden: Record<string, number>;
  kinds: Record<string, number>;
  differences: Difference[];
  /** The routes that were asked, each as METHOD and address with the names of its parameters. */
  routes: Set<string>;
};

type Scope = { after(work: () => Promise<void>): void };
type Judged = { stored: StoredResource; silent: boolean };

/** How many questions are asked at once where nothing is changed. */
const atOnce = 6;

/**
 * For pairs of somebody who asks and a resource hidden from them, asks the same of two worlds: one holds everything, in the other
 * what is hidden from them never was. Every answer must be the same to the byte. What changes nothing is asked once, however many pairs
 * come to the same question.
 */
export async function compareWorlds(pairs: number, seed: number, scope: Scope): Promise<Tally> {
  const askers = new Map<string, Viewer>();
  const whole = await openWorld(askers, scope);
  const said = saidBy(seed);
  await whole.write(said);
  const { viewers, partnerIds } = await viewersOf(whole.services);
  for (const viewer of viewers) askers.set(viewer.name, viewer);
  const partners = {
    behindSources: viewServices(whole.services).behindSources,
    organisations: createOrganisations(whole.services.db),
  };
  const tally: Tally = {
    pairs: 0,
    requests: 0,
    told: 0,
    hidden: {},
    kinds: {},
    differences: [],
    routes: new Set(),
  };
  const persons = await personsIn(whole.services.db);
  const share = Math.ceil(pairs / viewers.length);
  const changing = Math.floor(share / 8);

  const compareViewer = async (viewer: Viewer, index: number, own: Scope): Promise<void> => {
    const hidden = await hiddenFrom(viewer, whole, said);
    tally.hidden[viewer.name] = hidden.length;
    const silent = new Map(hidden.map((one) => [`${one.stored.type}/${one.stored.id}`, one.silent]));
    const brokenReferences = viewer.writes && index % 2 === 1 ? 'refuse' : 'accept';
    const open = () => openWorld(askers, own, { partners, brokenReferences });
    const rest = await open();
    const isThere = ({ resource }: Said): boolean => !silent.has(`${resource.resourceType}/${resource.id}`);
    await rest.write(said.filter(isThere), whole);
    await stateFacts(rest.services.db, partnerIds, (name) => !silent.has(name));
    const by = chance(seed + index);
    const pairsOf = (count: number, makers?: readonly Maker[]): Pair[] =>
      Array.from({ length: count }, (_, pair) => ({ pair, one: by.of(hidden) })).flatMap(({ pair, one }) => {
        tally.pairs += 1;
        const resource = JSON.parse(one.stored.content) as Resource;
        const asked = requestOf(pair, { resource, viewer: viewer.name, silent, seed: seed + index }, makers);
        return asked === undefined
          ? []
          : [{ viewer, one, asked: naming(persons, asked), whole, rest, silent }];
      });
    await inParallel(eachOnce(pairsOf(share - changing)), (pair) => comparePair(tally, pair));
    await compareExports(tally, viewer, whole, rest);
    const world = viewer.writes ? await open() : whole;
    if (world !== whole) {
      // What is written stays in a world of its own, so that the next who asks meets what was said and nothing else.
      await world.write(said, whole);
      await stateFacts(world.services.db, partnerIds);
    }
    for (const pair of pairsOf(changing, changeMakers)) {
      await comparePair(tally, { ...pair, whole: world });
      if (viewer.writes) await comparePair(tally, { ...pair, asked: after, whole: world });
      for (const { services } of [world, rest]) await services.db.query('delete from access.wrong_pair');
    }
    for (const route of [...world.asked, ...rest.asked]) tally.routes.add(route);
  };
  for (const [index, viewer] of viewers.entries()) {
    const ended: (() => Promise<void>)[] = [];
    try {
      await compareViewer(viewer, index, { after: (work) => void ended.push(work) });
    } finally {
      for (const work of ended) await work();
    }
  }
  return tally;
}

/** What a change left, asked after each. */
const after: Asked = { kind: 'after a change', method: 'GET', url: '/fhir/Observation/_history?_count=5' };

/** Each question once, with the first pair that comes to it. */
const eachOnce = (pairs: readonly Pair[]): Pair[] => [
  ...new Map(pairs.toReversed().map((pair) => [JSON.stringify(pair.asked), pair])).values(),
];

async function inParallel<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = all[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const one of left) await work(one);
    }),
  );
}

/** The files of an export of everything, as whoever asks may take them. Who may not export is told so alike. */
async function compareExports(tally: Tally, viewer: Viewer, whole: World, rest: World): Promise<void> {
  tally.kinds['export'] = (tally.kinds['export'] ?? 0) + 1;
  tally.requests += 1;
  const [first, second] = await Promise.all([exportOf(whole, viewer.name), exportOf(rest, viewer.name)]);
  if (first === second) return;
  const [hidden, kind, url] = ['everything', 'export', '/fhir/$export'];
  tally.differences.push({ viewer: viewer.name, hidden, kind, url, with: first, without: second });
}

async function exportOf({ app }: World, asks: string): Promise<string> {
  const started = await app.inject({ url: '/fhir/$export', headers: { prefer: 'respond-async', asks } });
  if (started.statusCode !== 202) return `${started.statusCode} ${started.body}`;
  const at = pathOf(started.headers['content-location'] as string);
  const headers = { asks };
  let manifest = await app.inject({ url: at, headers });
  for (; manifest.statusCode === 202; manifest = await app.inject({ url: at, headers })) await pause(20);
  const { output } = manifest.json<{ output: { type: string; url: string }[] }>();
  const files: string[] = [];
  for (const { type, url } of output) {
    const { statusCode, body } = await app.inject({ url: pathOf(url), headers });
    files.push(`${type} ${statusCode}\n${body}`);
  }
  return files.join('\n');
}

const pathOf = (url: string): string => url.replace('http://record.example', '');

/** What a viewer may not have in a list, and whether they are not even to know of it. */
async function hiddenFrom(viewer: Viewer, { services }: World, said: readonly Said[]): Promise<Judged[]> {
  const names = said.map(({ resource }) => ({ type: resource.resourceType, id: resource.id! }));
  const rows = (await services.store.readMany(names)).filter((row) => row !== undefined);
  const sight = sightOf(viewer.viewing(), services.store.sourcesOf)!;
  const listed = await sight.lists(rows);
  const verdicts = await sight.judges('read', rows);
  return rows.flatMap((stored, index) => {
    // A Binary is never told of by itself, whether what holds it is open or not.
    if (listed[index] || stored.type === 'Binary') return [];
    return [{ stored, silent: verdicts[index]!.decision.silent }];
  });
}

/** `silent`: of each hidden resource, whether its refusal is silent. */
type Pair = {
  viewer: Viewer;
  one: Judged;
  asked: Asked;
  whole: World;
  rest: World;
  silent: ReadonlyMap<string, boolean>;
};

async function comparePair(tally: Tally, { viewer, one, asked, whole, rest, silent }: Pair): Promise<void> {
  tally.kinds[asked.kind] = (tally.kinds[asked.kind] ?? 0) + 1;
  let inWhole = asked;
  let inRest = asked;
  for (let page = 0; page < 40; page++) {
    tally.requests += 1;
    const [first, second] = await Promise.all([
      answerOf(whole, viewer.name, inWhole),
      answerOf(rest, viewer.name, inRest),
    ]);
    if (first.text !== second.text || first.status >= 500) {
      if (isToldAloud(asked, one, silent, first)) tally.told += 1;
      else
        tally.differences.push({
          viewer: viewer.name,
          hidden: `${one.stored.type}/${one.stored.id}`,
          kind: asked.kind,
          url: inWhole.url,
          with: first.text,
          without: second.text,
        });
      return;
    }
    if (first.next === undefined || second.next === undefined) return;
    const { body: _body, type: _type, ...next } = asked;
    inWhole = { ...next, method: 'GET', url: first.next };
    inRest = { ...next, method: 'GET', url: second.next };
  }
}

/**
 * A rule that is not silent says so to who names the very thing, or the person whose it is: 403 with the rule and the way out, or the
 * reasons where these were asked for. It holds nothing of what is hidden.
 */
function isToldAloud(
  asked: Asked,
  one: Judged,
  silent: ReadonlyMap<string, boolean>,
  { status, text }: Reply,
): boolean {
  const isSilent =
    asked.patient === undefined ? one.silent : (silent.get(`Patient/${asked.patient}`) ?? true);
  if (isSilent || (asked.patient === undefined && asked.direct !== true)) return false;
  if (asked.tells !== undefined) return status < 400 && asked.tells.test(text.slice(text.indexOf('\n') + 1));
  if (status !== 403) return false;
  if (asked.method === 'HEAD') return true;
  return (
    /access\/(?:refused|break-glass|seen-in-part)/.test(text) &&
    !/"resourceType":"(?!OperationOutcome)/.test(text)
  );
}
