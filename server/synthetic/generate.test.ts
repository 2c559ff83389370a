import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { isNhsNumber } from '../people/index.ts';
import { openDefinitions } from '../record/definitions/index.ts';
import { createValidator } from '../record/validation/index.ts';
import { dayOf, generate, type GenerateOptions } from './index.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'openics-generate-'));
after(() => rmSync(base, { recursive: true, force: true }));

let made = 0;
async function make(more: Partial<GenerateOptions> = {}) {
  const out = path.join(base, String(++made));
  const summary = await generate({
    people: 700,
    seed: 9,
    until: dayOf('2026-03-31')!,
    out,
    threads: 1,
    ...more,
  });
  return { out, summary };
}

const first = await make();
const read = (name: string): string => readFileSync(path.join(first.out, name), 'utf8');
const json = <T>(name: string): T => JSON.parse(read(name)) as T;
type Feed = {
  partner: string;
  kind: string;
  mapping?: string;
  separator?: string;
  files: { path: string; records: number }[];
};
const { feeds } = json<{ feeds: Feed[] }>('manifest.json');
const filesOf = (kind: string): string[] =>
  feeds.filter((feed) => feed.kind === kind).flatMap(({ files }) => files.map((file) => file.path));
type Json = {
  resourceType: string;
  id: string;
  meta: { security: { code: string }[] };
  [member: string]: unknown;
};
const resources = filesOf('fhir-ndjson').flatMap((file) =>
  read(file)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Json),
);
const messages = filesOf('hl7v2').flatMap((file) => {
  const bytes = readFileSync(path.join(first.out, file));
  const text = bytes.toString('latin1');
  const all = text.split('\u000b').slice(1);
  assert.ok(
    all.every((message) => message.endsWith('\u001c\r')),
    `framing of ${file}`,
  );
  return all.map((message) => ({
    file,
    partner: file.split('/')[1]!,
    segments: message
      .slice(0, -2)
      .split(/[\r\n]/)
      .slice(0, -1),
  }));
});
const truth = read('truth.csv')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(','));

test('the same question gives the same bytes, with one thread or three', async () => {
  const again = await make({ threads: 3 });
  assert.equal(again.summary.sha256, first.summary.sha256);
  const other = await make({ seed: 10 });
  assert.notEqual(other.summary.sha256, first.summary.sha256);
});

test('a folder that holds something is refused', async () => {
  const out = path.join(base, 'full');
  await generate({ people: 30, seed: 1, until: dayOf('2026-03-31')!, out, threads: 1 });
  writeFileSync(path.join(out, 'more'), '');
  await assert.rejects(generate({ people: 30, seed: 1, until: dayOf('2026-03-31')!, out }), /not empty/);
});

test('only the feeds asked for are written, and less with less detail', async () => {
  const few = await make({ feeds: ['council', 'school'] });
  assert.deepEqual(
    new Set(readdirSync(path.join(few.out, 'feeds')).map((name) => name.replace(/-\d+$/, ''))),
    new Set(['council', 'school']),
  );
  const light = await make({ detail: 'light' });
  assert.ok(light.summary.bytes < first.summary.bytes * 0.6);
  assert.equal(light.summary.people.ever, first.summary.people.ever);
});

test('every kind of partner is there, and each that sends has files', () => {
  const { organisations } = json<{ organisations: { id: string; kind: string; feed?: object }[] }>(
    'organisations.json',
  );
  const kinds = new Set(organisations.map(({ kind }) => kind));
  for (const kind of [
    'icb',
    'council',
    'nhs-trust',
    'gp-practice',
    'pcn',
    'pharmacy',
    'voluntary',
    'housing-association',
    'school',
    'drug-and-alcohol-service',
    'care-home',
    'hospice',
    'independent-provider',
    'prison',
    'integrated-care-partnership',
    'provider-collaborative',
    'health-and-wellbeing-board',
  ])
    assert.ok(kinds.has(kind), kind);
  const sending = feeds.map(({ partner }) => partner);
  for (const { id, feed } of organisations)
    if (feed !== undefined && !id.startsWith('drug') && !id.startsWith('voluntary'))
      assert.ok(sending.includes(id), id);
});

