import { setTimeout as pause } from 'node:timers/promises';
import type { Viewing } from '../../server/access/index.ts';
import { sightOf } from '../../server/record/pieces/index.ts';
import type { Resource, StoredResource } from '../../server/record/types.ts';
import { viewServices } from '../../server/view-services.ts';
import { chance } from './chance.ts';
import { requestOf, type Asked, type Maker } from './requests.ts';
import { saidBy, type Said } from './resources.ts';
import { viewersOf, type Viewer } from './viewers.ts';
import { writeMakers } from './writes.ts';
import { openWorld, type World } from './world.ts';

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
};

type Scope = { after(work: () => Promise<void>): void };
type Judged = { stored: StoredResource; silent: boolean };

/**
 * For pairs of somebody who asks and a resource hidden from them, asks the same of two worlds: one holds everything, in the other
 * what is hidden from them never was. Every answer must be the same to the byte.
 */
export async function compareWorlds(pairs: number, seed: number, scope: Scope): Promise<Tally> {
  let asking: Viewer | undefined;
  const viewingOf = (): Viewing => asking!.viewing();
  const whole = await openWorld(viewingOf, scope);
  const said = saidBy(seed);
  await whole.write(said);
  const viewers = await viewersOf(whole.services);
  /** What is written stays in a world of its own, so that the next who asks meets what was said and nothing else. */
  const worldToChange = async (brokenReferences: 'accept' | 'refuse'): Promise<World> => {
    const world = await openWorld(viewingOf, scope, {
      partners: viewServices(whole.services).behindSources,
      brokenReferences,
    });
    await world.write(said);
    return world;
  };
  const tally: Tally = { pairs: 0, requests: 0, told: 0, hidden: {}, kinds: {}, differences: [] };
  for (const [index, viewer] of viewers.entries()) {
    const hidden = await hiddenFrom(viewer, whole, said);
    tally.hidden[viewer.name] = hidden.length;
    const silent = new Map(hidden.map((one) => [`${one.stored.type}/${one.stored.id}`, one.silent]));
    const partners = viewServices(whole.services).behindSources;
    const brokenReferences = viewer.writes && index % 2 === 1 ? 'refuse' : 'accept';
    const rest = await openWorld(viewingOf, scope, { partners, brokenReferences });
    await rest.write(said.filter(({ resource }) => !silent.has(`${resource.resourceType}/${resource.id}`)));
    asking = viewer;
    const by = chance(seed + index);
    const share = Math.floor(pairs / viewers.length);
    const changing = Math.floor(share / 8);
    const pairsOf = async (count: number, world: World, makers?: readonly Maker[]): Promise<void> => {
      for (let pair = 0; pair < count; pair++) {
        const one = by.of(hidden);
        const asked = requestOf(pair, JSON.parse(one.stored.content) as Resource, seed + index, makers);
        tally.pairs += 1;
        if (asked === undefined) continue;
        await comparePair(tally, { viewer, one, asked, whole: world, rest, silent });
        if (makers !== undefined)
          await comparePair(tally, { viewer, one, asked: after, whole: world, rest, silent });
      }
    };
    await pairsOf(share - changing, whole);
    await compareExports(tally, viewer, whole, rest);
    await pairsOf(changing, viewer.writes ? await worldToChange(brokenReferences) : whole, writeMakers);
  }
  return tally;
}

/** What a change left, asked after each. */
const after: Asked = { kind: 'after a change', method: 'GET', url: '/fhir/Observation/_history?_count=5' };

/** The files of an export of everything, as whoever asks may take them. Who may not export is told so alike. */
async function compareExports(tally: Tally, viewer: Viewer, whole: World, rest: World): Promise<void> {
  tally.kinds['export'] = (tally.kinds['export'] ?? 0) + 1;
  tally.requests += 1;
  const [first, second] = [await exportOf(whole), await exportOf(rest)];
  if (first === second) return;
  const [hidden, kind, url] = ['everything', 'export', '/fhir/$export'];
  tally.differences.push({ viewer: viewer.name, hidden, kind, url, with: first, without: second });
}

