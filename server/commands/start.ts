import { mkdirSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Problem } from '../platform/errors.ts';
import { takeLock } from '../platform/process-lock.ts';
import { dataDirOf, databaseHelp, databaseOptions } from './database/index.ts';
import {
  demonstrationHelp,
  demonstrationOptions,
  startDemonstration,
  type Making,
  wantedPeople,
} from './start/demonstration/index.ts';
import { mllpOptions, mllpWish } from './start/mllp.ts';
import { scannerHelp, scannerOptions, scanningChoice, scanningWords } from './start/scanner.ts';
import { openServer } from './start/server.ts';
import {
  secretsLine,
  shortKeyLines,
  signInChoice,
  signInHelp,
  signInOptions,
  type SignInChoice,
} from './start/sign-in.ts';
import { untilAsked } from './start/signals.ts';
import { buildWebIfStale } from './start/web-build.ts';
import { openSteps, seconds } from './terminal/index.ts';
import { readDemonstration } from '../synthetic/index.ts';

export const summary = 'start the database and the web server';

const usage = `./openics start [options]

  --port N          port of the web server (default 8080)
${demonstrationHelp}
${signInHelp}
${scannerHelp}
  --mllp N          also take HL7 v2 messages (MLLP) on port N
  --mllp-key FILE, --mllp-cert FILE   take them over TLS
  --mllp-ca FILE    and only from senders with a certificate of this authority
${databaseHelp}

Starts PostgreSQL, brings its schema up to date, builds the web pages if they changed, and serves them
on this machine only. A new data folder is filled with a made-up care system, while the pages are up
already. Ctrl-C stops it all.`;

export async function run(args: string[]): Promise<number> {
  const began = performance.now();
  const { values } = parseArgs({
    args,
    options: {
      ...databaseOptions,
      port: { type: 'string' },
      ...demonstrationOptions,
      ...mllpOptions,
      ...signInOptions,
      ...scannerOptions,
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const port = portOf(values.port ?? '8080');
  const mllp = await mllpWish(values, portOf);
  const signIn = await signInChoice(values);
  const scanning = scanningChoice(values, signIn);
  const dataDir = dataDirOf(values);
  mkdirSync(dataDir, { recursive: true });
  const answer = takeLock(path.join(dataDir, 'server.json'), { state: 'starting' });
  if ('holder' in answer) return alreadyRunning(answer.holder.pid, answer.holder.about);

  const steps = openSteps();
  steps.line(`OpenICS, data in ${dataDir}`);
  try {
    await steps.step('web pages', buildWebIfStale);
    const server = await openServer({
      dataDir,
      port,
      steps,
      mllp,
      signIn,
      scanning,
      isUnmended: values['unmended-postgres'],
    });
    let making: Making | undefined;
    try {
      const people = wantedPeople(values, {
        demonstration: readDemonstration(dataDir),
        isEmpty: await server.isEmpty(),
        isOutside: process.env['DATABASE_URL'] !== undefined,
      });
      answer.lock.tell({ state: 'running', address: server.address });
      if (server.mllpPort !== undefined)
        steps.line(`HL7 v2 messages (MLLP) are taken on port ${server.mllpPort}.`);
      steps.line(`\nReady after ${seconds(performance.now() - began)}:  ${server.address}`);
      steps.line(`${whoIsServed(signIn)} Ctrl-C stops it.`);
      for (const line of await shortKeyLines(signIn, new Date())) steps.line(line);
      const kept = secretsLine(signIn, process.env['OPENICS_SECRETS']);
      if (kept !== undefined) steps.line(kept);
      const keptBack = await scanningWords(scanning);
      if (keptBack !== undefined) steps.line(keptBack);
      flushCompileCache();
      if (people !== undefined) making = startDemonstration(dataDir, people, steps);
      await untilAsked((again) => again && server.stopNow());
      steps.line('\nStopping: finishing the requests under way');
    } finally {
      await making?.stop();
      await server.stop();
    }
    steps.line('Stopped.');
  } finally {
    answer.lock.release();
  }
  return 0;
}

function whoIsServed(signIn: SignInChoice | undefined): string {
  if (signIn === undefined) return 'Only this machine can reach it, because sign-in is off.';
  if (signIn.isDemonstration)
    return 'Only this machine can reach it. Everybody signs in, as somebody made up.';
  return signIn.address === undefined
    ? 'Only this machine can reach it. Everybody signs in.'
    : `Everybody signs in, at ${signIn.address}.`;
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Problem('start/port', 400, `--port ${text} is not a port number.`, {
    wayOut: 'Choose a number from 1024 to 65535.',
  });
}

function alreadyRunning(pid: number, about: Record<string, string>): number {
  const where = about['address'] === undefined ? 'and is still starting' : `at ${about['address']}`;
  console.log(`OpenICS already runs on this data folder, ${where} (process ${pid}).`);
  console.log('Stop it with Ctrl-C in its terminal, or start another with --data DIR --port N.');
  return 1;
}
