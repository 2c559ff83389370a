import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { Problem } from '../../platform/errors.ts';
import type { Fault } from './known-faults.ts';
import type { Lock } from './lock.ts';
import { compareVersions } from './versions.ts';

/** An advisory in the Open Source Vulnerability format, as far as it is read. Source: ossf.github.io/osv-schema, 1.6. */
type Advisory = {
  id?: string;
  published?: string;
  modified?: string;
  withdrawn?: string;
  affected?: {
    package?: { ecosystem?: string; name?: string };
    ranges?: { type?: string; events?: RangeEvent[] }[];
    versions?: string[];
  }[];
  database_specific?: { severity?: string };
};

type RangeEvent = { introduced?: string; fixed?: string; last_affected?: string };

/** What a folder of advisories says of what is installed. `newest` is the day of its latest advisory, so how old the folder is. */
export type Told = { faults: Fault[]; newest: string | null; files: number };

/** Reads each advisory of a folder once, and tells of those that what runs in production has. */
export async function readAdvisories(folder: string, { installed }: Lock): Promise<Told> {
  const versions = new Map<string, Set<string>>();
  for (const { package: name, version } of installed)
    versions.set(name, (versions.get(name) ?? new Set()).add(version));
  const told: Told = { faults: [], newest: null, files: 0 };
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.json')) continue;
    const advisory = advisoryIn(path.join(entry.parentPath, entry.name));
    told.files += 1;
    const changed = (advisory.modified ?? advisory.published ?? '').slice(0, 10);
    if (changed > (told.newest ?? '')) told.newest = changed;
    told.faults.push(...faultsOf(advisory, versions));
  }
  if (told.files === 0)
    throw new Problem('check/no-advisories', 400, 'There is no advisory in this folder.', {
      place: folder,
      wayOut: 'Give a folder of advisories in the OSV format, one JSON file each.',
    });
  return told;
}

function advisoryIn(file: string): Advisory {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Advisory;
  } catch (cause) {
    throw new Problem('check/advisory', 400, 'An advisory cannot be read.', { place: file, cause });
  }
}

/** The packages of ours that an advisory is about, each once. */
export function faultsOf(
  { id = 'without a number', published, withdrawn, affected = [], database_specific: more }: Advisory,
  versions: ReadonlyMap<string, ReadonlySet<string>>,
): Told['faults'] {
  if (withdrawn !== undefined) return [];
  const names = new Set(
    affected.flatMap(({ package: about, ranges = [], versions: listed = [] }) => {
      const ours = about?.ecosystem === 'npm' ? versions.get(about.name ?? '') : undefined;
      const isHit = (version: string): boolean =>
        listed.includes(version) ||
        ranges.some(({ type, events = [] }) => type === 'SEMVER' && isWithin(version, events));
      return ours !== undefined && [...ours].some(isHit) ? [about!.name!] : [];
    }),
  );
  // Its makers say how grave it is; where they do not, it counts as the gravest.
  const severity = more?.severity?.toLowerCase() ?? 'critical';
  return [...names].map((name) => ({
    id,
    package: name,
    severity,
    published: published?.slice(0, 10) ?? null,
  }));
}

/** Whether a version lies between an event that brought the fault in and one that ended it. Source: OSV schema, "evaluation". */
export function isWithin(version: string, events: readonly RangeEvent[]): boolean {
  const at = (event: RangeEvent): string => event.introduced ?? event.fixed ?? event.last_affected ?? '';
  const inOrder = events.toSorted((a, b) =>
    at(a) === '0' ? -1 : at(b) === '0' ? 1 : compareVersions(at(a), at(b)),
  );
  let isHit = false;
  for (const event of inOrder) {
    const { introduced, fixed, last_affected: last } = event;
    if (introduced !== undefined && (introduced === '0' || compareVersions(version, introduced) >= 0))
      isHit = true;
    if (fixed !== undefined && compareVersions(version, fixed) >= 0) isHit = false;
    if (last !== undefined && compareVersions(version, last) > 0) isHit = false;
  }
  return isHit;
}
