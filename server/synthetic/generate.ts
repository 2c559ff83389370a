import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Problem } from '../platform/errors.ts';
import { isoDay, type Day } from './calendar.ts';
import { hireCrew, type Crew } from './crew.ts';
import type { Detail } from './feeds/person-story.ts';
import { extractFile } from './feeds/gp/feed.ts';
import { dialects, styleOf } from './feeds/hl7/dialects.ts';
import { sheetOf } from './feeds/csv/styles.ts';
import { manifestOf } from './manifest.ts';
import { feedFolder, wireKind, type FileStyle } from './output/layout.ts';
import type { Closed, Closing, FileFacts } from './output/finish.ts';
import type { Part } from './output/spool.ts';
import { geographyDocument } from './place/geography.ts';
import { organisationsDocument } from './place/organisations.ts';
import { feedKinds, type FeedKind } from './place/types.ts';
import { worldOf, type Range, type RangeCount, type RangeTold } from './range.ts';
import { summaryOf, type Summary } from './summary.ts';
import { truthFile } from './tell-person.ts';
import type { Question, World } from './world.ts';

export type GenerateOptions = {
  people: number;
  seed: number;
  /** The last day of the lives told. */
  until: Day;
  out: string;
  /** Kinds of partner whose feeds are written; all of them unless said. */
  feeds?: readonly FeedKind[];
  detail?: Detail;
  /** Threads; the output does not depend on it. */
  threads?: number;
  progress?: Progress;
};

export type Progress = (step: 'counting' | 'telling' | 'closing', done: number, of: number) => void;

const partsFolder = '.parts';
/** A month of a hospital's messages is sorted in memory: it grows with the people. */
const leastMemoryMb = 480;
const peopleAMb = 2_000;
/** Below this many people a thread is not worth its start. */
const peopleForThreads = 4_000;

/**
 * Makes a made-up care system: geography, partners, what each partner would send of its people over five years, and the
 * truth beside it. The same question gives the same bytes, however many threads work on it. Refuses a folder that is not
 * empty.
 */
export async function generate(options: GenerateOptions): Promise<Summary> {
  const { people, seed, until, out, detail = 'full', progress = () => undefined } = options;
  const question: Question = { people, seed, until };
  const kinds = options.feeds ?? feedKinds;
  openFolder(out);
  const world = worldOf(question);
  const threads = options.threads ?? (people < peopleForThreads ? 1 : Math.min(8, availableParallelism()));
  const crew = hireCrew(threads, Math.max(leastMemoryMb, people / peopleAMb));
  try {
    const told = await tell(crew, { question, world, out, kinds, detail, progress });
    const files = await close(
      crew,
      world,
      out,
      told.flatMap(({ parts }) => parts),
      progress,
    );
    rmSync(path.join(out, partsFolder), { recursive: true, force: true });
    return finish(world, { out, kinds, detail }, told, files);
  } finally {
    await crew.end();
  }
}

function openFolder(out: string): void {
  mkdirSync(out, { recursive: true });
  if (readdirSync(out).length > 0)
    throw new Problem('generate/folder-not-empty', 409, 'The folder for the output is not empty.', {
      place: out,
      wayOut: 'Name another folder, or empty this one.',
    });
}

type Work = {
  question: Question;
  world: World;
  out: string;
  kinds: readonly FeedKind[];
  detail: Detail;
  progress: Progress;
};

/** Counts all ranges first, so that each knows the numbers of those before it. */
async function tell(crew: Crew, work: Work): Promise<RangeTold[]> {
  const { question, world, out, kinds, detail, progress } = work;
  const ranges = rangesOf(world.households, crew.size);
  progress('counting', 0, world.households);
  const counts = await crew.all<RangeCount>(
    ranges.map((range) => ({ do: 'count', question, range })),
    () => undefined,
  );
  let firstNumber = 0;
  let done = 0;
  return crew.all<RangeTold>(
    ranges.map((range, at) => {
      const task = {
        do: 'tell' as const,
        question,
        range,
        firstNumber,
        folder: path.join(out, partsFolder, String(at)),
        kinds,
        detail,
      };
      firstNumber += counts[at]!.numbers;
      return task;
    }),
    (steps) => progress('telling', (done += steps), world.households),
  );
}

