import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { checkDependencies } from './dependencies.ts';
import { daysToMend, isOld, type KnownFaults } from './known-faults.ts';

const home = mkdtempSync(path.join(tmpdir(), 'openics-dependencies-'));
after(() => rmSync(home, { recursive: true }));

/** A registry that knows one package with one fault; or that answers no such question. */
let answers = true;
let asked: unknown;
const registry = createServer((request, response) => {
  const body: Buffer[] = [];
  request.on('data', (part: Buffer) => body.push(part));
  request.on('end', () => {
    const isBulk = request.url === '/-/npm/v1/security/advisories/bulk';
    if (isBulk && answers)
      asked = JSON.parse(readBody(request.headers['content-encoding'], Buffer.concat(body)));
    const version = {
      name: 'made-up-parser',
      version: '1.0.0',
      dist: { tarball: 'http://localhost/none.tgz' },
    };
    if (request.method === 'POST' && !(isBulk && answers)) response.statusCode = 405;
    const said = isBulk ? { 'made-up-parser': [advisory] } : { ...version, versions: { '1.0.0': version } };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(said));
  });
});
const readBody = (encoding: string | undefined, body: Buffer): string =>
  (encoding === 'gzip' ? gunzipSync(body) : body).toString('utf8');
const id = 'GHSA-aaaa-bbbb-cccc';
const advisory = {
  id: 1,
  url: `https://advisories.example/${id}`,
  title: 'It reads too much',
  severity: 'critical',
  vulnerable_versions: '<2.0.0',
};
await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
after(() => registry.close());
process.env['npm_config_registry'] = `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`;
process.env['npm_config_cache'] = path.join(home, 'cache');
process.env['npm_config_fetch_retries'] = '0';

const dependencies = { 'made-up-parser': '1.0.0' };
const self = { name: 'made-up', version: '1.0.0', dependencies };
writeFileSync(path.join(home, 'package.json'), JSON.stringify(self));
writeFileSync(
  path.join(home, 'package-lock.json'),
  JSON.stringify({
    ...self,
    lockfileVersion: 3,
    packages: { '': self, 'node_modules/made-up-parser': { version: '1.0.0' } },
  }),
);
const file = path.join(home, 'docs/security/known-faults.json');
mkdirSync(path.dirname(file), { recursive: true });
const keep = (known: KnownFaults): void => writeFileSync(file, JSON.stringify(known));
const kept = (): KnownFaults => JSON.parse(readFileSync(file, 'utf8')) as KnownFaults;
const fault = { id, package: 'made-up-parser', severity: 'critical' };
const checked = (today: string, more: object = {}) =>
  checkDependencies(home, { today, isCi: false, isOffline: false, ...more });

test('a fault the registry tells of is held against the time in which it is to be mended', async () => {
  keep({ lastAnswer: null, faults: [], exceptions: [] });
  const first = await checked('2026-11-22');
  assert.deepEqual(asked, { 'made-up-parser': ['1.0.0'] });
  assert.equal(first.isGood, false);
  assert.match(first.lines.join(), /write the day its advisory was published/);
  assert.deepEqual(kept(), {
    lastAnswer: '2026-11-22',
    faults: [{ ...fault, published: null }],
    exceptions: [],
  });

  keep({ ...kept(), faults: [{ ...fault, published: '2026-11-22' }] });
  const within = await checked('2026-11-29', { isOffline: true });
  assert.deepEqual(within, {
    isGood: true,
    lines: [
      'not asked (said to be offline; last answer 2026-11-22)',
      `made-up-parser ${id}, critical: published 2026-11-22, to be mended within 0 days`,
    ],
  });
  const over = await checked('2026-11-30', { isOffline: true });
  assert.equal(over.isGood, false);
  assert.match(over.lines.join(), /1 days over its time/);

  const exceptions = [{ package: 'made-up-parser', until: '2026-12-05', reason: 'Nobody reaches it.' }];
  keep({ ...kept(), exceptions });
  const excepted = await checked('2026-12-05', { isOffline: true });
  assert.equal(excepted.isGood, true);
  assert.match(excepted.lines.join(), /6 days over its time; excepted until 2026-12-05: Nobody reaches it/);
  assert.equal((await checked('2026-12-06', { isOffline: true })).isGood, false);
});

test('where the registry does not answer, that is said; in CI an old answer fails unless offline was said', async () => {
  answers = false;
  keep({ lastAnswer: '2026-11-20', faults: [], exceptions: [] });
  const old = await checked('2026-11-28', { isCi: true });
  assert.equal(old.isGood, false);
  assert.match(old.lines.join(), /not asked \(.*405.*; last answer 2026-11-20\).*too long ago/);
  assert.equal(isOld(kept(), '2026-11-27'), false);
  assert.equal((await checked('2026-11-28', { isCi: true, isOffline: true })).isGood, true);
  keep({ lastAnswer: null, faults: [], exceptions: [] });
  assert.match((await checked('2026-11-28', { isOffline: true })).lines.join(), /it never answered/);
  assert.equal(kept().lastAnswer, null);
});

test('the times to mend are those that are written down', () => {
  const text = readFileSync(path.resolve(import.meta.dirname, '../../../docs/security/running.md'), 'utf8');
  const { critical, high, other } = daysToMend;
  assert.ok(text.includes(`within ${critical} days (critical), ${high} (high), ${other} (others)`));
});