test('partners have sites, services, contacts and posts, sit in several bodies, and changed over the years', () => {
  type Told = {
    id: string;
    kind: string;
    from?: string;
    odsCode?: string;
    memberships?: { body: string; kind: string }[];
    sites?: { id: string }[];
    services?: { site?: string }[];
    contacts?: object[];
    roles?: { role: string; person: string; from?: string; to?: string }[];
  };
  const { organisations, events } = json<{
    organisations: Told[];
    events: { kind: string; on: string; from: string | string[]; to?: string; takes?: string[] }[];
  }>('organisations.json');
  const areas = json<{ areas: { code: string }[] }>('geography.json').areas.map(({ code }) => code);
  const ids = organisations.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  const codes = organisations.flatMap(({ odsCode }) => odsCode ?? []);
  assert.equal(new Set(codes).size, codes.length);
  for (const { id, memberships = [], sites = [], services = [] } of organisations) {
    for (const { body } of memberships)
      assert.ok(ids.includes(body) || areas.includes(body), `${id}: ${body}`);
    const own = sites.map((site) => site.id);
    for (const { site } of services) if (site !== undefined) assert.ok(own.includes(site), `${id}: ${site}`);
  }
  const [icb, council, trust] = ['icb', 'council-01', 'acute-1'].map((id) =>
    organisations.find((each) => each.id === id)!,
  ) as [Told, Told, Told];
  assert.deepEqual([trust.sites?.length, trust.contacts?.length], [2, 3]);
  assert.deepEqual(council.memberships?.map(({ body }) => body).slice(2), [
    'integrated-care-partnership',
    'health-and-wellbeing-board-01',
  ]);
  const guardians = icb.roles?.filter(({ role }) => role === 'caldicott-guardian') ?? [];
  assert.equal(guardians[0]?.to, guardians[1]?.from);
  assert.notEqual(guardians[0]?.person, guardians[1]?.person);
  assert.deepEqual(
    events.map(({ kind }) => kind),
    ['merge', 'transfer', 'merge', 'rename', 'close'],
  );
  assert.equal(icb.from, events[0]?.on);
  for (const { from, to = [], takes = [] } of events)
    for (const id of [from, to, takes].flat()) assert.ok(ids.includes(id), id);
});

test('the map has areas of each tier, and every postcode lies in one', () => {
  type Area = {
    code: string;
    kind: string;
    parent?: string;
    polygon?: [number, number][];
    population?: number;
  };
  const { areas, postcodes } = json<{ areas: Area[]; postcodes: { postcode: string; lsoa: string }[] }>(
    'geography.json',
  );
  const codes = new Map(areas.map((area) => [area.code, area]));
  for (const area of areas) {
    if (area.kind !== 'system') assert.ok(codes.has(area.parent!));
    if (area.kind === 'lsoa') assert.deepEqual(area.polygon![0], area.polygon!.at(-1));
  }
  assert.equal(new Set(postcodes.map(({ postcode }) => postcode)).size, postcodes.length);
  for (const { postcode, lsoa } of postcodes) {
    assert.match(postcode, /^ZZ\d\d? \d[A-Z]{2}$/);
    assert.equal(codes.get(lsoa)!.kind, 'lsoa');
  }
  const population = areas.reduce((sum, area) => sum + (area.population ?? 0), 0);
  assert.ok(Math.abs(population - first.summary.people.alive) < 25);
});

