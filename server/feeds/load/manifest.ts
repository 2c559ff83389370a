import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Problem } from '../../platform/errors.ts';

export type FeedFile = { path: string; records: number; bytes: number };

/** One feed of a folder, as its manifest describes it. Format: docs/reference/feed-formats.md. */
export type FolderFeed = { partner: string; name: string; source: string; files: FeedFile[] } & (
  | { kind: 'fhir-ndjson' }
  | { kind: 'hl7v2'; framing: 'mllp'; sender: { application: string; facility: string } }
  | { kind: 'csv'; mapping: string; separator: string; encoding: string }
);

type Text = { [member: string]: unknown };

/** Reads `manifest.json` of a folder. Throws a Problem with the place of what is wrong. */
export function readManifest(folder: string): FolderFeed[] {
  const manifest = objectOf(parsed(path.join(folder, 'manifest.json')), 'manifest.json');
  if (manifest['format'] !== 'openics-feeds-1') throw wrong('format', 'It is not openics-feeds-1');
  return listOf(manifest['feeds'], 'feeds').map((each, index) =>
    feedOf(objectOf(each, `feeds[${index}]`), `feeds[${index}]`),
  );
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new Problem('feeds/no-manifest', 400, 'The folder has no manifest.json that can be read.', {
      place: file,
      wayOut: 'Give a folder as ./openics generate makes it; docs/reference/feed-formats.md describes it.',
    });
  }
}

function feedOf(feed: Text, place: string): FolderFeed {
  const text = (member: string, from: Text = feed): string => {
    const value = from[member];
    if (typeof value !== 'string' || value === '') throw wrong(`${place}.${member}`, 'A text is missing');
    return value;
  };
  const files = listOf(feed['files'], `${place}.files`).map((each, index): FeedFile => {
    const file = objectOf(each, `${place}.files[${index}]`);
    const name = text('path', file);
    if (path.isAbsolute(name) || name.split(/[\\/]/).includes('..'))
      throw wrong(`${place}.files[${index}].path`, 'It leads out of the folder');
    return { path: name, records: Number(file['records'] ?? 0), bytes: Number(file['bytes'] ?? 0) };
  });
  const shared = { partner: text('partner'), name: text('name'), source: text('source'), files };
  switch (feed['kind']) {
    case 'fhir-ndjson':
      return { ...shared, kind: 'fhir-ndjson' };
    case 'hl7v2': {
      if (feed['framing'] !== 'mllp') throw wrong(`${place}.framing`, 'It is not mllp');
      const sender = objectOf(feed['sender'], `${place}.sender`);
      return {
        ...shared,
        kind: 'hl7v2',
        framing: 'mllp',
        sender: { application: text('application', sender), facility: text('facility', sender) },
      };
    }
    case 'csv':
      return {
        ...shared,
        kind: 'csv',
        mapping: text('mapping'),
        separator: text('separator'),
        encoding: text('encoding'),
      };
    default:
      throw wrong(`${place}.kind`, 'It is none of fhir-ndjson, hl7v2, csv');
  }
}

function objectOf(value: unknown, place: string): Text {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Text;
  throw wrong(place, 'It is no object');
}

function listOf(value: unknown, place: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw wrong(place, 'It is no list');
}

const wrong = (place: string, reason: string): Problem =>
  new Problem('feeds/manifest', 400, `The manifest cannot be used: ${reason}.`, { place });
