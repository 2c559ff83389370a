import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { walledDatabase } from '../../test/support/walled-database.ts';
import { writeMadeUpSystem } from '../../test/support/made-up-system.ts';
import { agreementFrom, dataClasses, labels, putAgreement, state, type Agreement } from '../access/index.ts';
import type { Persona } from '../access/sign-in/index.ts';
import { browser, type Browser } from '../../test/support/cookie-browser.ts';
import { openAuditLog, type AuditLog } from '../audit/index.ts';
import { openApp } from '../app.ts';
import { createOrganisations, loadGeography, loadOrganisations } from '../organisations/index.ts';
import { personOfNumber } from '../people/index.ts';
import type { Db } from '../platform/db/index.ts';
import { routesOf } from '../platform/http/index.ts';
import type { Scanning } from '../platform/scanning/index.ts';
import { createServices, type Services } from '../services.ts';

export const now = new Date('2026-03-02T09:00:00Z');

const staff = (id: string, name: string, organisation: string, role: string): Persona => ({
  id,
  name,
  job: `${role} at ${organisation}`,
  kind: 'staff',
  roles: [{ id: '1', organisation, role }],
});

const personas: Persona[] = [
  staff('gp', 'Gita Gp', 'ZZ0001', 'R0260'),
  staff('other-gp', 'Olga Other', 'ZZ0003', 'R0260'),
  staff('housing', 'Hal Homes', 'dune-homes', 'L-HOUSING-OFFICER'),
  staff('privacy', 'Priya Privacy', 'ZZR01', 'R0001'),
  staff('admin', 'Sid System', 'ZZR01', 'R5007'),
  {
    ...staff('two', 'Tess Two', 'ZZ0001', 'R0260'),
    roles: [
      { id: '1', organisation: 'ZZ0001', role: 'R0260' },
      { id: '2', organisation: 'ZZ0003', role: 'R0260' },
    ],
  },
  {
    ...staff('both', 'Bea Both', 'ZZ0003', 'R0260'),
    roles: [
      { id: '1', organisation: 'ZZ0003', role: 'R0260' },
      { id: '2', organisation: 'ZZR01', role: 'R0001' },
    ],
  },
  staff('records', 'Rex Records', 'ZZ0001', 'R8013'),
  staff('keeper', 'Kit Keeper', 'ZZR01', 'R1751'),
  staff('guardian', 'Gwen Guardian', 'ZZR01', 'R5105'),
  {
    id: 'ben',
    name: 'Ben Okafor',
    job: 'Sees his own record',
    kind: 'person',
    roles: [],
    nhsNumber: '9990000026',
    birthDate: '1961-05-02',
  },
  {
    id: 'ada',
    name: 'Ada Okafor',
    job: 'Sees her own record',
    kind: 'person',
    roles: [],
    nhsNumber: '9990000018',
    birthDate: '1950-03-01',
  },
];

export type Served = {
  base: string;
  /** Every route of the application. */
  routes: ReturnType<typeof routesOf>;
  services: Services;
  /** The owner of the tables, for what the server itself may not do. */
  owner: Db;
  /** The log, to have what waits placed at once. */
  log: AuditLog;
  /** A browser in which somebody has signed in. */
  as(persona: string): Promise<Browser>;
  nobody(): Browser;
  /** The organisation of a code. */
  organisation(code: string): Promise<string>;
  ada: { person: string; patientId: string };
  /**
   * Registers Ada at the surgery of a code, by a form and not by her record: what the record does not say, following it takes away.
   * Gives the relationship.
   */
  registerAda(code?: string): Promise<string>;
};

