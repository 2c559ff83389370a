import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Problem } from '../server/platform/errors.ts';

/** Where the Synthea bundles are: beside the checkout. */
const source = path.resolve(import.meta.dirname, '../../shared/data/synthea');

const uuid = /[0-9a-f]{8}(?=-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/g;

/** The text of each bundle as published, in the order of the file names. */
export function bundles(most = Infinity): string[] {
  if (!existsSync(source)) {
    throw new Problem('bench/no-data', 500, 'The Synthea bundles are not there.', {
      place: source,
      wayOut: 'Put the Synthea bundles in shared/data/synthea beside the checkout.',
    });
  }
  const files = readdirSync(source).filter((file) => file.endsWith('.json.gz'));
  return files
    .sort()
    .slice(0, most)
    .map((file) => gunzipSync(readFileSync(path.join(source, file))).toString());
}

/**
 * Other people with the same histories: the first eight digits of every UUID are changed by the number of the copy, so that links
 * inside a bundle still hold, and so are names, numbers, address and birth date of the patient, so that nobody takes them for one
 * person. Copy 0 is the bundle as published.
 */
export function copyOf(bundle: string, copy: number): string {
  if (copy === 0) return bundle;
  const change = Math.imul(copy, 0x9e3779b1) >>> 0;
  const text = bundle.replace(uuid, (digits) =>
    ((Number.parseInt(digits, 16) ^ change) >>> 0).toString(16).padStart(8, '0'),
  );
  const from = text.search(/"resourceType":\s*"Patient"/);
  const next = text.indexOf('"fullUrl"', from);
  const to = next < 0 ? text.length : next;
  return text.slice(0, from) + otherPatient(text.slice(from, to), copy) + text.slice(to);
}

const saidOfPatient = /"(family|given|prefix|line|city|postalCode|value)":\s*(?:"[^"]*"|\[[^\]]*\])/g;
const dayMs = 86_400_000;

function otherPatient(text: string, copy: number): string {
  return text
    .replace(saidOfPatient, (said, element: string) =>
      element === 'prefix' ? said : `"${element}"${otherWords(said.slice(element.length + 2), copy)}`,
    )
    .replace(/("birthDate":\s*")([\d-]{10})/, (_, before: string, day: string) => {
      const moved = new Date(Date.parse(day) - ((copy * 41) % 3650) * dayMs);
      return before + moved.toISOString().slice(0, 10);
    });
}

/** Vowels become other vowels, consonants other consonants, digits other digits. */
function otherWords(text: string, copy: number): string {
  return text.replace(/[a-z0-9]/g, (sign) => {
    const row = ['aeiou', 'bcdfghjklmnpqrstvwxyz', '0123456789'].find((signs) => signs.includes(sign))!;
    return row[(row.indexOf(sign) + copy) % row.length]!;
  });
}

/** How many resources a bundle holds. */
export const entriesIn = (bundle: string): number =>
  (JSON.parse(bundle) as { entry: unknown[] }).entry.length;

/**
 * Writes copies of all bundles to a folder, one file each, until there are at least `resources` of them. A folder that is
 * already there is used again. Gives the folder, the number of resources and people, and the bytes of the resources alone.
 */
export function madeFolder(
  parent: string,
  resources: number,
): { folder: string; resources: number; people: number; bytes: number } {
  const folder = path.join(parent, `synthea-${resources}`);
  const about = path.join(folder, '..', `synthea-${resources}.json`);
  if (existsSync(about)) return JSON.parse(readFileSync(about, 'utf8'));
  const half = `${folder}.half`;
  rmSync(half, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(half, { recursive: true });
  const originals = bundles();
  let made = 0;
  let people = 0;
  let bytes = 0;
  for (let copy = 0; made < resources; copy++) {
    for (const [index, original] of originals.entries()) {
      if (made >= resources) break;
      const text = copyOf(original, copy);
      const { entry } = JSON.parse(text) as { entry: { resource: unknown }[] };
      for (const { resource } of entry) bytes += Buffer.byteLength(JSON.stringify(resource));
      writeFileSync(
        path.join(half, `${String(copy).padStart(4, '0')}-${String(index).padStart(4, '0')}.json`),
        text,
      );
      made += entry.length;
      people++;
    }
  }
  renameSync(half, folder);
  const result = { folder, resources: made, people, bytes };
  writeFileSync(about, JSON.stringify(result));
  return result;
}

/** The resources of a folder of bundles, one after another, as JSON text. */
export function* resourceTexts(folder: string): Generator<string> {
  for (const file of readdirSync(folder).sort()) {
    const { entry } = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as {
      entry: { resource: unknown }[];
    };
    for (const { resource } of entry) yield JSON.stringify(resource);
  }
}
