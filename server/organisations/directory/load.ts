import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import type { Db, Tx } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import { hashOf } from '../files/hash.ts';
import { readJson } from '../files/json.ts';
import { asOrganisations } from '../local-format.ts';
import { lastHash, lockLoads, recordDelivery, type Said } from '../store/deliveries.ts';
import type { OrganisationId } from '../types.ts';
import { organisationsIn } from './local.ts';
import { odsSource, readOds, type OdsSaid } from './ods.ts';
import { saveOrganisations, type SaidTogether } from './save.ts';

/** What became of one file of organisations. `left`: it holds none. */
export type DirectoryReport = {
  file: string;
  state: 'loaded' | 'unchanged' | 'left';
  organisations: number;
  added: number;
  withdrawn: number;
  /** Relationships and resources that say nothing of organisations or membership. */
  passedOver: number;
};

/** What was loaded, and which organisations it spoke of. */
export type DirectoryLoad = { files: DirectoryReport[]; ids: OrganisationId[] };

/**
 * Loads organisations: an organisations.json, a JSON file of the Organisation Data Service, or a folder of those. Each file is stored
 * whole or not at all; a file that was loaded before changes nothing.
 */
export async function loadOrganisations(
  db: Db,
  clock: Clock,
  from: string,
  onFile: (report: DirectoryReport) => void = () => undefined,
): Promise<DirectoryLoad> {
  const files: DirectoryReport[] = [];
  const ids = new Set<OrganisationId>();
  for (const file of await filesIn(from)) {
    const done = await loadFile(db, clock, file, path.basename(file));
    for (const id of done.ids) ids.add(id);
    files.push(done.report);
    onFile(done.report);
  }
  return { files, ids: [...ids] };
}

async function filesIn(from: string): Promise<string[]> {
  const found = await stat(from).catch(() => undefined);
  if (found?.isFile() === true) return [from];
  const names = found === undefined ? [] : (await readdir(from)).sort();
  const wanted = names.includes('organisations.json')
    ? ['organisations.json']
    : names.filter((name) => /\.json(\.gz)?$/.test(name));
  if (wanted.length > 0) return wanted.map((name) => path.join(from, name));
  throw new Problem('organisations/no-file', 400, 'There is no file of organisations here.', {
    place: from,
    wayOut: 'Give an organisations.json, a JSON file of the Organisation Data Service, or a folder of those.',
  });
}

type Done = { report: DirectoryReport; ids: OrganisationId[] };

async function loadFile(db: Db, clock: Clock, file: string, name: string): Promise<Done> {
  const parsed = await readJson(file, name);
  const contentHash = await hashOf(file);
  const isOurs = typeof parsed === 'object' && parsed !== null && !('resourceType' in parsed);
  const parts = isOurs ? localParts(parsed, name, contentHash) : odsParts(readOds(parsed, name), contentHash);
  const none = { file: name, organisations: 0, added: 0, withdrawn: 0, passedOver: parts.passedOver };
  if (parts.parts.length === 0) return { report: { ...none, state: 'left' }, ids: [] };
  return db.transaction(async (tx) => {
    await lockLoads(tx);
    const report = { ...none, state: 'unchanged' } as DirectoryReport;
    const ids: OrganisationId[] = [];
    for (const { said, together, once } of parts.parts) {
      if (once && (await lastHash(tx, said)) === said.contentHash) continue;
      const saved = await savePart(tx, said, together, clock());
      report.organisations += together.organisations.length;
      report.added += saved.added;
      report.withdrawn += saved.withdrawn;
      ids.push(...saved.ids);
    }
    if (report.added + report.withdrawn > 0) report.state = 'loaded';
    return { report, ids };
  });
}

const savePart = (tx: Tx, said: Said, together: SaidTogether, at: Date) =>
  recordDelivery(tx, said, at, async (deliveryId) => {
    const saved = await saveOrganisations(tx, said, deliveryId, together);
    return { ...saved, changed: saved.added + saved.withdrawn > 0, rows: saved.added };
  });

/** `once`: the file is all that the source says, so that the same file again has nothing to add. */
type Part = { said: Said; together: SaidTogether; once: boolean };

function localParts(
  parsed: object,
  name: string,
  contentHash: string,
): { parts: Part[]; passedOver: number } {
  const file = asOrganisations(parsed, name);
  const said = { source: file.source, about: 'organisations', contentHash };
  return {
    parts: [{ said, together: { ...organisationsIn(file, name), covers: 'all' }, once: true }],
    passedOver: 0,
  };
}

const ofOrganisation = ['description', 'odsRole', 'site', 'contact'] as const;

function odsParts(read: OdsSaid, contentHash: string): { parts: Part[]; passedOver: number } {
  const parts: Part[] = [];
  const about = (head: string): Said => ({ source: odsSource, about: head, contentHash });
  if (read.organisations.length + read.deleted.length > 0) {
    const { organisations, deleted } = read;
    const together = { organisations, deleted, covers: 'mentioned', tables: ofOrganisation } as const;
    parts.push({ said: about('organization'), together, once: false });
  }
  if (read.affiliated.length > 0) {
    const together = { organisations: read.affiliated, covers: 'keys', tables: ['membership'] } as const;
    parts.push({ said: about('affiliation'), together, once: false });
  }
  return { parts, passedOver: read.otherRelationships + read.otherResources };
}
