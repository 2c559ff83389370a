import path from 'node:path';
import { parseArgs } from 'node:util';
import { lockHolder, type Holder } from '../platform/process-lock.ts';
import { lastBackup } from './backup/last-backup.ts';
import { dataDirOf, databaseHelp, databaseOptions } from './database/index.ts';
import { findingText, good, look, wrong, type Finding } from './doctor/finding.ts';
import { lookAtMachine } from './doctor/machine.ts';
import { lookAtPort } from './doctor/port.ts';
import { judgeBackup } from './doctor/rules.ts';

export const summary = 'say what is wrong with this set-up, in plain words';

const usage = `./openics doctor [options]

  --port N          the port to look at (default 8080)
${databaseHelp}

Looks and changes nothing. Ends with 1 when something is wrong.`;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { ...databaseOptions, port: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const dataDir = dataDirOf(values);
  const holder = lockHolder(path.join(dataDir, 'server.json'));
  const findings: Finding[] = [];
  const tell = (more: Finding[]): void => {
    findings.push(...more);
    for (const finding of more) console.log(findingText(finding));
  };
  tell(lookAtMachine(dataDir));
  tell([await lookAtServer(holder), lookAtPort(portOf(values.port, holder), holder?.pid)]);
  tell(await lookAtDatabaseIfWeCan(dataDir));
  const last = lastBackup(dataDir);
  tell([judgeBackup(last === undefined ? undefined : Date.now() - Date.parse(last.made))]);

  const count = (state: Finding['state']): number =>
    findings.filter((finding) => finding.state === state).length;
  console.log(`\n${count('good')} good, ${count('look')} to look at, ${count('wrong')} wrong.`);
  return count('wrong') > 0 ? 1 : 0;
}

/** This part needs the npm packages, which may be what is wrong. */
async function lookAtDatabaseIfWeCan(dataDir: string): Promise<Finding[]> {
  try {
    const { lookAtDatabase } = await import('./doctor/database.ts');
    return await lookAtDatabase(dataDir);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return [wrong('program', `it does not load: ${text}`, 'Remove node_modules, then ./openics start.')];
  }
}

function portOf(given: string | undefined, holder: Holder | undefined): number {
  const address = holder?.about['address'];
  return Number(given ?? (address === undefined ? '8080' : new URL(address).port));
}

async function lookAtServer(holder: Holder | undefined): Promise<Finding> {
  const address = holder?.about['address'];
  if (holder === undefined) return look('server', 'it does not run', './openics start');
  if (address === undefined) return look('server', `process ${holder.pid} is starting`, 'Wait for it.');
  try {
    const answer = await fetch(`${address}/health`, { signal: AbortSignal.timeout(5_000) });
    if (answer.ok) return good('server', `answers at ${address} (process ${holder.pid})`);
    return wrong(
      'server',
      `${address}/health answers ${answer.status}`,
      'See the lines below on PostgreSQL.',
    );
  } catch {
    return wrong(
      'server',
      `process ${holder.pid} does not answer at ${address}`,
      'Stop that process and start again.',
    );
  }
}
