import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { MllpClient } from '../server/feeds/index.ts';
import { openDb } from '../server/platform/db/index.ts';
import { openDatabase, removeDataDir } from '../server/platform/postgres/index.ts';
import { contentHash } from '../server/record/store/index.ts';
import { makeMessages } from './messages.ts';
import { startServer, type Server } from './server.ts';

const senders = 16;
const victims = ['listener', 'PostgreSQL', 'both'] as const;
type Victim = (typeof victims)[number];
type State = { content: string; messages: number; acknowledged: number };

/**
 * Senders send over MLLP, each message again until it is acknowledged, while the listener, PostgreSQL or both are killed at random
 * points. At the end every acknowledged message must be there, and the record must be that of a run without kills.
 */
export async function prove(args: string[]): Promise<boolean> {
  const { values } = parseArgs({
    args,
    options: { points: { type: 'string', default: '50' }, messages: { type: 'string', default: '300' } },
  });
  const each = Number(values.messages);
  const points = Number(values.points);
  const work = mkdtempSync(path.join(os.tmpdir(), 'openics-feeds-'));
  const [calmDir, dataDir] = [path.join(work, 'calm'), path.join(work, 'killed')];
  try {
    const calm = await runSenders(calmDir, each, []);
    const expected = await stateOf(calmDir, calm);
    console.log(`undisturbed: ${expected.messages} messages, content ${expected.content}`);
    const kills = Array.from({ length: points }, (_, index) => ({
      after: Math.floor(((index + Math.random()) / points) * each * senders * 0.95),
      victim: victims[index % victims.length]!,
    }));
    const acknowledged = await runSenders(dataDir, each, kills);
    const found = await stateOf(dataDir, acknowledged);
    const isSame = found.content === expected.content && found.messages === expected.messages;
    console.log(`${points} kills: ${found.messages} messages, content ${found.content}`);
    console.log(`acknowledged and not there: ${acknowledged.length - found.acknowledged}`);
    console.log(isSame ? 'The record is the same: nothing lost, nothing done twice.' : 'The records differ.');
    return isSame && found.acknowledged === acknowledged.length;
  } finally {
    removeDataDir(calmDir);
    removeDataDir(dataDir);
    rmSync(work, { recursive: true, force: true });
  }
}

type Kill = { after: number; victim: Victim };

/** The server and its port, which change when it is started again. */
class Standing {
  readonly #dataDir: string;
  #server: Server | undefined;

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  async start(): Promise<void> {
    this.#server = await startServer(this.#dataDir, {}, ['--mllp', '0']);
  }

  get port(): number | undefined {
    return this.#server?.mllpPort;
  }

  async kill(victim: Victim): Promise<void> {
    const server = this.#server!;
    if (victim !== 'listener') process.kill(postmaster(this.#dataDir), 'SIGKILL');
    // A listener whose database is away acknowledges nothing; it gets a moment to show that.
    if (victim === 'PostgreSQL') await pause(500);
    this.#server = undefined;
    const ended = once(server.child, 'exit');
    server.child.kill('SIGKILL');
    await ended;
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
  }
}

function postmaster(dataDir: string): number {
  const file = path.join(dataDir, 'postgres', 'cluster', 'postmaster.pid');
  return Number(readFileSync(file, 'utf8').split('\n', 1)[0]);
}

/** Sends everything, killing on the way. Gives the control ids that were acknowledged, each with its sender. */
async function runSenders(dataDir: string, each: number, kills: readonly Kill[]): Promise<string[]> {
  const standing = new Standing(dataDir);
  await standing.start();
  const acknowledged: string[] = [];
  const killing = (async () => {
    for (const { after, victim } of kills) {
      while (acknowledged.length < after) await pause(5);
      await pause(Math.random() * 60);
      console.log(`${acknowledged.length} acknowledged: killing ${victim}`);
      await standing.kill(victim);
      await standing.start();
    }
  })();
  await Promise.all(
    Array.from({ length: senders }, (_, index) =>
      sendAll(standing, `RY${index}`, each, index + 1, acknowledged),
    ),
  );
  await killing;
  await standing.stop();
  return acknowledged;
}

async function sendAll(
  standing: Standing,
  facility: string,
  count: number,
  seed: number,
  acknowledged: string[],
): Promise<void> {
  let client: MllpClient | undefined;
  for (const { id, text } of makeMessages({ facility, count, people: 40, seed })) {
    for (;;) {
      try {
        client ??= await MllpClient.open(standing.port!);
        const { code } = await client.send(Buffer.from(text));
        if (code !== 'AA') throw new Error(`${facility} ${id} was answered with ${code}.`);
        acknowledged.push(`${facility} ${id}`);
        break;
      } catch (error) {
        if (error instanceof Error && error.message.includes('answered')) throw error;
        client?.destroy();
        client = undefined;
        await pause(50);
      }
    }
  }
  await client?.close();
}

async function stateOf(dataDir: string, acknowledged: readonly string[]): Promise<State> {
  const opened = await openDatabase({ dataDir });
  const db = await openDb({ connection: opened.connection });
  try {
    const rows = await db.query<{ name: string }>(
      `select (f.key::jsonb ->> 1) || ' ' || m.control_id as name
       from feeds.message m
       join feeds.feed f on f.id = m.feed_id
       where m.state in ('stored', 'late')`,
    );
    const stored = new Set(rows.map((row) => row.name));
    return {
      content: await contentHash(db),
      messages: rows.length,
      acknowledged: acknowledged.filter((name) => stored.has(name)).length,
    };
  } finally {
    await db.close();
    await opened.stop();
  }
}