test('areas that touch share their corners', () => {
  const { areas } = json<{ areas: { kind: string; polygon?: [number, number][] }[] }>('geography.json');
  const edges = new Map<string, number>();
  for (const { polygon = [] } of areas)
    for (let i = 0; i + 1 < polygon.length; i++) {
      const key = [String(polygon[i]), String(polygon[i + 1])].sort().join('|');
      edges.set(key, (edges.get(key) ?? 0) + 1);
    }
  const shared = [...edges.values()].filter((count) => count === 2).length;
  assert.ok(shared > 0.3 * edges.size && [...edges.values()].every((count) => count <= 2));
});

test('no postcode anywhere could be a real one', () => {
  const real = /\b(?!ZZ)[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b/;
  for (const file of [...filesOf('csv'), ...filesOf('hl7v2'), 'organisations.json'])
    for (const line of read(file).split(/[\r\n]/)) {
      const found = real.exec(line.replace(/(C9|RB|SP|GN|NT|TN|Z9)[\d-]+/g, ''));
      assert.equal(found, null, `${file}: ${found?.[0]}`);
    }
});

test('all resources are sound FHIR and say that they are tests', () => {
  const validator = createValidator(openDefinitions());
  for (const resource of resources) {
    assert.ok(resource.meta.security.some(({ code }) => code === 'HTEST'));
    const faults = validator
      .validate(resource)
      .filter(({ severity }) => severity === 'error' || severity === 'fatal');
    assert.deepEqual(faults, [], resource.id);
  }
});

test('no id is used for two things, and no reference leads nowhere', () => {
  const ids = new Map<string, string>();
  for (const { id, resourceType } of resources) {
    assert.equal(ids.get(id) ?? resourceType, resourceType);
    assert.ok(resourceType === 'Patient' || !ids.has(id));
    ids.set(id, resourceType);
  }
  for (const resource of resources)
    for (const [, type, id] of JSON.stringify(resource).matchAll(/"reference":"(\w+)\/([^"]+)"/g))
      assert.equal(ids.get(id!), type);
});

test('NHS numbers were never issued; those that are not valid are slips that the truth tells of', () => {
  const numbers = resources
    .filter(({ resourceType }) => resourceType === 'Patient')
    .flatMap(({ id, identifier }) =>
      (identifier as { system: string; value: string }[])
        .filter(({ system }) => system === 'https://fhir.nhs.uk/Id/nhs-number')
        .map(({ value }) => ({ id, value })),
    );
  assert.ok(numbers.length > 600);
  const slips = new Set(truth.filter((row) => row[10]!.includes('number-mistyped')).map((row) => row[1]));
  for (const { id, value } of numbers)
    assert.ok(slips.has(id) || (isNhsNumber(value) && value.startsWith('9')), value);
});

test('people with a protected address give it to nobody', () => {
  const restricted = resources.filter(
    ({ resourceType, meta }) => resourceType === 'Patient' && meta.security.some(({ code }) => code === 'R'),
  );
  for (const patient of restricted) assert.equal(patient['address'] ?? patient['telecom'], undefined);
  for (const { segments } of messages) {
    const pd1 = segments.find((segment) => segment.startsWith('PD1'))!.split(segments[0]![3]!);
    const pid = segments.find((segment) => segment.startsWith('PID'))!.split(segments[0]![3]!);
    if (pd1[12] === 'Y') assert.equal(pid[11], '');
  }
});

test('messages are tests, in order of sending, with control ids of their own', () => {
  const seen = new Set<string>();
  let [lastFile, last] = ['', ''];
  for (const { file, partner, segments } of messages) {
    const field = segments[0]![3]!;
    const head = segments[0]!.split(field);
    assert.equal(head[10], 'T');
    assert.equal(head[11], '2.4');
    assert.ok(!seen.has(`${partner} ${head[9]}`) && head[9]!.length <= 20);
    seen.add(`${partner} ${head[9]}`);
    assert.equal(head[6]!.slice(0, 6), path.basename(file, '.hl7').replace('-', ''));
    if (file === lastFile) assert.ok(head[6]! >= last);
    [lastFile, last] = [file, head[6]!];
  }
});

const raw = (partner: string): Buffer =>
  readFileSync(path.join(first.out, feeds.find((feed) => feed.partner === partner)!.files[20]!.path));

test('every message type is sent, and each trust has its own dialect', () => {
  const types = new Set(
    messages.map(({ segments }) => segments[0]!.split(segments[0]![3]!)[8]!.replace(/\W/, '^')),
  );
  for (const type of [
    'ADT^A01',
    'ADT^A02',
    'ADT^A03',
    'ADT^A04',
    'ADT^A05',
    'ADT^A06',
    'ADT^A28',
    'ADT^A31',
    'ORU^R01',
    'SIU^S12',
    'SIU^S13',
    'SIU^S15',
    'MDM^T02',
    'REF^I12',
  ])
    assert.ok(types.has(type), type);
  assert.ok(raw('acute-2').includes('\nPID|') && !raw('acute-2').includes('\rPID|'));
  assert.ok(raw('acute-1').includes('\rZPI|'));
  assert.ok(raw('mental-health-1').includes('|8859/1'));
  assert.ok(raw('independent-1').includes('MSH#*!?%#'));
});

test('some messages come late and some overtake others', () => {
  let late = 0;
  for (const { segments } of messages) {
    const sep = segments[0]![3]!;
    const evn = segments.find((segment) => segment.startsWith('EVN'))?.split(sep);
    if (evn !== undefined && Number(segments[0]!.split(sep)[6]!.slice(0, 8)) > Number(evn[2]!.slice(0, 8)))
      late++;
  }
  assert.ok(late > messages.length * 0.004 && late < messages.length * 0.03, `${late} of ${messages.length}`);
});

/** The cells of a CSV file, header first. */
function cells(text: string, separator: string): string[][] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => {
      const fields: string[] = [];
      for (const [, quoted, plain] of line.matchAll(
        new RegExp(`(?:^|\\${separator})(?:"((?:[^"]|"")*)"|([^\\${separator}]*))`, 'g'),
      ))
        fields.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
      return fields;
    });
}

