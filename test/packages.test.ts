import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const read = (file: string): string => readFileSync(path.resolve(import.meta.dirname, '..', file), 'utf8');

type Dependencies = Record<string, string>;
type About = {
  dependencies: Dependencies;
  devDependencies: Dependencies;
  optionalDependencies: Dependencies;
};
type Lock = {
  packages: Record<string, { version?: string; resolved?: string; optionalDependencies?: Dependencies }>;
};

const about = JSON.parse(read('package.json')) as About;
const lock = JSON.parse(read('package-lock.json')) as Lock;
const named = { ...about.dependencies, ...about.devDependencies, ...about.optionalDependencies };

test('the lock file names no address to download from, so that any registry can serve it', () => {
  assert.deepEqual(
    Object.entries(lock.packages).filter(([, item]) => item.resolved !== undefined),
    [],
  );
});

test('.npmrc keeps addresses out of the lock file and holds none itself', () => {
  const settings = read('.npmrc');
  assert.match(settings, /^omit-lockfile-registry-resolved=true$/m);
  assert.equal(/registry=|:\/\/|_auth|token/i.test(settings), false);
});

test('each package is named with one exact version, and the lock file agrees', () => {
  for (const [name, version] of Object.entries(named)) {
    assert.match(version, /^\d+\.\d+\.\d+(-[\w.]+)?$/, `${name} has no exact version`);
    assert.equal(lock.packages[`node_modules/${name}`]?.version, version, `${name} differs in the lock file`);
  }
});

test('the lock file knows every variant of a package for other machines, or npm ci refuses it', () => {
  const missing = Object.values(lock.packages)
    .flatMap((item) => Object.keys(item.optionalDependencies ?? {}))
    .filter((name) => !Object.keys(lock.packages).some((place) => place.endsWith(`node_modules/${name}`)));
  assert.deepEqual(missing, []);
});
