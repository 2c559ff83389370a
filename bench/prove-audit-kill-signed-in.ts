import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { logLines, openAuditLog, verifyLog } from '../server/audit/index.ts';
import { systemClock } from '../server/platform/clock.ts';
import { newId } from '../server/platform/ids.ts';
import { removeDataDir } from '../server/platform/postgres/index.ts';
import { readDemonstration } from '../server/synthetic/index.ts';
import { withDb } from './data-folder.ts';
import { startServer, type Server } from './server.ts';
import { signIn } from './signed-in.ts';

const persona = 'gp';
const askers = 8;

/** The real server, with sign-in, over people who are made up at the first start. */
const start = (dataDir: string): Promise<Server> =>
  startServer(dataDir, {}, [
    ...(readDemonstration(dataDir)?.state === 'ready' ? [] : ['--people', '200']),
    '--sign-in',
    'demonstration',
  ]);

/** What was asked while the server lived: names put into the questions, by whether the answer came. */
type Asked = { reads: string[]; written: string[] };
type Who = { cookie: string; patient: string };

/**
 * Kills the real server with SIGKILL while somebody signed in reads, searches and writes over HTTP. Each read whose answer arrived must
 * be on record; what was written and what is on record as written must be the same, whether the answer arrived or not.
 */
export async function prove(args: string[]): Promise<boolean> {
  const { values } = parseArgs({
    args,
    options: { kills: { type: 'string', default: '200' }, data: { type: 'string' } },
  });
  const dataDir = values.data ?? mkdtempSync(path.join(os.tmpdir(), 'openics-kill-signed-in-'));
  const kills = Number(values.kills);
  try {
    const who = await prepare(dataDir);
    const found = { reads: 0, unaudited: 0, written: 0, differing: 0 };
    for (let kill = 1; kill <= kills; kill++) {
      const asked = await askUntilKilled(dataDir, who);
      const { unaudited, differing } = await lookAt(dataDir, asked);
      found.reads += asked.reads.length;
      found.written += asked.written.length;
      found.unaudited += unaudited;
      found.differing += differing;
      if (kill % 10 === 0 || unaudited + differing > 0)
        console.log(
          `after ${kill} kills: ${found.reads} answers with people's data, ${found.unaudited} not on record; ${found.written} writes answered, ${found.differing} without their event or events without their write`,
        );
    }
    const holds = await logHolds(dataDir);
    console.log(
      `${kills} kills: ${found.reads} reads and searches answered, ${found.unaudited} of them not on record; ${found.written} writes answered, ${found.differing} writes and events that do not belong together; the log ${holds ? 'holds' : 'DOES NOT HOLD'}.`,
    );
    return found.unaudited === 0 && found.differing === 0 && found.reads > 0 && found.written > 0 && holds;
  } finally {
    if (values.data === undefined) removeDataDir(dataDir);
  }
}

/** Makes a small care system, signs in once, and finds somebody who is registered with the GP. The session outlives the server. */
async function prepare(dataDir: string): Promise<Who> {
  const server = await start(dataDir);
  try {
    for (let left = 600; left > 0; left--) {
      const visitor = await signIn(server.base, persona).catch(() => undefined);
      const answer = await visitor?.getOnly('/fhir/Patient?_count=1&_elements=id');
      const body = answer?.status === 200 ? ((await answer.json()) as Found) : undefined;
      const patient = body?.entry?.[0]?.resource.id;
      if (visitor !== undefined && patient !== undefined)
        return { cookie: visitor.cookiesAt('/fhir'), patient };
      await pause(1_000);
    }
    throw new Error('The made-up people did not come.');
  } finally {
    await server.stop();
  }
}

type Found = { entry?: { resource: { id: string } }[] };