/** The whole application with sign-in on, over made-up partners who share, and Ada, of whom Harbour Surgery has written. */
export async function serveSignedIn(
  scope: { after(work: () => Promise<void>): void } = { after },
  scanning: Scanning = { by: 'nobody' },
): Promise<Served> {
  const undo: (() => Promise<void>)[] = [];
  scope.after(async () => {
    for (const work of undo.toReversed()) await work();
  });
  const { db, owner } = await walledDatabase({ after: (work) => undo.push(work) });
  let passed = 0;
  const clock = (): Date => new Date(now.getTime() + passed++);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'openics-signed-in-'));
  await writeMadeUpSystem(folder);
  await loadGeography(db, clock, folder);
  await loadOrganisations(db, clock, folder);
  const services = await createServices(db, clock);
  await services.store.write(
    [patient, condition].map((resource) => ({
      kind: 'put' as const,
      type: resource.resourceType,
      id: resource.id,
      resource,
    })),
    { source: 'urn:openics:source:ZZ0001', channel: 'import', agent: 'test' },
  );
  const organisations = createOrganisations(db);
  const organisation = async (code: string): Promise<string> =>
    (await organisations.organisationBySource(`urn:openics:source:${code}`))!;
  const bodies = await organisations.allBodiesOf(await organisation('ZZ0001'), '2026-03-02');
  const system = bodies.find(({ kind }) => kind === 'system')!;
  await db.transaction((tx) => putAgreement(tx, shared(system.id), { by: 'test', at: now }));
  let base = '';
  const app = await openApp(services, folder, {
    scanning,
    signIn: { providers: [], address: () => base, personas: async () => personas },
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  base = `http://localhost:${(app.server.address() as AddressInfo).port}`;
  const log = await openAuditLog({
    db,
    clock,
    dataDir: folder,
    onError: (error) => assert.fail(String(error)),
    everyMs: 3_600_000,
  });
  undo.push(async () => {
    await log.stop();
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });
  const { person, patientIds } = (await personOfNumber(db, '9990000018', '1950-03-01'))!;
  const ada = { person, patientId: patientIds[0]! };
  return {
    base,
    routes: routesOf(app),
    services,
    owner,
    log,
    organisation,
    ada,
    async registerAda(code = 'ZZ0001') {
      const registered = {
        kind: 'registered',
        organisation: await organisation(code),
        team: null,
        user: null,
        evidence: 'form/1',
        from: now.getTime() - 86_400_000,
        to: null,
      } as const;
      const saying = { by: 'test', at: services.clock() };
      return db.transaction((tx) => state(tx, 'relationship', ada.patientId, registered, saying));
    },
    nobody: () => browser(base),
    async as(persona) {
      const visitor = browser(base);
      const kind = personas.find(({ id }) => id === persona)?.kind;
      const provider = kind === 'person' ? 'demonstration-resident' : 'demonstration';
      const choice = await visitor.get(`/sign-in/start?provider=${provider}&to=/health`);
      await visitor.post(new URL(choice.url).pathname, { persona });
      return visitor;
    },
  };
}

const patient = {
  resourceType: 'Patient',
  id: 'ada',
  identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000018' }],
  name: [{ family: 'Okafor', given: ['Ada'] }],
  birthDate: '1950-03-01',
};

const condition = {
  resourceType: 'Condition',
  id: 'asthma',
  subject: { reference: 'Patient/ada' },
  code: { text: 'Asthma' },
};

const shared = (system: string): Agreement =>
  agreementFrom({
    id: 'shared-care',
    name: 'Marram Shared Care Record',
    from: '2025-04-01',
    to: null,
    parties: [system],
    classes: dataClasses.filter((each) => each !== 'directory'),
    purposes: ['TREAT', 'ETREAT', 'BTG', 'COC', 'CAREMGT', 'PATADMIN', 'HCOMPL'],
    labels: labels.filter((each) => each !== 'former-identity'),
    confidentiality: 'implied-consent',
    gdprArticle6: '6(1)(e) public task',
    gdprArticle9: '9(2)(h) health and social care',
    law: 'Health and Social Care Act 2012, section 251B',
    people: 'Everybody registered in the system',
    retention: 'Records Management Code of Practice',
    safeguards: 'Role, relationship, audit',
    contact: 'Information governance lead',
    review: '2027-04-01',
  });
