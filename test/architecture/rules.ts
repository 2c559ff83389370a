import path from 'node:path';
import type { SourceFile } from './imports.ts';

/** The sub-rooms of the record from the lowest up. Those in one row stand side by side. */
const recordFloors: readonly (readonly string[])[] = [
  ['definitions'],
  ['fhirpath'],
  ['validation', 'formats', 'search'],
  ['store', 'pieces'],
  ['graphql', 'patch', 'operations', 'import', 'view', 'directory'],
  ['rest'],
];

const longestFile = 400;

/** Doors of sub-rooms that are used beside the door of their room: signing in loads libraries that deciding does without. */
const ownDoors = new Set(['server/access/sign-in/index.ts']);

/** The files that load what they find, by name. */
const mayImportByName = new Set(['server/cli.ts', 'server/commands/bench.ts', 'server/commands/prove.ts']);

/** Everything that breaks a rule of the house, as sentences. `floors` are the rooms of `server/`, lowest first. */
export function faultsOf(sources: SourceFile[], floors: readonly string[]): string[] {
  const known = new Set(sources.map((source) => source.file));
  return [
    ...sources.flatMap((source) => [
      ...source.imports.flatMap((target) => importFaults(source.file, target, known, floors)),
      ...fileFaults(source),
    ]),
    ...cycles(sources),
  ];
}

function importFaults(file: string, target: string, known: Set<string>, floors: readonly string[]): string[] {
  const faults: string[] = [];
  const door = closedDoor(file, target, known);
  if (door !== undefined) faults.push(`${file} imports ${target} past its door ${door}`);
  if (isUpward(floorIn(file, floors), floorIn(target, floors)))
    faults.push(`${file} imports upwards: ${target}`);
  if (!isTest(file) && isUpward(recordFloor(file), recordFloor(target))) {
    faults.push(`${file} imports upwards within the record: ${target}`);
  }
  if (file.startsWith('web/') && target.startsWith('server/') && !isTest(file)) {
    faults.push(`${file} imports the server; pages use only the public API: ${target}`);
  }
  if (target.includes('node_modules/')) faults.push(`${file} imports a file inside node_modules: ${target}`);
  return faults;
}

function fileFaults({ file, lines, dynamic }: SourceFile): string[] {
  const faults: string[] = [];
  if (lines > longestFile) faults.push(`${file} has ${lines} lines; split it by subject`);
  if (dynamic && !mayImportByName.has(file) && !isTest(file))
    faults.push(`${file} imports a name that is not written out`);
  return faults;
}

/** The first folder on the way from the importer to its target that has a door, when the import does not use it. */
function closedDoor(file: string, target: string, known: Set<string>): string | undefined {
  if (ownDoors.has(target) || isForTests(file, target)) return undefined;
  const from = path.posix.dirname(file).split('/');
  const steps = path.posix.dirname(target).split('/');
  let depth = 0;
  while (depth < steps.length && steps[depth] === from[depth]) depth++;
  for (; depth < steps.length; depth++) {
    const door = `${steps.slice(0, depth + 1).join('/')}/index.ts`;
    if (target === door) return undefined;
    if (known.has(door)) return door;
  }
  return undefined;
}

const isUpward = (from: number | undefined, to: number | undefined): boolean =>
  from !== undefined && to !== undefined && to > from;

/** Rooms count from the bottom; what joins them (server/*.ts, commands) stands above them all. */
function floorIn(file: string, floors: readonly string[]): number | undefined {
  const [top, room] = file.split('/');
  if (top !== 'server' || isTest(file) || room === 'manifest.ts') return undefined;
  const floor = floors.indexOf(room ?? '');
  return floor < 0 ? floors.length : floor;
}

function recordFloor(file: string): number | undefined {
  const [top, room, part, rest] = file.split('/');
  if (top !== 'server' || room !== 'record' || rest === undefined) return undefined;
  const floor = recordFloors.findIndex((row) => row.includes(part ?? ''));
  return floor < 0 ? undefined : floor;
}

/** Fixtures are for tests, and no door shows them. */
const isForTests = (file: string, target: string): boolean =>
  target.includes('.fixture.') && (isTest(file) || file.startsWith('test/'));

const isTest = (file: string): boolean => /\.(test|fixture)\.tsx?$/.test(file);

/** Each loop of imports, told once, from its first file in the alphabet. */
function cycles(sources: SourceFile[]): string[] {
  const importsOf = new Map(sources.map((source) => [source.file, source.imports]));
  const state = new Map<string, 'open' | 'done'>();
  const found = new Set<string>();
  const trail: string[] = [];
  const visit = (file: string): void => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      found.add(loopText(trail.slice(trail.indexOf(file))));
      return;
    }
    state.set(file, 'open');
    trail.push(file);
    for (const target of importsOf.get(file) ?? []) if (importsOf.has(target)) visit(target);
    trail.pop();
    state.set(file, 'done');
  };
  for (const { file } of sources) visit(file);
  return [...found];
}

function loopText(loop: string[]): string {
  const first = loop.indexOf([...loop].sort()[0] ?? '');
  const turned = [...loop.slice(first), ...loop.slice(0, first)];
  return `a loop of imports: ${[...turned, turned[0]].join(' > ')}`;
}
