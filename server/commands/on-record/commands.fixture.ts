import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Keys, keyText, openAuditLog } from '../../audit/index.ts';
import { framed, shippedMappings } from '../../feeds/index.ts';
import { odsSystem } from '../../organisations/index.ts';
import { defaultModel, modelText } from '../../people/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { newId } from '../../platform/ids.ts';
import { createServices } from '../../services.ts';
import { accessCases } from '../access/commands.fixture.ts';
import type { CommandCase, Made } from './case.fixture.ts';

export type { CommandCase, Made } from './case.fixture.ts';

/** Commands that neither show nor change anything of people, nor who may see it. */
export const noPerson: Readonly<Record<string, string>> = {
  'access agreements': 'It prints what is agreed between organisations.',
  'access policy': 'It prints which versions of the policy there are.',
  'access policy write': 'It writes the policy, which everybody who signs in may read.',
  'audit checkpoint': 'It prints hashes and a signature, which are published.',
  'audit keys': 'It prints public keys.',
  'audit verifier': 'It prints a program.',
  'audit verify': 'It reads the log or a list and prints whether it holds, and how long it is.',
  'audit witness list': 'It prints who co-signs.',
  bench: 'It measures on databases of its own with made-up people.',
  check: 'It reads the program, and asks the registry of packages.',
  doctor: 'It looks at the machine and counts.',
  'feeds list': 'It counts messages by feed.',
  'feeds mappings': 'It prints the names of mappings.',
  generate: 'It makes people up.',
  link: 'It reads files of whoever runs it and writes files: no database.',
  'link models': 'It prints which models were adopted.',
  'profiles list': 'It prints which packages are loaded.',
  'programs list': 'It prints programs.',
  prove: 'It proves on databases of its own with made-up people.',
  roster: 'It reads and writes files of made-up wards and competitions: no database.',
  'secrets destroy': 'It ends a key or password; it is on record all the same.',
  'secrets home': 'It moves keys and passwords; it is on record all the same.',
  'secrets list': 'It prints names of keys and passwords.',
  'secrets move': 'It moves keys and passwords; it is on record all the same.',
  'secrets put': 'It keeps a key or password; it is on record all the same.',
  'secrets rotate': 'It changes a key or password; it is on record all the same.',
  start: 'It serves: the gate puts each request on record, and it refuses to serve off the record.',
  test: 'It runs the tests on databases of its own.',
};

const person = newId();
const mended = { resourceType: 'Patient', id: 'to-mend', gender: 'female', birthDate: '1961-05-02' };

/** Puts in place what the commands are tried on; the log begins with it. */
export async function makeReady({ db, dataDir, file }: Made): Promise<void> {
  const services = await createServices(db);
  await services.importer.run({
    paths: [file('bad.json', { resourceType: 'Bundle', type: 'collection', entry: badEntries })],
    agent: 'test',
    source: 'test',
    progress: { found: nothing, bytes: nothing, stored: nothing, note: nothing },
  });
  await services.feeds.take(Buffer.from('MSH|^~\\&|APP|RX1|ICS|ICS|20260301||ADT^A28|m1|P|2.4\rPID|1'));
  await services.validator.stop();
  const log = await openAuditLog({ db, dataDir, clock: systemClock, onError: console.error });
  const particulars = { userName: 'Nur Ali' };
  await log.note({
    at: new Date(),
    kind: 'read',
    outcome: 'permitted',
    user: 'nurse-1',
    person,
    particulars,
  });
  await log.placeAll();
  await log.stop();
}

const admission = [
  'MSH|^~\\&|PAS|RX1|ICS|ICS|20260301||ADT^A28|m2|P|2.4',
  'EVN|A28|20260301',
  'PID|1||H1^^^RX1^MR||ROOK^BO||19610502|F',
].join('\r');
const badEntries = ['to-mend', 'other'].map((id) => ({ resource: { ...mended, id, gender: 'banana' } }));
const nothing = (): void => undefined;

