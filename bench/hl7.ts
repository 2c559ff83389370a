import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { MllpClient } from '../server/feeds/index.ts';
import { removeDataDir } from '../server/platform/postgres/index.ts';
import { processorSeconds } from './machine.ts';
import { makeMessages } from './messages.ts';
import type { BenchOptions } from './options.ts';
import type { Finding } from './report.ts';
import { startServer } from './server.ts';

const connections = 32;
const paced = 200;

/** HL7 v2 over real sockets to the real server: as fast as it goes from 32 senders, then 200 a second. */
export async function run(options: BenchOptions): Promise<Finding> {
  mkdirSync(options.folder, { recursive: true });
  const dataDir = path.join(options.folder, 'hl7-data');
  removeDataDir(dataDir);
  const server = await startServer(dataDir, {}, ['--mllp', '0']);
  try {
    const port = server.mllpPort!;
    const count = options.size ?? 20_000;
    await flood(port, 2_000, 'warm');
    const before = processorSeconds(server.child.pid!);
    const fast = await flood(port, count, 'fast');
    const cpu = processorSeconds(server.child.pid!) - before;
    const calm = await pacedRun(port, Math.max(10, options.seconds));
    return {
      name: 'hl7',
      command: `./openics bench hl7 --size ${count}`,
      columns: ['what', 'messages', 'messages/s', 'p50 ms', 'p99 ms', 'longest ms'],
      rows: [
        [
          `${connections} connections, each waits for its acknowledgement`,
          count,
          count / fast.seconds,
          ...quantiles(fast.ms),
        ],
        [
          `${paced} messages/s, ${connections} connections`,
          calm.ms.length,
          calm.ms.length / calm.seconds,
          ...quantiles(calm.ms),
        ],
      ],
      notes: [
        'A message is acknowledged after the transaction that holds it and its resources is committed (synchronous_commit on). Six in ten are ADT about 10,000 patients, three in ten are results.',
        `Processor time of the server and what it started: ${((cpu * 1000) / count).toFixed(2)} ms a message; the senders share the machine.`,
      ],
    };
  } finally {
    await server.stop();
    removeDataDir(dataDir);
  }
}

async function flood(
  port: number,
  count: number,
  prefix: string,
): Promise<{ seconds: number; ms: number[] }> {
  const clients = await Promise.all(Array.from({ length: connections }, () => MllpClient.open(port)));
  const each = Math.ceil(count / connections);
  // Made before the clock runs: the senders share the machine with what is measured.
  const letters = clients.map((_client, sender) =>
    Array.from(
      makeMessages({ facility: `RX${sender}`, count: each, people: 312, seed: sender + 1, prefix }),
      ({ text }) => Buffer.from(text),
    ),
  );
  const ms: number[] = [];
  const began = performance.now();
  await Promise.all(
    clients.map(async (client, sender) => {
      for (const letter of letters[sender]!) {
        const sent = performance.now();
        const answer = await client.send(letter);
        ms.push(performance.now() - sent);
        if (answer.code !== 'AA') throw new Error(`A message was answered with ${answer.code}.`);
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  await Promise.all(clients.map((client) => client.close()));
  return { seconds, ms };
}

/** Sends at a steady rate whatever the answers do; what is waited for counts from the moment it should have been sent. */
async function pacedRun(port: number, seconds: number): Promise<{ seconds: number; ms: number[] }> {
  const clients = await Promise.all(Array.from({ length: connections }, () => MllpClient.open(port)));
  const makers = clients.map((_client, sender) =>
    makeMessages({
      facility: `RX${sender}`,
      count: 1_000_000,
      people: 312,
      seed: sender + 1,
      prefix: 'paced',
    }),
  );
  const ms: number[] = [];
  const answers: Promise<void>[] = [];
  const began = performance.now();
  for (let sent = 0; sent < seconds * paced; sent += 1) {
    const due = began + (sent * 1000) / paced;
    const wait = due - performance.now();
    if (wait > 1) await pause(wait);
    const made = makers[sent % connections]!.next();
    if (made.done === true) break;
    const answered = clients[sent % connections]!.send(Buffer.from(made.value.text));
    answers.push(answered.then(() => void ms.push(performance.now() - due)));
  }
  await Promise.all(answers);
  const took = (performance.now() - began) / 1000;
  await Promise.all(clients.map((client) => client.close()));
  return { seconds: took, ms };
}

function quantiles(values: number[]): [number, number, number] {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  return [at(0.5), at(0.99), sorted.at(-1)!];
}
