import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { database } from '../../../test/support/database.ts';
import { sharedData } from '../../../test/support/shared-data.ts';
import { fromXml } from '../formats/index.ts';
import {
  listPackages,
  loadPackage,
  openDefinitions,
  readPackage,
  removePackage,
  storedPackages,
} from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'package-'));
after(() => rmSync(folder, { recursive: true }));

const profile = {
  resourceType: 'StructureDefinition',
  url: 'http://example.org/StructureDefinition/named-patient',
  version: '1.2.0',
  name: 'NamedPatient',
  status: 'active',
  kind: 'resource',
  abstract: false,
  type: 'Patient',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
  derivation: 'constraint',
  differential: { element: [{ id: 'Patient.name', path: 'Patient.name', min: 1 }] },
};

/** A ustar archive with one block of header for each file. */
function tar(files: Record<string, string>): Buffer {
  const blocks = Object.entries(files).flatMap(([name, text]) => {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write(Buffer.byteLength(text).toString(8).padStart(11, '0'), 124);
    header.write('0', 156);
    const content = Buffer.from(text);
    return [header, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

function packageFile(): string {
  const path = join(folder, 'example.tgz');
  const files = {
    'package/package.json': JSON.stringify({ name: 'example.profiles', version: '1.2.0' }),
    'package/StructureDefinition-named-patient.json': JSON.stringify(profile),
    'package/Patient-example.json': JSON.stringify({ resourceType: 'Patient' }),
    'package/broken.json': '{ "resourceType": ',
  };
  writeFileSync(path, gzipSync(tar(files)));
  return path;
}

test('a package file gives its name, version and definitions, and names the files it could not read', () => {
  const pack = readPackage(packageFile(), { fromXml });
  assert.equal(pack.name, 'example.profiles');
  assert.equal(pack.version, '1.2.0');
  assert.deepEqual(
    pack.resources.map((resource) => resource['url']),
    [profile.url],
  );
  assert.deepEqual(
    pack.unread.map((one) => one.file),
    ['package/broken.json'],
  );
});

test('a plain folder is a package too, whose version follows from its content', () => {
  const plain = join(folder, 'plain');
  mkdirSync(plain);
  writeFileSync(join(plain, 'one.json'), JSON.stringify(profile));
  const first = readPackage(plain, { fromXml });
  assert.equal(first.name, 'plain');
  assert.equal(readPackage(plain, { fromXml }).version, first.version);
  writeFileSync(join(plain, 'one.json'), JSON.stringify({ ...profile, version: '2' }));
  assert.notEqual(readPackage(plain, { fromXml }).version, first.version);
});

test('a folder without definitions is refused with a way out', () => {
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  assert.throws(() => readPackage(empty, { fromXml }), { code: 'record/package-empty' });
});

test('a stored package is listed, serves definitions, replaces itself and can be removed', async (t) => {
  const db = await database(t);
  const path = packageFile();
  const loaded = await loadPackage(db, path, { fromXml, now: new Date('2026-01-02T03:04:05Z') });
  await loadPackage(db, path, { fromXml, now: new Date('2026-01-02T03:04:05Z') });
  assert.equal(loaded.definitions, 1);
  assert.deepEqual(loaded.unusable, []);
  const listed = await listPackages(db);
  assert.deepEqual(
    listed.map(({ name, version, definitions }) => ({ name, version, definitions })),
    [{ name: 'example.profiles', version: '1.2.0', definitions: 1 }],
  );
  const definitions = openDefinitions({ packages: await storedPackages(db) });
  assert.equal(
    definitions.structure(profile.url)?.elements.find((one) => one.path === 'Patient.name')?.min,
    1,
  );
  assert.equal(await removePackage(db, 'example.profiles', '1.2.0'), true);
  assert.equal(await removePackage(db, 'example.profiles', '1.2.0'), false);
  assert.deepEqual(await storedPackages(db), []);
});

test('a profile that builds on something absent is named as unusable', async (t) => {
  const db = await database(t);
  const path = join(folder, 'lonely.json');
  writeFileSync(
    path,
    JSON.stringify({ ...profile, baseDefinition: 'http://example.org/StructureDefinition/absent' }),
  );
  const loaded = await loadPackage(db, path, { fromXml, now: new Date(0) });
  assert.equal(loaded.unusable[0]?.url, profile.url);
  assert.match(loaded.unusable[0]?.reason ?? '', /not loaded/);
});

const ukCore = sharedData('interop/ukcore-definitions');

test('every UK Core profile gets a snapshot', { skip: ukCore.skip }, () => {
  const pack = readPackage(ukCore.path, { fromXml });
  const definitions = openDefinitions({ packages: [pack] });
  const profiles = pack.resources.filter((one) => one.resourceType === 'StructureDefinition');
  assert.ok(profiles.length > 100);
  for (const one of profiles) {
    const structure = definitions.structure(String(one['url']));
    assert.ok((structure?.elements.length ?? 0) > 1, String(one['url']));
  }
  const nhsNumber = definitions
    .structure('https://fhir.hl7.org.uk/StructureDefinition/UKCore-Patient')
    ?.elements.find((one) => one.id === 'Patient.identifier:nhsNumber.system');
  assert.equal(nhsNumber?.min, 1);
});
