import { mendedVersion } from '../../platform/postgres/index.ts';
import { good, look, wrong, type Finding } from './finding.ts';

const gib = 1024 ** 3;
const inGib = (bytes: number): string => `${(bytes / gib).toFixed(1)} GiB`;

/** PostgreSQL stops when its disk is full; a large import needs several times the size of its files. */
export function judgeDisk(freeBytes: number, folder: string): Finding {
  const text = `${inGib(freeBytes)} free for ${folder}`;
  if (freeBytes < gib) return wrong('disk', text, 'Make room, or move the data folder to a larger disk.');
  if (freeBytes < 10 * gib) return look('disk', text, 'Make room before a large import.');
  return good('disk', text);
}

export function judgeMemory(availableBytes: number, totalBytes: number): Finding {
  const text = `${inGib(availableBytes)} of ${inGib(totalBytes)} available`;
  if (totalBytes < 2 * gib) return look('memory', text, 'OpenICS is slow below 2 GiB. 8 GiB is comfortable.');
  if (availableBytes < gib / 2)
    return look('memory', text, 'Stop other programs, or give the machine more memory.');
  return good('memory', text);
}

export function judgeNode(version: string): Finding {
  const major = Number(version.replace(/^v/, '').split('.')[0]);
  if (major >= 24) return good('Node', version);
  return wrong('Node', `${version} is too old`, 'Start with ./openics, which finds Node 24.');
}

/** Settings of a server that could lose what it said it kept. Source: PostgreSQL manual, section 28.1, Reliability. */
export function judgeSettings(settings: Record<string, string>): Finding[] {
  const must: [string, string, string][] = [
    ['fsync', 'on', 'a power cut can destroy the whole database'],
    ['full_page_writes', 'on', 'a power cut can destroy pages'],
  ];
  const findings = must
    .filter(([name, value]) => settings[name] !== value)
    .map(([name, value, why]) =>
      wrong(
        'settings',
        `${name} is ${settings[name]}: ${why}`,
        `alter system set ${name} = ${value}, then restart PostgreSQL.`,
      ),
    );
  if (settings['synchronous_commit'] === 'off') {
    findings.push(
      wrong(
        'settings',
        'synchronous_commit is off: a crash loses the last writes',
        'alter system set synchronous_commit = on',
      ),
    );
  }
  if (settings['data_checksums'] !== 'on') {
    findings.push(
      look(
        'settings',
        'data checksums are off: a failing disk goes unnoticed',
        'Stop PostgreSQL and run pg_checksums --enable.',
      ),
    );
  }
  if (settings['server_encoding'] !== 'UTF8') {
    findings.push(
      wrong(
        'settings',
        `text is kept as ${settings['server_encoding']}`,
        'Restore a backup into a UTF8 database.',
      ),
    );
  }
  return findings.length > 0 ? findings : [good('settings', 'what is committed survives a power cut')];
}

/** PostgreSQL 17 is what is tested, and what both Citus 13 and 14 serve. */
export function judgeVersion(version: string): Finding {
  const major = Number.parseInt(version, 10);
  if (major < 15) return wrong('PostgreSQL', `${version} is too old`, 'Use PostgreSQL 17.');
  const better = mendedVersion(version);
  if (better !== undefined)
    return look(
      'PostgreSQL',
      `${version} has grave faults that are known`,
      `Take ${better} or later. The embedded one waits for its package: where the people of an ICS sign in, set DATABASE_URL.`,
    );
  if (major !== 17)
    return look('PostgreSQL', version, 'It should work, but version 17 is the one that is tested.');
  return good('PostgreSQL', version);
}

export function judgeConnections(used: number, most: number): Finding {
  const text = `${used} of ${most} in use`;
  return used > most * 0.8
    ? look('connections', text, 'Find what holds them (pg_stat_activity), or raise max_connections.')
    : good('connections', text);
}

/** Times in milliseconds. Audit entries and versions from two machines must sort as they happened. */
export function judgeClock(differenceMs: number): Finding {
  const text = `${(Math.abs(differenceMs) / 1000).toFixed(1)} s between this machine and the database`;
  if (Math.abs(differenceMs) < 2000) return good('clock', text);
  return wrong('clock', text, 'Set both clocks by network time (NTP).');
}

export function judgeMigrations(state: {
  waiting: unknown[];
  changed: string[];
  unknown: string[];
}): Finding {
  if (state.changed.length > 0) {
    return wrong(
      'schema',
      `edited after they ran: ${state.changed.join(', ')}`,
      'Put those migration files back as they were.',
    );
  }
  if (state.unknown.length > 0) {
    return wrong('schema', 'the database is from a newer version', 'Update this checkout to that version.');
  }
  if (state.waiting.length > 0) {
    return look('schema', `${state.waiting.length} migrations wait`, './openics start runs them.');
  }
  return good('schema', 'up to date');
}

export function judgeBackup(ageMs: number | undefined): Finding {
  if (ageMs === undefined)
    return look('backup', 'none was made from this data folder', './openics backup PATH');
  const days = Math.floor(ageMs / 86_400_000);
  const text = days === 0 ? 'made within the last day' : `the last one is ${days} days old`;
  return days > 7 ? look('backup', text, './openics backup PATH') : good('backup', text);
}

export function judgeQuarantine(waiting: number): Finding {
  if (waiting === 0) return good('quarantine', 'nothing waits');
  return look(
    'quarantine',
    `${waiting.toLocaleString('en-GB')} resources wait for a person`,
    './openics quarantine',
  );
}

/** `mode` as the file system gives it. */
export function judgeMode(mode: number, folder: string): Finding {
  if ((mode & 0o066) === 0) return good('data folder', folder);
  return wrong('data folder', `other accounts can read or write ${folder}`, `chmod go-rw ${folder}`);
}
