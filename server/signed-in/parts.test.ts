import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { shippedPolicy, type Asker, type Standing } from '../access/index.ts';
import type { AccessDeclaration } from '../platform/http/index.ts';
import { mayUse } from './parts.ts';

const policy = shippedPolicy();
const root = path.resolve(import.meta.dirname, '../..');

/** What every route of the program says it is a part of. */
function partsOfRoutes(): Set<string> {
  const files = ['server', 'web'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(file))
      .map((file) => path.join(root, folder, file)),
  );
  return new Set(
    files.flatMap((file) =>
      [
        ...readFileSync(file, 'utf8').matchAll(/access(?:: |\b[^\n]*)\{[^{}]*resource: '([a-z-]+)'[^{}]*\}/g),
      ].map((found) => found[1]!),
    ),
  );
}

test('the policy says of every part that a route belongs to who may use it', () => {
  const known = new Set(policy.parts.map(({ part }) => part));
  const used = partsOfRoutes();
  assert.ok(used.size > 15, `only ${used.size} parts were found`);
  assert.deepEqual(
    [...used].filter((part) => !known.has(part)),
    [],
  );
});

test('no part that shows people’s data is open to whoever did not sign in', () => {
  assert.deepEqual(
    policy.parts.filter(({ open }) => open).map(({ part }) => part),
    ['health', 'demonstration', 'sign-in', 'page', 'audit-log', 'audit-witness'],
  );
});

const organisation = { id: 'o', kind: 'nhs-trust', name: 'Marram Hospitals', bodies: [] } as const;
const worker = (role: string, signIn: Extract<Asker, { kind: 'known' }>['signIn'] = 'AAL3'): Standing => ({
  asker: {
    kind: 'known',
    subject: {
      kind: 'staff',
      id: 'kim',
      person: null,
      post: { role, organisation, teams: [], from: 0, to: null },
    },
    purpose: 'TREAT',
    signIn,
    app: null,
    project: null,
  },
  postId: null,
  homes: [],
});

const codeOf = (standing: Standing, access: AccessDeclaration): string | undefined => {
  try {
    mayUse(
      policy.parts.find(({ part }) => part === access.resource),
      access,
      standing,
      policy,
    );
    return undefined;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

test('a part is for the roles it names, and changing it may be for fewer', () => {
  assert.equal(codeOf(worker('R5007'), { action: 'operate', resource: 'feeds' }), undefined);
  assert.equal(codeOf(worker('R0620'), { action: 'operate', resource: 'feeds' }), 'access/part-not-yours');
  assert.equal(codeOf(worker('R0620'), { action: 'read', resource: 'organisations' }), undefined);
  assert.equal(
    codeOf(worker('R0620'), { action: 'write', resource: 'organisations' }),
    'access/part-not-yours',
  );
});

test('a role the policy does not know may use no part that is for some', () => {
  assert.equal(codeOf(worker('R9999X'), { action: 'operate', resource: 'feeds' }), 'access/part-not-yours');
});

test('a part the policy does not know is for nobody', () => {
  assert.equal(codeOf(worker('R5007'), { action: 'read', resource: 'elsewhere' }), 'access/part-not-known');
});

test('a part that is for some needs a strong sign-in', () => {
  assert.equal(
    codeOf(worker('R5007', 'AAL1'), { action: 'operate', resource: 'feeds' }),
    'access/signed-in-too-weakly',
  );
});
