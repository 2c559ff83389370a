import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { runRights } from '../server/access/index.ts';
import { manifest } from '../server/manifest.ts';
import { walledTables } from '../server/platform/db/index.ts';

const root = path.resolve(import.meta.dirname, '..');

/**
 * All that goes past the second wall in requests, by file, and why. A place that is new here is one where a mistake of the first wall is
 * not held up by the second: think before you add it, and say it in docs/security/second-wall.md.
 */
const places: Record<string, string> = {
  'server/access/asking/reach.ts': 'deciding',
  'server/access/asking/viewing.ts': 'deciding',
  'server/access/sign-in/session/sessions.ts': 'writing',
  'server/access/sign-in/smart/authorisation-server.ts': 'writing',
  'server/access/sign-in/smart/leaves.ts': 'writing',
  'server/app.ts': 'checking linking',
  'server/commands/start/server.ts': 'writing',
  'server/feeds/desk/shown.ts': 'deciding',
  'server/own-view/choices/routes.ts': 'writing',
  'server/own-view/copy/versions.ts': 'deciding',
  'server/own-view/corrections/routes.ts': 'deciding',
  'server/own-view/me/me.ts': 'finding',
  'server/own-view/my-record.ts': 'deciding',
  'server/own-view/people/routes.ts': 'finding writing',
  'server/own-view/plain/load.ts': 'finding',
  'server/own-view/plain/routes.ts': 'finding',
  'server/own-view/wishes/change.ts': 'writing',
  'server/privacy-services.ts': 'checking deciding',
  'server/record/pieces/sight.ts': 'deciding',
  'server/record/rest/bundle/batch.ts': 'writing',
  'server/record/rest/bundle/commit.ts': 'deciding finding writing',
  'server/record/rest/history.ts': 'deciding finding',
  'server/record/rest/index.ts': 'exporting',
  'server/record/rest/instance.ts': 'deciding',
  'server/record/rest/may-write.ts': 'deciding',
  'server/record/rest/operations/everything.ts': 'deciding finding',
  'server/record/rest/operations/export.ts': 'deciding',
  'server/record/rest/operations/graphql.ts': 'deciding finding',
  'server/record/rest/operations/match.ts': 'deciding finding',
  'server/record/rest/operations/meta.ts': 'deciding',
  'server/record/rest/operations/validate.ts': 'deciding',
  'server/record/rest/searching.ts': 'finding',
  'server/record/rest/sight.ts': 'deciding finding writing',
  'server/record/rest/targets.ts': 'deciding',
  'server/record/store/reader.ts': 'deciding',
  'server/record/store/state.ts': 'finding',
  'server/services.ts': 'writing',
  'server/signed-in/gate.ts': 'deciding',
  'server/signed-in/open.ts': 'finding noting',
  'server/view-services.ts': 'deciding finding',
};

/** What stands for a word in the FHIR API. */
const inShort = { toJudge: 'deciding', toFind: 'finding', toWrite: 'writing' } as const;

const isOurs = (file: string): boolean =>
  !/\.(?:test|fixture)\.ts$/.test(file) && !file.startsWith('server/platform/db/wall/');

function wordsIn(text: string): string {
  const said = [...text.matchAll(/\bpastWall(?:Db)?\((?:\w+,\s*)?'(\w+)'/g)].map(([, word]) => word!);
  const short = [...text.matchAll(/\b(toJudge|toFind|toWrite)\(/g)].map(
    ([, name]) => inShort[name as keyof typeof inShort],
  );
  return [...new Set([...said, ...short])].sort().join(' ');
}

test('what goes past the second wall is this list, and says why', () => {
  const found: Record<string, string> = {};
  for (const file of globSync(['server/**/*.ts', 'web/**/*.{ts,tsx}'], { cwd: root }).sort()) {
    if (!isOurs(file)) continue;
    const text = readFileSync(path.join(root, file), 'utf8');
    const calls = [...text.matchAll(/\bpastWall(?:Db)?\(/g)].length;
    const words = wordsIn(text);
    if (words !== '') found[file] = words;
    const named = [...text.matchAll(/\bpastWall(?:Db)?\((?:\w+,\s*)?'\w+'/g)].length;
    assert.equal(named, calls, `${file} goes past the wall for a reason that is not written there`);
  }
  assert.deepEqual(found, places);
});

test('every word for going past the wall is told of in the document', () => {
  const document = readFileSync(path.join(root, 'docs/security/second-wall.md'), 'utf8');
  for (const word of new Set(Object.values(places).flatMap((words) => words.split(' '))))
    assert.match(document, new RegExp(`\\| \`${word}\` \\|`), word);
});

test('the account may write no table of a patient, and sees nothing of keys, NHS numbers, messages and what waits', () => {
  const walled = new Set(walledTables(manifest));
  const named = [...runRights.reads, ...runRights.adds, ...runRights.writes];
  for (const table of named) assert.ok(table in manifest && !walled.has(table), table);
  for (const closed of [
    'platform.sealing_key',
    'platform.outbox',
    'audit.signing_key',
    'people.number_claim',
    'people.superseded_number',
    'people.match_key',
    'people.review',
    'record.quarantine',
    'feeds.message',
  ])
    assert.ok(!named.includes(closed), closed);
});
