import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { isWithin, readAdvisories } from './advisories.ts';
import { checkDependencies } from './dependencies.ts';

const home = mkdtempSync(path.join(tmpdir(), 'openics-advisories-'));
after(() => rmSync(home, { recursive: true }));
const write = (file: string, content: unknown): void => {
  mkdirSync(path.dirname(path.join(home, file)), { recursive: true });
  writeFileSync(path.join(home, file), JSON.stringify(content));
};
const lock = {
  hash: '',
  direct: new Set<string>(),
  installed: [{ at: 'node_modules/parser', package: 'parser', version: '1.4.0' }],
};
const advisory = (id: string, name: string, events: object[], more: object = {}) => ({
  id,
  published: '2026-11-01T10:00:00Z',
  modified: '2026-11-05T10:00:00Z',
  affected: [{ package: { ecosystem: 'npm', name }, ranges: [{ type: 'SEMVER', events }] }],
  database_specific: { severity: 'HIGH' },
  ...more,
});

test('a version is hit from what brought the fault in up to what ended it', () => {
  const twice = [
    { introduced: '0' },
    { fixed: '1.2.0' },
    { introduced: '2.0.0' },
    { last_affected: '2.3.0' },
  ];
  const hit = ['0.1.0', '1.1.9', '1.2.0', '1.9.0', '2.0.0', '2.3.0', '2.3.1'].map((version) =>
    isWithin(version, twice),
  );
  assert.deepEqual(hit, [true, true, false, false, true, true, false]);
  assert.equal(isWithin('1.2.0-beta.1', [{ introduced: '0' }, { fixed: '1.2.0' }]), true);
});

test('a folder of advisories tells of what runs in production, with the day of each, and how new it is', async () => {
  write(
    'advisories/one.json',
    advisory('GHSA-aaaa-bbbb-cccc', 'parser', [{ introduced: '1.0.0' }, { fixed: '1.4.1' }]),
  );
  write('advisories/deep/two.json', advisory('GHSA-2', 'parser', [{ introduced: '0' }, { fixed: '1.4.0' }]));
  write('advisories/three.json', advisory('GHSA-3', 'other', [{ introduced: '0' }]));
  write(
    'advisories/four.json',
    advisory('GHSA-4', 'parser', [{ introduced: '0' }], { withdrawn: '2026-11-02' }),
  );
  assert.deepEqual(await readAdvisories(path.join(home, 'advisories'), lock), {
    faults: [{ id: 'GHSA-aaaa-bbbb-cccc', package: 'parser', severity: 'high', published: '2026-11-01' }],
    newest: '2026-11-05',
    files: 4,
  });
  mkdirSync(path.join(home, 'empty'));
  await assert.rejects(readAdvisories(path.join(home, 'empty'), lock), /no advisory in this folder/);
});

test('where the registry does not tell of faults the folder does; it is as new as its latest advisory', async () => {
  const self = { name: 'made-up', version: '1.0.0', dependencies: { parser: '1.4.0' } };
  write('package.json', self);
  const packages = { '': self, 'node_modules/parser': { version: '1.4.0' } };
  write('package-lock.json', { ...self, lockfileVersion: 3, packages });
  write('docs/security/known-faults.json', { lastAnswer: null, faults: [], exceptions: [] });
  const advisories = path.join(home, 'advisories');
  const check = (today: string, isCi: boolean) =>
    checkDependencies(home, { today, isCi, isOffline: !isCi, advisories });
  assert.deepEqual(await check('2026-11-10', false), {
    isGood: true,
    lines: [
      'told by 4 advisories, the latest of 2026-11-05',
      'parser GHSA-aaaa-bbbb-cccc, high: published 2026-11-01, to be mended within 5 days',
    ],
  });
  const over = await check('2026-11-16', false);
  assert.equal(over.isGood, false);
  assert.match(over.lines.join(), /1 days over its time/);
});
