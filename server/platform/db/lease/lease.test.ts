import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import path from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { databaseAddress } from '../../../../test/support/database.ts';
import { openDb, type Db } from '../index.ts';

const script = path.join(import.meta.dirname, 'party.fixture.ts');

async function opened(url: string): Promise<Db> {
  const db = await openDb({ connection: { connectionString: url } });
  after(() => db.close());
  return db;
}

/** Asks for the lease until it is held; gives a mark. */
async function held(db: Db): Promise<number> {
  for (let tries = 0; tries < 500; tries++) {
    const mark = db.lease.mark();
    if (mark !== undefined) return mark;
    await pause(20);
  }
  throw new Error('The lease was not to be had.');
}

const change = (db: Db, names: string[]): Promise<void> => db.transaction((tx) => db.lease.enter(tx, names));

test('who holds the lease knows what it changed itself, and nothing else changed', async (t) => {
  const { url } = await databaseAddress(t);
  const db = await opened(url);
  if (db.distributed) return t.skip('on Citus nobody takes the lease');
  const mark = await held(db);
  assert.equal(db.lease.isUnchanged(mark, ['ida', 'tom']), true);
  await change(db, ['ida']);
  assert.equal(db.lease.isUnchanged(mark, ['tom']), true);
  assert.equal(db.lease.isUnchanged(mark, ['ida']), false);
  assert.equal(db.lease.isUnchanged(db.lease.mark()!, ['ida']), true);
});

test('another process that changes anything takes the lease away before it commits', async (t) => {
  const { url } = await databaseAddress(t);
  const [db, other] = [await opened(url), await opened(url)];
  if (db.distributed) return t.skip('on Citus nobody takes the lease');
  const mark = await held(db);
  await other.transaction(async (tx) => {
    await other.lease.enter(tx, ['tom']);
    assert.equal(db.lease.isUnchanged(mark, ['ida']), false);
    assert.equal(db.lease.mark(), undefined);
  });
  const again = await held(db);
  assert.equal(db.lease.isUnchanged(mark, ['ida']), false);
  assert.equal(db.lease.isUnchanged(again, ['ida']), true);
});

test('two processes do not hold the lease at once, and a write is not held up for long', async (t) => {
  const { url } = await databaseAddress(t);
  const [db, other] = [await opened(url), await opened(url)];
  if (db.distributed) return t.skip('on Citus nobody takes the lease');
  await held(db);
  assert.equal(other.lease.mark(), undefined);
  await pause(100);
  assert.equal(other.lease.mark(), undefined);
  const began = performance.now();
  await change(other, ['ida']);
  assert.ok(performance.now() - began < 1_000);
});

test('who is cut off from the database holds nothing, and takes it anew', async (t) => {
  const { url } = await databaseAddress(t);
  const db = await opened(url);
  if (db.distributed) return t.skip('on Citus nobody takes the lease');
  const mark = await held(db);
  const [session] = await db.query<{ pid: number }>(
    `select pid from pg_locks where locktype = 'advisory' and classid = 7312 and granted
       and database = (select oid from pg_database where datname = current_database())`,
  );
  await db.query('select pg_terminate_backend($1)', [session!.pid]);
  await pause(50);
  assert.equal(db.lease.isUnchanged(mark, ['ida']), false);
  assert.ok((await held(db)) > mark);
});

/** A way to the same database that can be frozen: nothing passes then, and neither end hears that the other has gone. */
async function freezable(url: string): Promise<{ url: string; freeze(): void }> {
  const folder = decodeURIComponent(/[?&]host=([^&]+)/.exec(url)?.[1] ?? '');
  const [, host = '', given = '5432'] = /@([^:/?]*)(?::(\d+))?\//.exec(url) ?? [];
  const behind = folder === '' ? { host, port: Number(given) } : { path: path.join(folder, '.s.PGSQL.5432') };
  let frozen = false;
  const ends = new Set<Socket>();
  after(() => ends.forEach((end) => end.destroy()));
  const proxy = createServer((near) => {
    const far = connect(behind);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (piece) => void (frozen || to.write(piece)));
      from.on('close', () => void (frozen || to.destroy()));
      from.on('error', () => undefined);
    }
    ends.add(near).add(far);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  after(() => proxy.close());
  const { port } = proxy.address() as AddressInfo;
  return {
    url: url.replace(/@[^/]*\/([^?]*).*$/, `@127.0.0.1:${port}/$1`),
    freeze: () => void (frozen = true),
  };
}

