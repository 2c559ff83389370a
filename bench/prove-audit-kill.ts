import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { logLines, openAuditLog, verifyLog } from '../server/audit/index.ts';
import { floors, manifest } from '../server/manifest.ts';
import { systemClock } from '../server/platform/clock.ts';
import { migrate, openDb, type Db } from '../server/platform/db/index.ts';
import { newId } from '../server/platform/ids.ts';
import { openDatabase, removeDataDir } from '../server/platform/postgres/index.ts';

const program = path.join(import.meta.dirname, 'prove-audit-kill-server.ts');
const readers = 16;

export type KillResult = {
  kills: number;
  postgresKills: number;
  answered: number;
  missing: number;
  holds: boolean;
};

/** Where the server to be killed keeps what it has. */
export type Place = {
  url: string;
  dataDir: string;
  /** Kills PostgreSQL too, and brings it back. Without it only the server is killed. */
  postgres?: { kill(): void; bringBack(): Promise<void> };
};

/**
 * Kills a server with SIGKILL while it answers reads, at random moments, and now and then PostgreSQL with it. Then looks whether
 * each answer that left has its event on record, and checks the whole log.
 */
export async function prove(args: string[]): Promise<boolean> {
  const { values } = parseArgs({ args, options: { kills: { type: 'string', default: '200' } } });
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'openics-audit-kill-'));
  let opened = await openDatabase({ dataDir, purpose: 'discard' });
  try {
    const db = await openDb({ connection: opened.connection });
    await migrate(db, { floors, manifest });
    await db.close();
    const postgres = {
      kill: () => killPostgres(dataDir),
      async bringBack() {
        await opened.stop().catch(() => undefined);
        opened = await openDatabase({ dataDir, purpose: 'discard' });
      },
    };
    const result = await killReads({ url: opened.url, dataDir, postgres }, Number(values.kills), console.log);
    console.log(
      `${result.kills} kills, PostgreSQL too in ${result.postgresKills}: ${result.answered} reads answered, ${result.missing} of them not on record; the log ${result.holds ? 'holds' : 'DOES NOT HOLD'}.`,
    );
    return result.missing === 0 && result.holds;
  } finally {
    await opened.stop();
    removeDataDir(dataDir);
  }
}

/** Kills so many times, and tells each answer that is not on record. */
export async function killReads(
  { url, dataDir, postgres }: Place,
  kills: number,
  print: (line: string) => void,
): Promise<KillResult> {
  const result: KillResult = { kills, postgresKills: 0, answered: 0, missing: 0, holds: false };
  const work = async <T>(use: (db: Db) => Promise<T>): Promise<T> => {
    const db = await openDb({ connection: { connectionString: url } });
    try {
      return await use(db);
    } finally {
      await db.close();
    }
  };
  for (let kill = 1; kill <= kills; kill++) {
    const both = kill % 10 === 3 ? postgres : undefined;
    const answered = await readUntilKilled(url, dataDir, () => both?.kill());
    if (both !== undefined) {
      result.postgresKills++;
      await both.bringBack();
    }
    const missing = await work((db) => notOnRecord(db, answered));
    result.answered += answered.length;
    result.missing += missing.length;
    if (kill % 20 === 0)
      print(`after ${kill} kills: ${result.answered} reads answered, ${result.missing} not on record`);
    if (missing.length > 0)
      print(`kill ${kill}: ${missing.length} of ${answered.length} answers are not on record`);
  }
  result.holds = await work((db) => holdsInTheEnd(db, dataDir, result.answered));
  return result;
}

/** Lets readers ask until the server is killed. Gives the requests whose answer arrived. */
async function readUntilKilled(url: string, dataDir: string, alsoKill: () => void): Promise<string[]> {
  const child = spawn(process.execPath, [program, url, dataDir], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, NODE_COMPILE_CACHE: path.join(dataDir, 'compiled') },
  });
  const ended = once(child, 'exit');
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const answered: string[] = [];
  const agent = new http.Agent({ keepAlive: true, maxSockets: readers });
  const server = { isAlive: true };
  const reader = async (number: number): Promise<void> => {
    const person = `0198a000-0000-7000-8000-0000000000${String(number).padStart(2, '0')}`;
    while (server.isAlive) {
      const id = newId();
      if (await isAnswered(agent, Number(line), `/${person}/${id}`)) answered.push(id);
    }
  };
  const all = Promise.all(Array.from({ length: readers }, (_, number) => reader(number)));
  await pause(50 + Math.random() * 400);
  alsoKill();
  child.kill('SIGKILL');
  await ended;
  server.isAlive = false;
  await all;
  agent.destroy();
  return answered;
}

function isAnswered(agent: http.Agent, port: number, at: string): Promise<boolean> {
  return new Promise((resolve) => {
    http
      .get({ agent, port, host: '127.0.0.1', path: at }, (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode === 200));
        response.on('error', () => resolve(false));
      })
      .on('error', () => resolve(false));
  });
}

function killPostgres(dataDir: string): void {
  const file = path.join(dataDir, 'postgres', 'cluster', 'postmaster.pid');
  process.kill(Number(readFileSync(file, 'utf8').split('\n', 1)[0]), 'SIGKILL');
}

/** Requests that have an event neither in the log nor waiting for a place. */
async function notOnRecord(db: Db, requests: readonly string[]): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `select request_id::text as id from audit.event where request_id = any($1::uuid[])
     union all
     select one #>> '{event,request}' from audit.staged, jsonb_array_elements(events::jsonb) one`,
    [requests],
  );
  const there = new Set(rows.map(({ id }) => id));
  return requests.filter((id) => !there.has(id));
}

async function holdsInTheEnd(db: Db, dataDir: string, answered: number): Promise<boolean> {
  const log = await openAuditLog({ db, dataDir, clock: systemClock, onError: console.error });
  await log.placeAll();
  await log.stop();
  const finding = await verifyLog(logLines(db), { keys: await log.keys.texts() });
  return finding.holds && finding.events >= answered;
}
