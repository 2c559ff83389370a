import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { checkReleases } from './check-releases.ts';
import { daysToTake, judgeReleases, lateBy, type KnownReleases } from './releases.ts';
import { compareVersions, labelOf, stepTo } from './versions.ts';

test('versions stand in the order of Semantic Versioning', () => {
  // The example of its rule 11.
  const order = ['1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta', '1.0.0-beta.2'];
  order.push('1.0.0-beta.11', '1.0.0-rc.1', '1.0.0', '1.0.1', '1.2.0', '1.10.0', '2.0.0');
  for (const [at, version] of order.entries())
    for (const [other, against] of order.entries())
      assert.equal(
        Math.sign(compareVersions(version, against)),
        Math.sign(at - other),
        `${version} ${against}`,
      );
  assert.deepEqual(
    [stepTo('1.2.3', '1.2.9'), stepTo('1.2.3', '1.3.0'), stepTo('1.2.3', '2.0.0'), stepTo('0.2.3', '0.3.0')],
    ['patch', 'minor', 'major', 'major'],
  );
  assert.deepEqual([labelOf('1.5.5-r.5'), labelOf('17.1.0-beta.17'), labelOf('1.0.0')], ['r', 'beta', '']);
});

const times = {
  created: '2026-01-01T00:00:00Z',
  '1.0.0': '2026-01-01T00:00:00Z',
  '1.0.2': '2026-03-01T00:00:00Z',
  '1.0.1': '2026-02-01T00:00:00Z',
  '1.1.0': '2026-02-10T00:00:00Z',
  '1.2.0-beta.1': '2026-02-01T00:00:00Z',
  '2.0.0': '2026-04-01T00:00:00Z',
};

test('a package is late since the first newer version of each step that is a release too', () => {
  assert.deepEqual(lateBy('parser', '1.0.0', times)?.newer, [
    { step: 'patch', version: '1.0.1', since: '2026-02-01' },
    { step: 'minor', version: '1.1.0', since: '2026-02-10' },
    { step: 'major', version: '2.0.0', since: '2026-04-01' },
  ]);
  assert.equal(lateBy('parser', '2.0.0', times), undefined);
  assert.deepEqual(
    lateBy('parser', '1.0.0', times, (version) => version === '1.0.2')?.newer.map(({ version }) => version),
    ['1.0.2'],
  );
});

test('what is over its time fails, an exception holds up to its day, and a deprecated version is over at once', () => {
  const late = [lateBy('parser', '1.0.0', times)!];
  const known = { late, exceptions: [] };
  assert.deepEqual(judgeReleases(known, [], '2026-03-03').over, []);
  const over = judgeReleases(known, [], '2026-03-04');
  assert.deepEqual(over.over, ['parser 1.0.0: 1.0.1 is out since 2026-02-01, 1 days over its time']);
  assert.match(over.within.join(), /1\.1\.0 .*to be taken within 68 days/);
  const exceptions = [{ package: 'parser', until: '2026-03-10', reason: 'Its next version is waited for.' }];
  const excepted = judgeReleases({ late, exceptions }, [], '2026-03-10');
  assert.deepEqual(excepted.over, []);
  assert.match(excepted.within.join(), /excepted until 2026-03-10: Its next version/);
  assert.equal(judgeReleases({ late, exceptions }, [], '2026-03-11').over.length, 1);
  const old = [{ package: 'old', installed: '1.0.0', says: 'Use new.' }];
  assert.deepEqual(judgeReleases({ late: [], exceptions: [] }, old, '2026-03-11').over, [
    'old 1.0.0 is deprecated: Use new.',
  ]);
});

test('the times to take versions are those that are written down', () => {
  const text = readFileSync(path.resolve(import.meta.dirname, '../../../docs/security/running.md'), 'utf8');
  assert.ok(text.includes(`within ${daysToTake.patch} days (patch), ${daysToTake.minor} (minor)`));
});

test('exceptions that are written down have a day and a reason', () => {
  const file = path.resolve(import.meta.dirname, '../../../docs/security/releases.json');
  const { exceptions } = JSON.parse(readFileSync(file, 'utf8')) as KnownReleases;
  for (const { until, reason } of exceptions) {
    assert.match(until, /^\d{4}-\d\d-\d\d$/);
    assert.ok(reason.length > 10);
  }
});

test('a registry is asked once a day and lock file, for what runs in production only', async (t) => {
  const home = mkdtempSync(path.join(tmpdir(), 'openics-releases-'));
  t.after(() => rmSync(home, { recursive: true }));
  let asked = 0;
  const registry = createServer((request, response) => {
    asked += 1;
    const name = request.url!.slice(1);
    const versions = Object.fromEntries(
      ['1.0.0', '1.0.1'].map((version) => [
        version,
        { name, version, dist: { tarball: 'http://localhost/x' } },
      ]),
    );
    const said = { name, 'dist-tags': { latest: '1.0.1' }, versions, time: times };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(said));
  });
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
  t.after(() => registry.close());
  process.env['npm_config_registry'] = `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`;
  process.env['npm_config_cache'] = path.join(home, 'cache');
  const write = (file: string, content: unknown): void => {
    mkdirSync(path.dirname(path.join(home, file)), { recursive: true });
    writeFileSync(path.join(home, file), JSON.stringify(content));
  };
  const self = { name: 'made-up', version: '1.0.0', dependencies: { parser: '1.0.0' } };
  const dev = { ...self, devDependencies: { tool: '1.0.0' } };
  write('package.json', dev);
  const packages = {
    '': dev,
    'node_modules/parser': { version: '1.0.0' },
    'node_modules/tool': { version: '1.0.0', dev: true },
  };
  write('package-lock.json', { ...self, lockfileVersion: 3, packages });
  for (const name of ['parser', 'tool'])
    write(`node_modules/${name}/package.json`, { name, version: '1.0.0' });
  write('docs/security/releases.json', { lastAnswer: null, lock: null, late: [], exceptions: [] });
  const check = (today: string, more: object = {}) =>
    checkReleases(home, { today, isCi: false, isOffline: false, ...more });

  const late = await check('2026-03-04');
  assert.equal(late.isGood, false);
  assert.match(late.lines.join(), /parser 1\.0\.0: 1\.0\.1 is out since 2026-02-01, 1 days over/);
  assert.doesNotMatch(late.lines.join(), /tool/);
  const before = asked;
  assert.deepEqual(await check('2026-03-04'), late);
  assert.equal(asked, before, 'it was asked that day');
  const offline = await check('2026-03-20', { isOffline: true });
  assert.match(offline.lines.join(), /not asked \(last answer 2026-03-04\).*17 days over/);
  registry.close();
  registry.closeAllConnections();
  process.env['npm_config_fetch_retries'] = '0';
  process.env['npm_config_cache'] = path.join(home, 'no-cache');
  const ci = await check('2026-03-20', { isCi: true });
  assert.match(ci.lines.join(), /too long ago/);
  packages['node_modules/parser'] = { version: '1.0.1' };
  write('package-lock.json', { ...self, lockfileVersion: 3, packages });
  const taken = await check('2026-03-05', { isOffline: true });
  assert.deepEqual([taken.isGood, taken.lines.length], [true, 1]);
});

after(() => {
  delete process.env['npm_config_registry'];
});
