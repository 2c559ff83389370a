import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { loadFolder } from '../../../feeds/index.ts';
import { loadGeography, loadOrganisations } from '../../../organisations/index.ts';
import { updateDirectory } from '../../../record/directory/index.ts';
import type { Db } from '../../../platform/db/index.ts';
import { settle } from '../../database/index.ts';
import type { Services } from '../../../services.ts';
import { dayOf, feedsFolderOf, generate } from '../../../synthetic/index.ts';

/** Told what is being done, and which share of it is done. */
export type Tell = (step: string, share: number) => void;

export type MakeRequest = {
  dataDir: string;
  /** For what only who owns the tables may do. */
  owner: Db;
  people: number;
  signal: AbortSignal;
  tell: Tell;
};

const untilDay = '2026-03-31';

/**
 * Makes up a care system, and loads it by the ways its partners would use. Stopped half way, it goes on where it was when it is
 * called again.
 */
export async function makeDemonstration(services: Services, request: MakeRequest): Promise<void> {
  const { dataDir, owner, signal, tell } = request;
  const folder = feedsFolderOf(dataDir);
  await makeUp(request, folder);
  if (signal.aborted) return;
  tell('Loading the map and the partners', 0);
  await loadGeography(services.db, services.clock, path.join(folder, 'geography.json'));
  await loadOrganisations(services.db, services.clock, path.join(folder, 'organisations.json'));
  await updateDirectory(services);
  const stored = await load(services, request, folder);
  if (signal.aborted) return;
  await settle(services.db, owner, services.clock, stored);
  rmSync(folder, { recursive: true, force: true });
}

/** The summary is written last: a folder without it was cut off, and is made again. */
async function makeUp({ people, tell }: MakeRequest, folder: string): Promise<void> {
  if (existsSync(path.join(folder, 'summary.json'))) return;
  rmSync(folder, { recursive: true, force: true });
  tell('Making up people and their lives', 0);
  await generate({
    people,
    seed: 1,
    until: dayOf(untilDay)!,
    out: folder,
    detail: 'light',
    progress: (_step, done, of) => tell('Making up people and their lives', done / Math.max(1, of)),
  });
}

async function load(services: Services, { signal, tell }: MakeRequest, folder: string): Promise<number> {
  const step = 'Loading what the partners send';
  let all = 1;
  let read = 0;
  tell(step, 0);
  const outcomes = await loadFolder(services, {
    folder,
    signal,
    progress: {
      found: (_files, bytes) => void (all = Math.max(1, bytes)),
      bytes: (n) => tell(step, Math.min(1, (read += n) / all)),
      stored: () => undefined,
      note: () => undefined,
    },
  });
  return outcomes.reduce((sum, each) => sum + each.stored, 0);
}