const localIdColumn: Record<string, string> = {
  'adult-social-care': 'LA Person ID',
  'voluntary-befriending': 'Client ref',
  'voluntary-carers': 'Carer number',
  housing: 'Tenant ref',
  school: 'UPN',
  'drug-and-alcohol': 'CLIENT_ID',
};

test('the truth knows every record of a person, and no other', () => {
  const sent = new Set<string>();
  for (const feed of feeds)
    for (const file of feed.files) {
      if (feed.kind === 'fhir-ndjson')
        for (const line of read(file.path).trim().split('\n'))
          if (line.startsWith('{"resourceType":"Patient"'))
            sent.add(`${feed.partner},${(JSON.parse(line) as Json).id}`);
      if (feed.kind !== 'csv') continue;
      const [head, ...rows] = cells(read(file.path), feed.separator!);
      const at = head!.indexOf(localIdColumn[feed.mapping!]!);
      for (const row of rows) {
        assert.equal(row.length, head!.length, `${file.path}: ${row.join('|')}`);
        assert.equal(row[head!.findIndex((name) => /test.person/i.test(name))], 'Y');
        sent.add(`${feed.partner},${row[at]}`);
      }
      assert.equal(rows.length, file.records);
    }
  for (const { partner, segments } of messages) {
    const head = segments[0]!;
    const pid = segments.find((segment) => segment.startsWith('PID'))!.split(head[3]!);
    sent.add(`${partner},${pid[3]!.split(head[5]!)[0]!.split(head[4]!)[0]}`);
  }
  const known = new Set(truth.map(([partner, localId]) => `${partner},${localId}`));
  assert.equal(known.size, truth.length);
  assert.deepEqual([...sent].filter((key) => !known.has(key)).slice(0, 5), []);
  assert.deepEqual([...known].filter((key) => !sent.has(key)).slice(0, 5), []);
});