async function askUntilKilled(dataDir: string, who: Who): Promise<Asked> {
  const server = await start(dataDir);
  const asked: Asked = { reads: [], written: [] };
  const alive = { now: true };
  const all = Promise.all(
    Array.from({ length: askers }, (_, number) => ask(server, who, number, asked, alive)),
  );
  const isAnswering = (): boolean => asked.reads.length > 0 && asked.written.length > 0;
  for (let left = 3_000; left > 0 && !isAnswering(); left--) await pause(20);
  await pause(Math.random() * 1_000);
  server.child.kill('SIGKILL');
  await once(server.child, 'exit');
  alive.now = false;
  await all;
  return asked;
}

/** One of three asks: a read, a search, a write; each names itself in its address. */
async function ask(
  { base }: Server,
  { cookie, patient }: Who,
  number: number,
  asked: Asked,
  alive: { now: boolean },
): Promise<void> {
  const origin = base.replace('127.0.0.1', 'localhost');
  const headers = { cookie, origin };
  while (alive.now) {
    const name = newId();
    try {
      if (number % 4 === 3) {
        const answer = await fetch(`${origin}/fhir/Observation?x-name=${name}`, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/fhir+json' },
          body: JSON.stringify(observation(patient, name)),
        });
        await answer.text();
        if (answer.status === 201) asked.written.push(name);
        continue;
      }
      const address =
        number % 2 === 0
          ? `/fhir/Patient/${patient}?x-name=${name}`
          : `/fhir/Patient?_id=${patient}&_tag:not=${name}`;
      const answer = await fetch(`${origin}${address}`, { headers });
      const text = await answer.text();
      if (answer.status === 200 && text.includes(patient)) asked.reads.push(name);
    } catch {
      // The server was killed in the middle of this answer.
      return;
    }
  }
}

const system = 'urn:openics:proof';
const observation = (patient: string, name: string) => ({
  resourceType: 'Observation',
  status: 'final',
  identifier: [{ system, value: name }],
  code: { text: 'Said while the server is killed' },
  subject: { reference: `Patient/${patient}` },
});

function lookAt(dataDir: string, asked: Asked): Promise<{ unaudited: number; differing: number }> {
  return withDb(dataDir, async (db) => {
    const events = await db.query<{ text: string; kind: string }>(
      `select body as text, e.kind
       from audit.particulars p
       join audit.event e using (list_id, seq)
       union all
       select one #>> '{opened,text}', one #>> '{event,kind}'
       from audit.staged, jsonb_array_elements(events::jsonb) one`,
    );
    const named = (kinds: readonly string[]): Set<string> =>
      new Set(events.filter(({ kind }) => kinds.includes(kind)).flatMap(({ text }) => nameIn(text) ?? []));
    const seen = named(['read', 'search']);
    const created = named(['create']);
    const rows = await db.query<{ content: string }>(
      `select content from record.resource where content like '%' || $1 || '%'`,
      [system],
    );
    const stored = new Set(
      rows.flatMap(({ content }) => uuidIn(content.slice(content.indexOf(system))) ?? []),
    );
    return {
      unaudited: asked.reads.filter((name) => !seen.has(name)).length,
      differing:
        without(created, stored) +
        without(stored, created) +
        asked.written.filter((name) => !stored.has(name)).length,
    };
  });
}

/** How many of the first are not among the second. */
const without = (some: ReadonlySet<string>, others: ReadonlySet<string>): number =>
  [...some].filter((one) => !others.has(one)).length;

const uuidIn = (text: string): string | undefined =>
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(text)?.[0];
const nameIn = (text: string | null): string | undefined =>
  /(?:x-name|_tag:not)=([0-9a-f-]{36})/.exec(text ?? '')?.[1];

const logHolds = (dataDir: string): Promise<boolean> =>
  withDb(dataDir, async (db) => {
    const log = await openAuditLog({ db, dataDir, clock: systemClock, onError: console.error });
    await log.placeAll();
    await log.stop();
    return (await verifyLog(logLines(db), { keys: await log.keys.texts() })).holds;
  });
