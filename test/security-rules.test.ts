import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const home = path.resolve(import.meta.dirname, '..');

/** Our code without its tests and what belongs to them. */
const sources = globSync(['server/**/*.ts', 'web/**/*.{ts,tsx}'], { cwd: home })
  .filter((file) => !/\.(test|fixture)\.tsx?$|test-server|\.test\//.test(file))
  .map((file) => ({
    file: file.split(path.sep).join('/'),
    text: readFileSync(path.join(home, file), 'utf8'),
  }));

/** The files that hold a pattern. */
const holding = (pattern: RegExp): string[] =>
  sources
    .filter(({ text }) => pattern.test(text))
    .map(({ file }) => file)
    .toSorted();

/** All that a pattern with one group finds. */
const found = (pattern: RegExp): Set<string> =>
  new Set(sources.flatMap(({ text }) => [...text.matchAll(pattern)].map(([, each]) => each!)));

test('the rules look at real code', () => {
  assert.ok(sources.length > 500, String(sources.length));
});

test('text becomes code only in the compilers of definitions and of matching models', () => {
  assert.deepEqual(holding(/\beval\(|new Function\(|node:vm/), [
    'server/people/matching/batch/compile.ts',
    'server/people/matching/model/compile.ts',
    'server/record/search/extraction/generate.ts',
    'server/record/validation/fast/source.ts',
  ]);
});

test('other programs are run with a list of arguments, never by a text that a shell reads', () => {
  assert.deepEqual(
    holding(/\bexecSync\(|shell: true|import \{[^}]*\bexec\b[^}]*\} from 'node:child_process'/),
    [],
  );
});

test('only hashes and ciphers that are approved are used', () => {
  const hashes = [...found(/create(?:Hash|Hmac)\(\s*'([^']+)'/g), ...found(/\bhash\(\s*'([^']+)'/g)];
  for (const each of hashes) assert.match(each, /^sha(256|384|512)$/);
  assert.deepEqual([...found(/create(?:Ciph|Deciph)eriv\(\s*'([^']+)'/g)], ['aes-256-gcm']);
});

test('nothing that must not be guessed comes from Math.random', () => {
  assert.deepEqual(holding(/Math\.random/), ['server/record/definitions/cache.ts']);
});

test('the server calls other machines only from the places that are written down', () => {
  const text = readFileSync(path.join(home, 'docs/security/running.md'), 'utf8');
  const calling = holding(
    /\bfetch\(['"`a-z]|https?\.request\(|tls\.connect\(|net\.connect\(|openid\.discovery\(/,
  ).filter((file) => file.startsWith('server/') && !file.endsWith('gather.ts'));
  for (const file of calling)
    assert.ok(text.includes(file), `${file} calls somebody, and the document does not say whom`);
});

test('pages keep nothing in the browser’s storage, and put no text in as markup', () => {
  assert.deepEqual(holding(/\b(?:localStorage|sessionStorage|indexedDB)\b/), []);
  assert.deepEqual(holding(/dangerouslySetInnerHTML|\.innerHTML\b|document\.write/), []);
});

test('no secret stands in the code', () => {
  assert.deepEqual(holding(/-----BEGIN [A-Z ]*PRIVATE KEY-----|AKIA[0-9A-Z]{16}|password: '[^'$]{6,}'/), []);
});

test('certificates of others are always checked', () => {
  assert.deepEqual(holding(/rejectUnauthorized: false|NODE_TLS_REJECT_UNAUTHORIZED|sslmode=no-verify/), []);
});

test('input is read as a regular expression only where a pattern is what is asked for', () => {
  assert.deepEqual(holding(/new RegExp\(/), [
    'server/organisations/geography/shapes-known.ts',
    'server/record/definitions/expand.ts',
    'server/record/fhirpath/functions/strings.ts',
    'server/record/fhirpath/parse.ts',
    'server/record/operations/everything.ts',
    'server/record/validation/questionnaires/answers.ts',
  ]);
});

test('what a body holds goes on whole only where no field may be added to it', () => {
  const spread = holding(/\.\.\.(?:request\.)?body\b(?!\.)/).filter((file) => file.includes('routes'));
  for (const file of spread)
    assert.match(sources.find((each) => each.file === file)!.text, /additionalProperties: false/, file);
  assert.ok(spread.length > 0);
});

test('a number that a route takes has a least and a greatest', () => {
  const open = holding(/Type\.(?:Integer|Number)\(\)/).filter((file) => /routes/.test(file));
  assert.deepEqual(open, ['server/synthetic/demonstration/routes.ts'], 'what it answers, not what it takes');
});

test('values are compared strictly, but for what is neither null nor undefined', () => {
  const code = sources.map(({ file, text }) => ({
    file,
    text: text.replace(/'[^'\n]*'|`[^`]*`|"[^"\n]*"/g, "''"),
  }));
  const loose = code
    .filter(({ text }) => /[^=!<>]==[^=]|!=[^=]/.test(text.replace(/[=!]= ?null\b/g, '')))
    .map(({ file }) => file);
  assert.deepEqual(loose, ['server/people/matching/model/sql-read.ts'], 'reads the words of SQL');
});

test('nothing listens for a debugger, and pages are built for production', () => {
  assert.deepEqual(holding(/node:inspector|--inspect|\bdebugger;|devInteractions: \{ enabled: true/), []);
  const builder = sources.find(({ file }) => file === 'server/commands/start/web-build.ts')!.text;
  assert.match(builder, /NODE_ENV: 'production'/);
});