async function exportOf({ app }: World): Promise<string> {
  const started = await app.inject({ url: '/fhir/$export', headers: { prefer: 'respond-async' } });
  if (started.statusCode !== 202) return `${started.statusCode} ${started.body}`;
  const at = pathOf(started.headers['content-location'] as string);
  let manifest = await app.inject({ url: at });
  for (; manifest.statusCode === 202; manifest = await app.inject({ url: at })) await pause(20);
  const { output } = manifest.json<{ output: { type: string; url: string }[] }>();
  const files: string[] = [];
  for (const { type, url } of output) {
    const { statusCode, body } = await app.inject({ url: pathOf(url) });
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
    const [first, second] = [await answerOf(whole, inWhole), await answerOf(rest, inRest)];
    if (first.text !== second.text) {
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
 * A rule that is not silent says so to who names the very thing, or the person whose it is: 403 with the rule and the way out. It holds
 * nothing of what is hidden.
 */
function isToldAloud(
  asked: Asked,
  one: Judged,
  silent: ReadonlyMap<string, boolean>,
  { status, text }: Reply,
): boolean {
  if (status !== 403) return false;
  const isSilent =
    asked.patient === undefined ? one.silent : (silent.get(`Patient/${asked.patient}`) ?? true);
  if (isSilent || (asked.patient === undefined && asked.direct !== true)) return false;
  if (asked.method === 'HEAD') return true;
  return (
    /access\/(?:refused|break-glass|seen-in-part)/.test(text) &&
    !/"resourceType":"(?!OperationOutcome)/.test(text)
  );
}

type Reply = { status: number; text: string; next: string | undefined };

async function answerOf(world: World, asked: Asked): Promise<Reply> {
  const url = await withPerson(world, asked.url);
  const answer = await world.app.inject({
    method: asked.method,
    url,
    headers: { ...asked.headers, ...(asked.type !== undefined && { 'content-type': asked.type }) },
    ...(asked.body === undefined ? {} : { payload: asked.body }),
  });
  const { date: _date, ...headers } = answer.headers;
  nameMade(world, answer.headers.location, answer.body);
  const body = await withoutMadeIds(world, answer.body);
  if (body.length !== answer.body.length) delete headers['content-length'];
  const next = /"relation":"next","url":"http:\/\/record\.example([^"]+)"/.exec(answer.body)?.[1];
  return {
    status: answer.statusCode,
    text: `${answer.statusCode} ${withMadeNames(world, JSON.stringify(headers))}\n${withMadeNames(world, body)}`,
    next,
  };
}

/** Notes the ids that an answer says were given to new resources. */
function nameMade({ made }: World, location: string | undefined, body: string): void {
  const told = [location ?? '', ...[...body.matchAll(/"location":"([^"]+)"/g)].map(([, url]) => url!)];
  for (const url of told) {
    const [, id] = /\/([0-9a-f-]{36})\/_history\/1$/.exec(url) ?? [];
    if (id !== undefined && !made.has(id)) made.set(id, `made-${made.size}`);
  }
}

function withMadeNames({ made }: World, text: string): string {
  return text.replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => made.get(id) ?? id);
}

/** Persons are named by chance in each world: `person-of-PATIENT` stands for them. */
async function withPerson({ services }: World, url: string): Promise<string> {
  const [name, patient] = /person-of-([0-9a-f-]{36})/.exec(url) ?? [];
  if (name === undefined || patient === undefined) return url;
  const person = (await personsOf(services, [patient])).get(patient);
  return url.replace(name, person ?? '00000000-0000-4000-8000-000000000000');
}

/** The id of a Bundle and of an unforeseen error is made anew for each answer; so are sealed links and persons. */
async function withoutMadeIds({ services }: World, body: string): Promise<string> {
  let text = body
    .replace(/("resourceType":"Bundle","id":")[^"]+/g, '$1made')
    .replace(/(<Bundle xmlns="[^"]+"><id value=")[^"]+/g, '$1made')
    .replace(/_page=[\w%.-]+/g, '_page=sealed');
  for (const [, person] of body.matchAll(/"personId":"([^"]+)"/g)) {
    const [patient] = await services.db.query<{ patient_id: string }>(
      `select patient_id from people.link where person_id = $1 order by patient_id limit 1`,
      [person],
    );
    text = text.replaceAll(person!, `person-of-${patient?.patient_id ?? ''}`);
  }
  return text;
}

async function personsOf({ db }: World['services'], patientIds: string[]): Promise<Map<string, string>> {
  const rows = await db.query<{ patient_id: string; person_id: string }>(
    `select patient_id, person_id from people.link where patient_id = any($1::uuid[])`,
    [patientIds],
  );
  return new Map(rows.map((row) => [row.patient_id, row.person_id]));
}
