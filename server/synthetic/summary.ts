import type { Detail } from './feeds/person-story.ts';
import type { FileFacts } from './output/finish.ts';
import type { FeedKind } from './place/types.ts';
import type { RangeTold } from './range.ts';
import type { World } from './world.ts';

/** `summary.json`: what was made, in numbers. */
export type Summary = {
  people: { wanted: number; alive: number; ever: number };
  seed: number;
  until: string;
  detail: Detail;
  feeds: readonly FeedKind[];
  partners: Record<string, number>;
  files: number;
  bytes: number;
  /** Lines, messages or rows by kind of partner. */
  sent: Partial<Record<FeedKind, number>>;
  /** Records of people by kind of partner. */
  records: Partial<Record<FeedKind, number>>;
  errors: Partial<Record<FeedKind, Record<string, number>>>;
  specialHouseholds: Record<string, number>;
  /** SHA-256 over the paths and contents of all files but this. */
  sha256: string;
};

type Facts = {
  kinds: readonly FeedKind[];
  detail: Detail;
  told: RangeTold[];
  files: FileFacts[];
  sha256: string;
  until: string;
};

export function summaryOf(world: World, { kinds, detail, told, files, sha256, until }: Facts): Summary {
  const partners: Record<string, number> = {};
  for (const { kind } of world.partners) partners[kind] = (partners[kind] ?? 0) + 1;
  const sends = new Map(world.partners.map((partner) => [partner.id, partner.sends]));
  const sent: Summary['sent'] = {};
  for (const file of files) {
    const kind = sends.get(file.path.split('/')[1] ?? '');
    if (kind !== undefined) sent[kind] = (sent[kind] ?? 0) + file.records;
  }
  const errors: Record<string, Record<string, number>> = {};
  const records: Record<string, number> = {};
  const specialHouseholds: Record<string, number> = {};
  for (const range of told) {
    add(records, range.recordsPerKind);
    add(specialHouseholds, range.scenarios);
    for (const [kind, tally] of Object.entries(range.errorsPerKind)) add((errors[kind] ??= {}), tally);
  }
  return {
    people: {
      wanted: world.people,
      alive: told.reduce((sum, { alive }) => sum + alive, 0),
      ever: told.reduce((sum, { people }) => sum + people, 0),
    },
    seed: world.seed,
    until,
    detail,
    feeds: kinds,
    partners,
    files: files.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    sent,
    records,
    errors,
    specialHouseholds,
    sha256,
  };
}

function add(into: Record<string, number>, more: Readonly<Record<string, number | undefined>>): void {
  for (const [name, count] of Object.entries(more)) into[name] = (into[name] ?? 0) + (count ?? 0);
}
