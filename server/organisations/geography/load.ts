import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import { isUniqueViolation, type Db, type Tx } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import { saveOrganisations } from '../directory/save.ts';
import type { OrganisationSaid } from '../directory/said.ts';
import { hashOf } from '../files/hash.ts';
import { readJson } from '../files/json.ts';
import { asGeography, wrong, type GeographyFile } from '../local-format.ts';
import { localAreaSystem } from '../names.ts';
import { lastHash, lockLoads, recordDelivery, type Said } from '../store/deliveries.ts';
import { areasOfOthers, identified, identifierKey } from '../store/identify.ts';
import type { OrganisationId } from '../types.ts';
import { addBoundaries, readBoundaries } from './boundaries.ts';
import { readCsvFile, shapeOf } from './csv-file.ts';
import { addLocalAreas, bodiesIn } from './local.ts';
import { withdrawBulk } from './replace.ts';
import { ons } from './shapes.ts';
import { Sink, type Loading } from './sink.ts';

/** What became of one file. `left`: it holds no geography that we know. */
export type FileReport = {
  file: string;
  title: string;
  state: 'loaded' | 'unchanged' | 'left';
  rows: number;
  passedOver: number;
};

export type GeographyReport = { files: FileReport[]; changed: boolean };

export type Progress = (report: FileReport) => void;

/**
 * Loads geography: a folder of English open data, one file of it, an ONS postcode directory, or a geography.json. Each file is stored
 * whole or not at all; a file that was loaded before changes nothing. Throws a Problem that names file, line and column.
 */
export async function loadGeography(
  db: Db,
  clock: Clock,
  from: string,
  onFile: Progress = () => undefined,
): Promise<GeographyReport> {
  const files: FileReport[] = [];
  for (const plan of await plansFor(from)) {
    const report = await plan.load(db, clock);
    files.push(report);
    onFile(report);
  }
  return { files, changed: files.some(({ state }) => state === 'loaded') };
}

/** A file and how to load it; those that others stand on come first. */
type Plan = { order: number; load(db: Db, clock: Clock): Promise<FileReport> };

async function plansFor(from: string): Promise<Plan[]> {
  const isFolder = (await statOf(from)).isDirectory();
  const names = isFolder ? (await readdir(from)).sort() : [path.basename(from)];
  const folder = isFolder ? from : path.dirname(from);
  const wanted = isFolder && names.includes('geography.json') ? ['geography.json'] : names;
  const plans: Plan[] = [];
  for (const name of wanted.filter((each) => /\.(csv|json|geojson)(\.gz)?$/i.test(each)))
    plans.push(await planFor(path.join(folder, name), name, isFolder));
  if (plans.length === 0) throw nothingThere(from);
  return plans.sort((a, b) => a.order - b.order);
}

async function statOf(from: string) {
  try {
    return await stat(from);
  } catch {
    throw nothingThere(from);
  }
}

const nothingThere = (from: string): Problem =>
  new Problem('organisations/no-file', 400, 'There is no geography file here.', {
    place: from,
    wayOut: 'Give a folder of CSV and GeoJSON files, one of them, or a geography.json.',
  });

async function planFor(file: string, name: string, mayBeOther: boolean): Promise<Plan> {
  if (/\.csv(\.gz)?$/i.test(name)) return csvPlan(file, name, mayBeOther);
  if (name === 'geography.json' || !/geojson/i.test(name)) return localPlan(file, name);
  return boundaryPlan(file, name, mayBeOther);
}

async function csvPlan(file: string, name: string, mayBeOther: boolean): Promise<Plan> {
  const found = await shapeOf(file, name, mayBeOther);
  if (found === undefined) return leftPlan(name);
  const { shape, order } = found;
  return {
    order,
    load: (db, clock) =>
      loadOnce(
        db,
        clock,
        { file, name, title: shape.title, source: shape.source, about: shape.about },
        (into) => readCsvFile(into.tx, file, name, shape, into),
      ),
  };
}

async function boundaryPlan(file: string, name: string, mayBeOther: boolean): Promise<Plan> {
  const found = await readBoundaries(file, name);
  if (found === undefined && mayBeOther) return leftPlan(name);
  if (found === undefined) throw nothingThere(file);
  const what = { file, name, title: found.title, source: ons, about: found.about };
  return {
    order: 100,
    load: (db, clock) =>
      loadOnce(db, clock, what, ({ sink }) => {
        addBoundaries(found, name, sink);
      }),
  };
}

async function localPlan(file: string, name: string): Promise<Plan> {
  const read = asGeography(await readJson(file, name), name);
  const bodies = bodiesIn(read, name);
  const what = { file, name, title: 'Areas and postcodes', source: read.source, about: 'geography' };
  return {
    order: 0,
    load: (db, clock) =>
      loadOnce(db, clock, what, async ({ tx, sink, save }) => {
        await refuseForeignAreas(tx, read, name);
        await save(bodies);
        const system = localAreaSystem(read.source);
        const known = await identified(
          tx,
          bodies.map(({ identifiers }) => identifiers[0]),
        );
        addLocalAreas(read, sink, (code): OrganisationId =>
          known.get(identifierKey({ system, value: code }))!,
        );
      }),
  };
}

/** One code means one area: two sources that describe it would each give it a system. */
async function refuseForeignAreas(tx: Tx, file: GeographyFile, name: string): Promise<void> {
  const codes = file.areas.map(({ code }) => code);
  const [taken] = await areasOfOthers(tx, codes, file.source);
  if (taken !== undefined)
    throw wrong(
      name,
      `/areas/${codes.indexOf(taken)}/code`,
      'Another source describes an area with this code.',
    );
}

const leftPlan = (name: string): Plan => ({
  order: 200,
  load: async () => ({ file: name, title: 'no geography', state: 'left', rows: 0, passedOver: 0 }),
});

type What = { file: string; name: string; title: string; source: string; about: string };

async function loadOnce(
  db: Db,
  clock: Clock,
  what: What,
  work: (into: Loading) => Promise<void> | void,
): Promise<FileReport> {
  const said: Said = { source: what.source, about: what.about, contentHash: await hashOf(what.file) };
  const report = { file: what.name, title: what.title, passedOver: 0 };
  const load = async (tx: Tx): Promise<FileReport> => {
    await lockLoads(tx);
    if ((await lastHash(tx, said)) === said.contentHash) return { ...report, state: 'unchanged', rows: 0 };
    const { changed: _changed, ...done } = await recordDelivery(tx, said, clock(), async (deliveryId) => {
      await withdrawBulk(tx, said, deliveryId);
      const sink = new Sink(tx, deliveryId);
      let rows = 0;
      const save = async (organisations: OrganisationSaid[]): Promise<void> => {
        rows += organisations.length;
        await saveOrganisations(tx, said, deliveryId, { organisations, covers: 'all' });
      };
      await work({ tx, sink, save });
      await sink.flush();
      rows += sink.rowCount;
      return { ...report, state: 'loaded' as const, rows, passedOver: sink.passedOver, changed: true };
    });
    return done;
  };
  try {
    return await db.transaction(load);
  } catch (error) {
    if (isUniqueViolation(error)) throw saidTwice(what.name);
    throw error;
  }
}

const saidTwice = (name: string): Problem =>
  new Problem('organisations/said-twice', 400, 'This file says two things of the same area or postcode.', {
    place: name,
    wayOut: 'Nothing of this file was stored. Put it right, then load it again.',
  });
