import { existsSync } from 'node:fs';
import path from 'node:path';
import { floors } from '../../manifest.ts';
import {
  errorCode,
  findMigrations,
  isAway,
  migrationState,
  openDb,
  type Db,
} from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import { countQuarantine } from '../../record/import/index.ts';
import { orphanedHomes } from '../../platform/postgres/index.ts';
import { isEncrypted, openFor } from '../database/index.ts';
import { good, look, wrong, type Finding } from './finding.ts';
import { judgeClock, judgeConnections, judgeMigrations, judgeQuarantine } from './rules.ts';
import { judgeSettings, judgeVersion } from './rules.ts';
import { lookAtAccounts } from './second-wall.ts';
import { lookAtHome, lookAtSecrets } from './secrets.ts';
import { readServer } from './store.ts';

/** What the database says of itself. The embedded one is started for the look when it does not run, but never made. */
export async function lookAtDatabase(dataDir: string): Promise<Finding[]> {
  return [
    await lookAtSecrets(),
    ...lookAtTheWay(process.env['DATABASE_URL']),
    ...(await lookAtServer(dataDir)),
    ...leftBehind(),
  ];
}

/** Whether others on the network could read what goes to the database and back. */
export function lookAtTheWay(databaseUrl: string | undefined): Finding[] {
  if (databaseUrl === undefined || databaseUrl === '') return [];
  if (isEncrypted(databaseUrl)) return [good('way to PostgreSQL', 'this machine, or TLS that is checked')];
  return [
    look(
      'way to PostgreSQL',
      'it is on another machine, without TLS that is checked',
      'Add sslmode=verify-full to DATABASE_URL. Nobody can sign in until then.',
    ),
  ];
}

/** Only root can have databases outside their data folder, and only root can see them. */
function leftBehind(): Finding[] {
  if (process.getuid?.() !== 0) return [];
  return orphanedHomes().map((home) =>
    look(
      'left behind',
      `${home} holds a database whose data folder is gone`,
      'Remove it when nobody wants it back.',
    ),
  );
}

async function lookAtServer(dataDir: string): Promise<Finding[]> {
  const isOutside = Boolean(process.env['DATABASE_URL']);
  if (!isOutside && !existsSync(path.join(dataDir, 'postgres'))) {
    return [look('PostgreSQL', 'there is no database yet', './openics start makes it.')];
  }
  try {
    const opened = await openFor(dataDir, () => undefined);
    try {
      const db = await openDb({ connection: opened.connection, maxConnections: 1 });
      try {
        return await lookInside(db, dataDir);
      } finally {
        await db.close();
      }
    } finally {
      await opened.stop();
    }
  } catch (error) {
    return [cannotReach(error, isOutside)];
  }
}

async function lookInside(db: Db, dataDir: string): Promise<Finding[]> {
  const asked = Date.now();
  const server = await readServer(db);
  const middle = (asked + Date.now()) / 2;
  const schema = await migrationState(db, await findMigrations(floors));
  const findings = [
    judgeVersion(server.settings['server_version'] ?? ''),
    ...judgeSettings(server.settings),
    judgeConnections(server.connections, Number(server.settings['max_connections'])),
    judgeClock(server.timeMs - middle),
    judgeMigrations(schema),
    ...(await lookAtAccounts(db, process.env)),
  ];
  const hasQuarantine = schema.done.some((migration) => migration.room === 'record/import');
  if (hasQuarantine) findings.push(judgeQuarantine((await countQuarantine(db)).open));
  if (schema.waiting.length === 0) findings.push(...(await lookAtHome(db, dataDir)));
  return findings;
}

function cannotReach(error: unknown, isOutside: boolean): Finding {
  const wayOut = isOutside
    ? 'Check DATABASE_URL, and that the server runs and lets this machine in.'
    : 'See its log.';
  if (isAway(error)) return wrong('PostgreSQL', 'it cannot be reached', wayOut);
  if (error instanceof Problem) return wrong('PostgreSQL', error.message, error.wayOut ?? wayOut);
  return wrong('PostgreSQL', `it refuses us (${errorCode(error) ?? 'no code'})`, wayOut);
}
