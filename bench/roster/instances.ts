import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

const data = path.resolve(import.meta.dirname, '../../../shared/data/rostering');

/** Best known costs as published. Sources: schedulingbenchmarks.org/nrp; the pages of the 2010 competition. */
export const bestKnown: ReadonlyMap<string, number> = new Map(
  [
    'Instance1=607 Instance3=1001 Instance5=1143 Instance7=1056 Instance9=439 Instance11=3443',
    'Instance13=1348 Instance15=3828 Instance17=5746 Instance19=3149 Instance21=21133',
    'Instance23=17285 sprint01=56 sprint03=51 sprint05=58 sprint07=56 sprint09=55 sprint_late01=37',
    'sprint_late03=48 sprint_late05=44 sprint_late07=42 sprint_late09=17 sprint_hidden01=32',
    'sprint_hidden03=62 sprint_hidden05=59 sprint_hidden07=153 sprint_hidden09=338 medium01=240',
    'medium03=236 medium05=303 medium_late01=157 medium_late03=29 medium_late05=107',
    'medium_hidden01=111 medium_hidden03=34 medium_hidden05=118',
    'long01=197 long03=240 long05=284 long_late01=235 long_late03=220 long_late05=83',
    'long_hidden01=346 long_hidden03=38 long_hidden05=41',
  ].flatMap((line) =>
    line.split(' ').map((pair): [string, number] => [pair.split('=')[0] ?? '', Number(pair.split('=')[1])]),
  ),
);

/**
 * Costs of INRC-II when all weeks are known at once: what nobody who learns one week at a time can be better than. Source:
 * github.com/wssuite/NurseScheduler, benchmark/w4.yml and w8.yml (8 weeks: the best found, not proven).
 */
export const allWeeksKnown: ReadonlyMap<string, number> = new Map([
  ['n030w4_1_6-2-9-1', 1670],
  ['n030w4_1_6-7-5-3', 1815],
  ['n030w8_1_2-7-0-9-3-6-0-6', 2085],
  ['n030w8_1_6-7-5-3-5-6-2-9', 1890],
  ['n040w4_0_2-0-6-1', 1565],
  ['n040w4_2_6-1-0-6', 1750],
  ['n060w4_1_6-1-1-5', 2450],
  ['n060w4_1_9-6-3-8', 2675],
  ['n080w4_2_4-3-3-3', 3300],
  ['n080w4_2_6-0-4-8', 3190],
  ['n110w4_0_1-4-2-8', 2330],
  ['n110w4_0_1-9-3-5', 2455],
]);

/**
 * The least cost that any of nine teams reached on the two named instances of a family, together. Source: the competition's
 * validated results of the late instances, 2015 (mobiz.vives.be/inrc2), as transcribed on GitHub in 2026. n110 was not among them.
 */
export const bestOfNineTeams: ReadonlyMap<string, number> = new Map([
  ['n030w4', 1755 + 1935],
  ['n030w8', 1900 + 2340],
  ['n040w4', 1730 + 1880],
  ['n040w8', 2700 + 3310],
  ['n060w4', 2815 + 2950],
  ['n080w4', 3535 + 3570],
]);

/** Of INRC-II those that the competition named, as history and weeks; each is solved without knowing later weeks. */
const staged = [
  'n030w4/n030w4_1_6-2-9-1',
  'n030w4/n030w4_1_6-7-5-3',
  'n030w8/n030w8_1_2-7-0-9-3-6-0-6',
  'n030w8/n030w8_1_6-7-5-3-5-6-2-9',
  'n040w4/n040w4_0_2-0-6-1',
  'n040w4/n040w4_2_6-1-0-6',
  'n040w8/n040w8_0_0-6-8-9-2-6-6-4',
  'n040w8/n040w8_2_5-0-4-8-7-1-7-2',
  'n060w4/n060w4_1_6-1-1-5',
  'n060w4/n060w4_1_9-6-3-8',
  'n080w4/n080w4_2_4-3-3-3',
  'n080w4/n080w4_2_6-0-4-8',
  'n110w4/n110w4_0_1-4-2-8',
  'n110w4/n110w4_0_1-9-3-5',
];

/** Every shared instance: a file, or for INRC-II the short name of its files in their folder. */
export function instances(): string[] {
  return [
    ...inFolder('curtois', /^Instance\d+\.txt$/).toSorted((a, b) => numberOf(a) - numberOf(b)),
    ...inFolder('inrc1', /^(sprint|medium|long).*\.txt$/),
    ...staged.map((name) => path.join(data, 'inrc2', name)).filter((file) => existsSync(path.dirname(file))),
  ];
}

/** Those that were asked for: by a whole name, or by its beginning followed by `*`. */
export function chosen(names: readonly string[]): string[] {
  const wanted = (name: string): boolean =>
    names.some((each) => (each.endsWith('*') ? name.startsWith(each.slice(0, -1)) : name === each));
  return names.length === 0 ? instances() : instances().filter((file) => wanted(nameOf(file)));
}

export const nameOf = (file: string): string => path.basename(file, '.txt');

/** Whether other solvers are given it too: all but what is solved week by week. */
export const isForPeers = (file: string): boolean => file.endsWith('.txt');

const inFolder = (folder: string, wanted: RegExp): string[] =>
  existsSync(path.join(data, folder))
    ? readdirSync(path.join(data, folder))
        .filter((file) => wanted.test(file))
        .map((file) => path.join(data, folder, file))
    : [];

const numberOf = (file: string): number => Number(/(\d+)\.txt$/.exec(file)?.[1] ?? 0);
