import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { good, look, type Finding } from './finding.ts';

const listening = '0A';

/** Says who listens on a port of this machine, as far as this account may know. Source: proc_net(5). */
export function lookAtPort(port: number, ourPid: number | undefined): Finding {
  const about = `port ${port}`;
  const sockets = [...listenersOn('/proc/net/tcp', port), ...listenersOn('/proc/net/tcp6', port)];
  if (sockets.length === 0) return good(about, ourPid === undefined ? 'free' : 'not in use');
  const owner = ownerOf(new Set(sockets));
  if (owner !== undefined && owner.pid === ourPid) return good(about, 'OpenICS listens on it');
  const who = owner === undefined ? 'a program of another account' : `${owner.name} (process ${owner.pid})`;
  return look(about, `${who} listens on it`, 'Stop that program, or start OpenICS with --port N.');
}

/** The inode numbers of the sockets that listen on a port. */
function listenersOn(table: string, port: number): string[] {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return read(table)
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === listening && fields[1]?.endsWith(`:${hex}`))
    .map((fields) => fields[9] ?? '');
}

function ownerOf(inodes: Set<string>): { pid: number; name: string } | undefined {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (socketsOf(pid).some((inode) => inodes.has(inode))) {
      return { pid: Number(pid), name: read(`/proc/${pid}/comm`).trim() };
    }
  }
  return undefined;
}

function socketsOf(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => {
      const target = readlinkSync(`/proc/${pid}/fd/${fd}`);
      return /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? '';
    });
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