function rangesOf(households: number, count: number): Range[] {
  return Array.from({ length: count }, (_, i) => ({
    first: Math.floor((i * households) / count),
    end: Math.floor(((i + 1) * households) / count),
  }));
}

const filesATask = 40;

/** Puts the parts of each file together, in the order of the households. */
async function close(
  crew: Crew,
  world: World,
  out: string,
  parts: Part[],
  progress: Progress,
): Promise<FileFacts[]> {
  const byPath = new Map<string, Part[]>();
  for (const part of parts) byPath.set(part.path, [...(byPath.get(part.path) ?? []), part]);
  const paths = [...byPath.keys()].sort();
  const styles = stylesOf(world);
  const closings = paths.map((name): Closing => {
    const digits = path.basename(name, '.hl7').replace(/\D/g, '');
    return {
      file: { path: name, style: styles(name) },
      parts: byPath.get(name)!.map(({ part }) => part),
      controlIdPrefix: digits,
    };
  });
  const tasks = [];
  for (let i = 0; i < closings.length; i += filesATask)
    tasks.push({ do: 'close' as const, folder: out, files: closings.slice(i, i + filesATask) });
  let done = 0;
  const closed = await crew.all<Closed[]>(tasks, (steps) =>
    progress('closing', (done += steps), paths.length),
  );
  return closed.flat().map((file) => {
    const own = byPath.get(file.path)!;
    return {
      ...file,
      records: own.reduce((sum, part) => sum + part.records, 0),
      from: Math.min(...own.map((part) => part.from)),
      to: Math.max(...own.map((part) => part.to)),
    };
  });
}

function stylesOf(world: World): (name: string) => FileStyle {
  const byFolder = new Map(world.partners.map((partner) => [feedFolder(partner), partner]));
  return (name) => {
    if (name === truthFile.path) return truthFile.style;
    const partner = byFolder.get(path.posix.dirname(name))!;
    switch (wireKind(partner.sends!)) {
      case 'hl7v2':
        return styleOf(dialects[partner.id]!);
      case 'csv':
        return sheetOf(partner).style;
      case 'fhir-ndjson':
        return extractFile(partner, world.until, world.until).style;
    }
  };
}

function finish(
  world: World,
  { out, kinds, detail }: { out: string; kinds: readonly FeedKind[]; detail: Detail },
  told: RangeTold[],
  files: FileFacts[],
): Summary {
  const peopleIn = (lsoa: number): number =>
    told.reduce((sum, { alivePerLsoa }) => sum + alivePerLsoa[lsoa]!, 0);
  const written = [
    writeJson(out, 'geography.json', geographyDocument(world.land, world.from, peopleIn)),
    writeJson(out, 'organisations.json', organisationsDocument(world.land, world.partners, world.from)),
    writeJson(out, 'manifest.json', manifestOf(world, files)),
  ];
  const hash = createHash('sha256');
  for (const file of [...files, ...written].sort((a, b) => (a.path < b.path ? -1 : 1)))
    hash.update(`${file.path}:${file.sha256}\n`);
  const summary = summaryOf(world, {
    kinds,
    detail,
    told,
    files,
    sha256: hash.digest('hex'),
    until: isoDay(world.until),
  });
  writeJson(out, 'summary.json', summary);
  return summary;
}

function writeJson(out: string, name: string, content: object): Closed {
  const bytes = Buffer.from(
    `${JSON.stringify(content, undefined, name === 'geography.json' ? undefined : 2)}\n`,
  );
  writeFileSync(path.join(out, name), bytes);
  return { path: name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}
