import { readFileSync } from 'node:fs';
import os from 'node:os';
import { packageVersion } from '../server/platform/postgres/index.ts';

/** One line that says on what a figure was measured. */
export function machineLine(): string {
  const cpu = os.cpus();
  const load = os.loadavg()[0]!.toFixed(1);
  const gib = (os.totalmem() / 2 ** 30).toFixed(0);
  return `${cpu[0]?.model ?? 'unknown processor'}, ${cpu.length} cores, ${gib} GiB, ${os.type()} ${os.release()}, Node ${process.version}, PostgreSQL ${packageVersion()}, load before ${load}`;
}

/** Processor seconds used so far by a process and the children it has waited for; undefined when it cannot be read. */
export function cpuSeconds(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = [11, 12, 13, 14].reduce((sum, field) => sum + Number(fields[field]), 0);
    return ticks / 100;
  } catch {
    return undefined;
  }
}