test('a holder that cannot hear that it was put out stops before others write', async (t) => {
  const { url } = await databaseAddress(t);
  const way = await freezable(url);
  const [deaf, other] = [await opened(way.url), await opened(url)];
  if (other.distributed) return t.skip('on Citus nobody takes the lease');
  const mark = await held(deaf);
  way.freeze();
  let believed = 0;
  const watching = setInterval(() => void (deaf.lease.isUnchanged(mark, ['ida']) && believed++), 10);
  await change(other, ['ida']);
  clearInterval(watching);
  assert.equal(deaf.lease.isUnchanged(mark, ['ida']), false);
  assert.ok(believed > 10, 'it went on for a while');
});

/** A process that keeps the number, and how to speak with it. */
class Party {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: [number, boolean] | undefined) => void>();
  #asked = 0;

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', ([number, value, wasKept]: [number, number | 'failed', boolean]) => {
      this.#waiting.get(number)?.(value === 'failed' ? undefined : [value, wasKept]);
      this.#waiting.delete(number);
    });
    child.on('exit', () => {
      for (const resolve of this.#waiting.values()) resolve(undefined);
    });
  }

  static async start(url: string): Promise<Party> {
    const child = fork(script, [url]);
    after(() => child.kill('SIGKILL'));
    await once(child, 'message');
    return new Party(child);
  }

  /** The answer, or undefined when the process died or the database was away. */
  send(what: 'ask' | 'write'): Promise<[value: number, wasKept: boolean] | undefined> {
    const number = ++this.#asked;
    return new Promise((resolve) => {
      this.#waiting.set(number, resolve);
      if (this.#child.connected) this.#child.send([what, number], () => undefined);
      else resolve(undefined);
    });
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
}

test('no answer is older than a write acknowledged before the question, whoever is stopped, cut off or killed', async (t) => {
  const { url } = await databaseAddress(t);
  const db = await opened(url);
  if (db.distributed) return t.skip('on Citus nobody takes the lease');
  await db.query('create table public.number (value int not null)');
  await db.query('insert into public.number values (0)');
  const parties = [await Party.start(url), await Party.start(url)];
  let acknowledged = 0;
  let keptAnswers = 0;
  let writes = 0;
  let faults = 0;
  const until = performance.now() + 12_000;

  const asking = async (which: number): Promise<void> => {
    while (performance.now() < until) {
      const least = acknowledged;
      const answer = await parties[which]!.send('ask');
      if (answer === undefined) await pause(20);
      else {
        assert.ok(answer[0] >= least, `${answer[0]} was answered after ${least} was acknowledged`);
        if (answer[1]) keptAnswers++;
      }
    }
  };
  const writing = async (): Promise<void> => {
    while (performance.now() < until) {
      await pause(Math.random() < 0.2 ? 1_500 : 150 * Math.random());
      const answer = await parties[Math.floor(2 * Math.random())]!.send('write');
      if (answer === undefined) continue;
      acknowledged = Math.max(acknowledged, answer[0]);
      writes++;
    }
  };
  const harming = async (): Promise<void> => {
    while (performance.now() < until) {
      await pause(2_000 * Math.random());
      const which = Math.floor(2 * Math.random());
      faults++;
      switch (faults % 3) {
        case 0:
          parties[which]!.signal('SIGSTOP');
          await pause(3_000 * Math.random());
          parties[which]!.signal('SIGCONT');
          break;
        case 1:
          await db.query(
            `select pg_terminate_backend(pid) from pg_stat_activity
             where datname = current_database() and pid <> pg_backend_pid() and random() < 0.5`,
          );
          break;
        default: {
          const dead = parties[which]!;
          parties[which] = await Party.start(url);
          dead.signal('SIGKILL');
        }
      }
    }
  };
  await Promise.all([asking(0), asking(1), writing(), harming()]);
  assert.ok(keptAnswers > 100 && writes > 5 && faults > 3, JSON.stringify({ keptAnswers, writes, faults }));
  t.diagnostic(JSON.stringify({ keptAnswers, writes, faults }));
});
