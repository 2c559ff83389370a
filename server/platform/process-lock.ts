import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readIfThere } from './read-if-there.ts';

/** The process that holds a lock, and what it says of itself. */
export type Holder = { pid: number; born: string; about: Record<string, string> };

export type ProcessLock = {
  /** Changes what the holder says of itself. */
  tell(about: Record<string, string>): void;
  release(): void;
};

/**
 * Takes a lock that is a file naming its holder, so that a lock left by a killed process is seen as such.
 * Gives the lock, or the living process that has it.
 */
export function takeLock(
  file: string,
  about: Record<string, string> = {},
): { lock: ProcessLock } | { holder: Holder } {
  const mine = `${file}.${process.pid}`;
  const write = (now: Record<string, string>): void => {
    const holder: Holder = { pid: process.pid, born: bornAt(process.pid) ?? '', about: now };
    writeFileSync(mine, JSON.stringify(holder), { mode: 0o600 });
  };
  write(about);
  try {
    for (;;) {
      if (linked(mine, file)) break;
      const seen = readIfThere(file);
      const holder = parse(seen);
      if (holder !== undefined && isAlive(holder)) return { holder };
      if (seen !== undefined) setAside(file, `${mine}.stale`, seen);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  return {
    lock: {
      tell(now) {
        write(now);
        renameSync(mine, file);
      },
      release() {
        if (parse(readIfThere(file))?.pid === process.pid) rmSync(file, { force: true });
      },
    },
  };
}

/** The living process that holds the lock, where there is one. */
export function lockHolder(file: string): Holder | undefined {
  const holder = parse(readIfThere(file));
  return holder !== undefined && isAlive(holder) ? holder : undefined;
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves a dead process's file away, and puts it back when a living process took its place just before. */
function setAside(file: string, away: string, seen: string): void {
  try {
    renameSync(file, away);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (readIfThere(away) !== seen) linked(away, file);
  rmSync(away, { force: true });
}

function parse(text: string | undefined): Holder | undefined {
  if (text === undefined) return undefined;
  try {
    const value = JSON.parse(text) as Partial<Holder> | null;
    if (typeof value?.pid !== 'number' || typeof value.born !== 'string') return undefined;
    return { pid: value.pid, born: value.born, about: value.about ?? {} };
  } catch {
    return undefined;
  }
}

/** A process number is used again in time, so the moment of birth is compared as well. */
function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const born = bornAt(holder.pid);
  return born === undefined || holder.born === '' || born === holder.born;
}

/** When a process began, in clock ticks since the machine started. Source: proc_pid_stat(5), field 22. */
function bornAt(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return afterName[0] === 'Z' ? 'gone' : afterName[19];
  } catch {
    return undefined;
  }
}
