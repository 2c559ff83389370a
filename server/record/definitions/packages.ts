import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Problem } from '../../platform/errors.ts';
import type { Resource } from '../types.ts';
import { prune } from './prune.ts';
import { tarFiles } from './tar.ts';
import type { DefinitionPackage } from './types.ts';

const kept = new Set([
  'StructureDefinition',
  'ValueSet',
  'CodeSystem',
  'ConceptMap',
  'SearchParameter',
  'NamingSystem',
  'ImplementationGuide',
  'Questionnaire',
]);
const maxUnpackedBytes = 2 ** 30;

/** A package, with the files of it that could not be read. */
export type ReadPackage = DefinitionPackage & { unread: { file: string; reason: string }[] };

export type ReadPackageOptions = {
  /** Reads a resource from XML. */
  fromXml: (xml: string) => Resource;
};

/**
 * Reads a package of definitions: a FHIR package folder, its .tgz, one file, or any folder of JSON and XML definitions.
 * A file that cannot be read is listed, not loaded. Throws a Problem when there is nothing to load.
 */
export function readPackage(path: string, options: ReadPackageOptions): ReadPackage {
  const files = [...filesOf(path)].sort((a, b) => (a.name < b.name ? -1 : 1));
  const manifest = files.find((file) => file.name === 'package/package.json' || file.name === 'package.json');
  const resources: Resource[] = [];
  const unread: ReadPackage['unread'] = [];
  for (const file of files) {
    if (isOther(file.name)) continue;
    const resource = readFile(file, options);
    if (typeof resource === 'string') unread.push({ file: file.name, reason: resource });
    else if (resource && kept.has(resource.resourceType) && typeof resource['url'] === 'string')
      resources.push(prune(resource));
  }
  if (resources.length === 0) {
    throw new Problem('record/package-empty', 422, 'No definitions were found.', {
      place: path,
      wayOut:
        'Give a FHIR package (.tgz or folder), or a folder with StructureDefinition, ValueSet or CodeSystem files.',
    });
  }
  return { ...nameAndVersion(path, manifest, files), resources, unread };
}

type PackageFile = { name: string; content: Buffer };

function* filesOf(path: string): Generator<PackageFile> {
  if (statSync(path).isDirectory()) {
    for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.(json|xml)$/i.test(entry.name)) continue;
      const full = join(entry.parentPath, entry.name);
      yield { name: full.slice(path.length).replace(/^\/+/, ''), content: readFileSync(full) };
    }
  } else if (/\.(tgz|tar\.gz)$/i.test(path)) {
    yield* tarFiles(gunzipSync(readFileSync(path), { maxOutputLength: maxUnpackedBytes }));
  } else {
    yield { name: basename(path), content: readFileSync(path) };
  }
}

/** Indexes, the manifest and examples are not definitions. */
function isOther(name: string): boolean {
  return (
    !/\.(json|xml)$/i.test(name) ||
    /(^|\/)(package\.json|\.index\.json|example\/|examples\/|openapi\/|other\/)/.test(name)
  );
}

/** The resource of a file, undefined when it holds none, or why it cannot be read. */
function readFile(file: PackageFile, { fromXml }: ReadPackageOptions): Resource | string | undefined {
  const text = file.content.toString('utf8').replace(/^\uFEFF/, '');
  try {
    const read: unknown = /\.xml$/i.test(file.name) ? fromXml(text) : JSON.parse(text);
    const isResource =
      typeof read === 'object' && read !== null && typeof (read as Resource).resourceType === 'string';
    return isResource ? (read as Resource) : undefined;
  } catch (error) {
    if (error instanceof Problem) return `${error.message} ${error.place ?? ''}`.trim();
    if (error instanceof SyntaxError) return 'It is not JSON.';
    throw error;
  }
}

/** Without a manifest the name comes from the path, and the version from the content, so that loading the same again changes nothing. */
function nameAndVersion(
  path: string,
  manifest: PackageFile | undefined,
  files: PackageFile[],
): { name: string; version: string } {
  if (manifest) {
    const read = JSON.parse(manifest.content.toString('utf8')) as { name?: string; version?: string };
    if (read.name !== undefined && read.version !== undefined)
      return { name: read.name, version: read.version };
  }
  const hash = createHash('sha256');
  for (const file of files) hash.update(file.name).update(file.content);
  return {
    name: basename(path).replace(/\.(tgz|tar\.gz|json|xml)$/i, ''),
    version: hash.digest('hex').slice(0, 12),
  };
}
