import { existsSync, readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import { packageVersion } from '../server/platform/postgres/index.ts';

/** One line that says on what a figure was measured. */
export function machineLine(): string {
  const cpu = os.cpus();
  const load = os.loadavg()[0]!.toFixed(1);
  const gib = (os.totalmem() / 2 ** 30).toFixed(0);
  return `${cpu[0]?.model ?? 'unknown processor'}, ${cpu.length} cores, ${gib} GiB, ${os.type()} ${os.release()}, Node ${process.version}, PostgreSQL ${packageVersion()}, load before ${load}`;
}

/**
 * Processor seconds used so far by a process and all below it, those that have ended too, but for `without` and what is below
 * that. NaN where it cannot be told.
 */
export function processorSeconds(pid: number, without = Number.NaN): number {
  const known = new Map(runningProcesses().map((process) => [process.pid, process]));
  if (!known.has(pid)) return Number.NaN;
  const isCounted = (each: number): boolean => {
    const parent = known.get(each)?.parent;
    return each !== without && (each === pid || (parent !== undefined && isCounted(parent)));
  };
  const counted = [...known.values()].filter((process) => isCounted(process.pid));
  return counted.reduce((sum, process) => sum + process.ticks, 0) / 100;
}

/** The process that started another, or undefined. */
export const parentOf = (pid: number): number | undefined =>
  runningProcesses().find((process) => process.pid === pid)?.parent;

type Running = { pid: number; parent: number; ticks: number };

/** Source: proc_pid_stat(5), fields 4 and 14 to 17. */
function runningProcesses(): Running[] {
  if (!existsSync('/proc/self/stat')) return [];
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    let stat: string;
    try {
      stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    } catch {
      return [];
    }
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return [{ pid: Number(pid), parent: Number(fields[1]), ticks }];
  });
}
