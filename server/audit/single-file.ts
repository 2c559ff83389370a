import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import path from 'node:path';

/** The files of the verifier, each behind those it needs. */
const files = [
  'sha256',
  'bytes',
  'canonical',
  'tree',
  'note',
  'subjects',
  'event',
  'register',
  'trust',
  'moments',
  'list',
  'log',
];

let made: string | undefined;

/**
 * The whole verifier as one JavaScript module, to keep, read and run anywhere: it imports nothing, and asks no server and no
 * database. It exports `verifyList`, `verifyLog` and the parts they are made of.
 */
export function verifierAsOneFile(): string {
  made ??= files
    .map((name) => readFileSync(path.join(import.meta.dirname, 'verifier', `${name}.ts`), 'utf8'))
    .map((source) => stripTypeScriptTypes(source.replaceAll(/^import [^;]*;\n/gm, '')))
    .join('\n');
  return made;
}