export function commandCases(made: () => Made): CommandCase[] {
  const query = async (sql: string): Promise<string> => (await made().db.query<{ id: string }>(sql))[0]!.id;
  const itemOf = (id: string) => query(`select id from record.quarantine where resource_id = '${id}'`);
  const deadMessage = () => query(`select id from feeds.message where state = 'dead'`);
  const registered = (): string[] => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1' }];
    return ['--name', 'Laboratory', '--organisation', 'ZZR01', '--jwks', made().file('jwks.json', { keys })];
  };
  return [
    {
      command: 'import',
      words: () => ['import', made().file('good.json', { ...mended, id: 'good' }), '--source', 'test'],
      fact: 'record.resource',
      events: ['create load', 'create record of a person'],
    },
    {
      command: 'feeds load',
      words() {
        const { folder, file } = made();
        const source = `${odsSystem}/RX1`;
        const sender = { application: 'PAS', facility: 'RX1' };
        file('m.hl7', framed(Buffer.from(admission)).toString());
        const files = [{ path: 'm.hl7', records: 1, bytes: 100 }];
        const feed = { partner: 'rx1', name: 'RX1', kind: 'hl7v2', framing: 'mllp', source, sender, files };
        file('manifest.json', { format: 'openics-feeds-1', feeds: [feed] });
        return ['feeds', 'load', folder];
      },
      fact: 'feeds.message',
      events: ['create load', 'create record of a person'],
    },
    {
      command: 'quarantine list',
      words: () => ['quarantine', 'list'],
      shows: /open \d/,
      events: ['search QuarantineItem'],
    },
    {
      command: 'quarantine missing',
      words: () => ['quarantine', 'missing'],
      events: ['search QuarantineItem'],
    },
    {
      command: 'quarantine show',
      words: async () => ['quarantine', 'show', await itemOf('to-mend')],
      shows: /banana/,
      events: ['read QuarantineItem'],
    },
    {
      command: 'quarantine mend',
      words: async () => {
        const file = made().file('mended.json', mended);
        return ['quarantine', 'mend', await itemOf('to-mend'), '--file', file];
      },
      fact: 'record.quarantine',
      events: ['update QuarantineItem'],
    },
    {
      command: 'quarantine replay',
      words: async () => ['quarantine', 'replay', await itemOf('to-mend')],
      fact: 'record.resource',
      events: ['update QuarantineItem of a person'],
    },
    {
      command: 'quarantine dismiss',
      words: async () => ['quarantine', 'dismiss', await itemOf('other')],
      fact: 'record.quarantine',
      events: ['update QuarantineItem'],
    },
    { command: 'feeds dead', words: () => ['feeds', 'dead'], shows: /RX1/, events: ['search Message'] },
    {
      command: 'feeds replay',
      words: async () => ['feeds', 'replay', await deadMessage()],
      fact: 'feeds.message',
      events: ['update Message'],
    },
    {
      command: 'feeds mapping',
      words: () => {
        const mapping = { ...shippedMappings()[0]!, mapping: 'made-up-rows' };
        return ['feeds', 'mapping', made().file('mapping.json', mapping)];
      },
      fact: 'feeds.mapping',
      events: ['policy Mapping'],
    },
    {
      command: 'audit list',
      words: () => ['audit', 'list', person],
      shows: /"subject"/,
      events: ['export AuditEvent of a person'],
    },
    {
      command: 'audit events',
      words: () => ['audit', 'events'],
      shows: /"seq"/,
      events: ['export AuditEvent'],
    },
    {
      command: 'audit erase',
      words: () => ['audit', 'erase', person, '--before', '2099-01-01'],
      fact: 'audit.particulars',
      events: ['delete AuditText of a person'],
    },
    {
      command: 'audit witness add',
      async words() {
        const { db, dataDir } = made();
        const { key } = await new Keys(db, dataDir, systemClock).witnessSigner('witness.example/w');
        return ['audit', 'witness', 'add', key.name, 'https://witness.example', keyText(key)];
      },
      fact: 'audit.witness',
      events: ['policy Witness'],
    },
    {
      command: 'audit witness remove',
      words: () => ['audit', 'witness', 'remove', 'witness.example/w'],
      fact: 'audit.witness',
      events: ['policy Witness'],
    },
    {
      command: 'audit follow',
      words: () => ['audit', 'follow', 'other.example/audit', 'a key'],
      fact: 'audit.followed',
      events: ['policy AuditLog'],
    },
    {
      command: 'audit rotate',
      words: () => ['audit', 'rotate'],
      fact: 'audit.signing_key',
      events: ['policy AuditKey'],
    },
    {
      command: 'backup',
      words: () => ['backup', path.join(made().folder, `backup-${newId()}`)],
      shows: /rows of \d+ tables/,
      events: ['export backup'],
    },
    {
      command: 'link train',
      words: () => ['link', 'train', '--out', path.join(made().folder, 'model.json')],
      shows: /too few/,
      events: ['operate Patient'],
    },
    {
      command: 'link adopt',
      words() {
        const file = made().file('model.json', modelText({ ...defaultModel, version: 'made-up' }));
        return ['link', 'adopt', file, '--by', 'Mo Made', '--reason', 'A test'];
      },
      fact: 'people.model',
      events: ['policy MatchingModel'],
    },
    {
      command: 'geography load',
      words: () => ['geography', 'load', path.join(made().folder, 'geography.json')],
      fact: 'organisations.area',
      events: ['policy Organization'],
    },
    {
      command: 'organisations load',
      words: () => ['organisations', 'load', path.join(made().folder, 'organisations.json')],
      fact: 'organisations.organisation',
      events: ['policy Organization'],
    },
    {
      command: 'profiles load',
      words() {
        const folder = path.join(made().folder, 'package');
        mkdirSync(folder, { recursive: true });
        const about = { name: 'made.up', version: '1.0.0', fhirVersions: ['4.0.1'] };
        writeFileSync(path.join(folder, 'package.json'), JSON.stringify(about));
        const url = 'http://example.org/ValueSet/made-up';
        const set = { resourceType: 'ValueSet', id: 'made-up', url, status: 'active' };
        writeFileSync(path.join(folder, 'ValueSet-made-up.json'), JSON.stringify(set));
        return ['profiles', 'load', folder];
      },
      fact: 'record.package',
      events: ['policy ImplementationGuide'],
    },
    {
      command: 'profiles remove',
      words: () => ['profiles', 'remove', 'made.up', '1.0.0'],
      fact: 'record.package',
      events: ['policy ImplementationGuide'],
    },
    {
      command: 'programs add',
      words: () => ['programs', 'add', 'lab', ...registered(), '--scope', 'system/Observation.cruds'],
      fact: 'access.client',
      events: ['policy client'],
    },
    {
      command: 'programs add-app',
      words: () => {
        const app = [
          '--scope',
          'launch/patient patient/Observation.rs',
          '--redirect',
          'https://app.example/back',
        ];
        return ['programs', 'add-app', 'diary', ...registered(), ...app];
      },
      fact: 'access.client',
      events: ['policy client'],
    },
    {
      command: 'programs end',
      words: () => ['programs', 'end', 'lab', '--by', 'Mo Made'],
      fact: 'access.client',
      events: ['policy client'],
    },
    {
      command: 'visits list',
      words: () => ['visits', 'list'],
      shows: /Nobody is signed in/,
      events: ['search sign-in'],
    },
    {
      command: 'visits end',
      words: () => ['visits', 'end', '--everybody'],
      shows: /0 visits are ended/,
      events: ['sign-out sign-in'],
    },
    ...accessCases(made),
  ];
}
