import type { FastifyInstance } from 'fastify';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  registerGlass,
  registerPolicy,
  registerPrivacy,
  registerStrangers,
  registerWhy,
  registerWhyOfPerson,
} from '../../server/access/index.ts';
import { openAuditLog, Proofs } from '../../server/audit/index.ts';
import { createOrganisations, type Organisations } from '../../server/organisations/index.ts';
import { registerOwnView } from '../../server/own-view/index.ts';
import { pastWallDb, type Db } from '../../server/platform/db/index.ts';
import { createHttp, wallRequests } from '../../server/platform/http/index.ts';
import { privacyServices } from '../../server/privacy-services.ts';
import { openFileDoor } from '../../server/platform/scanning/index.ts';
import { registerFhir } from '../../server/record/rest/index.ts';
import { registerRecordView, type ViewServices } from '../../server/record/view/index.ts';
import { createServices, type Services } from '../../server/services.ts';
import { strangerServices } from '../../server/stranger-services.ts';
import { viewServices } from '../../server/view-services.ts';
import { walledDatabase } from '../support/walled-database.ts';
import { now, type Said } from './resources.ts';
import type { Viewer } from './viewers.ts';

/** A record with its API. Its clock stands still, except while it is written. */
export type World = {
  services: Services;
  app: FastifyInstance;
  /** Ids that this world gave to what was created in it, with names that are the same in every world. */
  made: Map<string, string>;
  /** The routes that were asked, each as METHOD and address with the names of its parameters. */
  asked: Set<string>;
};

/** Those who ask, by name. The header `asks` of a request says who it is. */
export type Askers = ReadonlyMap<string, Viewer>;
type Partners = { behindSources: ViewServices['behindSources']; organisations: Organisations };

type Scope = { after(work: () => Promise<void>): void };

/** Opens an empty world. `partners` knows the organisations, where this world has none of its own. */
export async function openWorld(
  askers: Askers,
  scope: Scope,
  {
    partners,
    brokenReferences = 'accept',
  }: { partners?: Partners; brokenReferences?: 'accept' | 'refuse' } = {},
): Promise<World & { write(said: readonly Said[], as?: World): Promise<void> }> {
  let drop: (() => Promise<void>) | undefined;
  const { db, owner } = await walledDatabase({
    after: (work) => {
      drop = work;
    },
  });
  let at = now;
  const services = await createServices(db, () => at);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'openics-leaks-'));
  const askerOf = (name: unknown): Viewer => askers.get(String(name))!;
  const app = createHttp({
    gate: async (request) => {
      request.viewing = askerOf(request.headers['asks']).viewing();
    },
  });
  const asked = new Set<string>();
  app.addHook('onResponse', async ({ method, routeOptions }) => {
    asked.add(`${method} ${routeOptions.url}`);
  });
  wallRequests(app);
  await registerFhir(app, {
    ...services,
    files: openFileDoor,
    onUnexpected: (_reference, error) => console.error(error),
    settings: {
      software: { name: 'OpenICS', version: 'test' },
      brokenReferences,
      exportFolder: folder,
      baseUrl: 'http://record.example/fhir',
    },
  });
  registerRecordView(app, { ...viewServices(services), ...partners, files: openFileDoor });
  const log = await openAuditLog({
    db: pastWallDb(db, 'noting'),
    dataDir: folder,
    clock: services.clock,
    onError: (error) => {
      throw error;
    },
    everyMs: 3_600_000,
  });
  const organisations = partners?.organisations ?? createOrganisations(db);
  const checking = { ...privacyServices(services), organisations, log, userNameOf: () => undefined };
  registerPolicy(app, checking);
  registerWhy(app, checking);
  registerWhyOfPerson(app, checking);
  registerGlass(app, checking);
  registerPrivacy(app, checking);
  registerStrangers(app, strangerServices(checking));
  registerOwnView(app, {
    ...services,
    organisations,
    files: openFileDoor,
    proofs: new Proofs(db),
    logKeys: () => log.keys.texts(),
    askFor: (viewing, purpose) => askers.get('resident')!.askFor(viewing, purpose),
  });
  await app.ready();
  const close = async (): Promise<void> => {
    await app.close();
    await log.stop();
    await services.validator.stop();
    await rm(folder, { recursive: true, force: true });
    await drop?.();
  };
  scope.after(close);

  const put = (resource: Said['resource'], source: string) =>
    services.store.write([{ kind: 'put', type: resource.resourceType, id: resource.id!, resource }], {
      source,
      channel: 'import',
      agent: 'test',
    });
  return {
    services,
    app,
    made: new Map(),
    asked,
    /** Each at a moment of its own, which is the same in every world. Who is there as well in another world is the same person as there. */
    async write(said, as) {
      for (const { resource, source, twice } of said) {
        at = momentOf(resource.id!);
        await put(structuredClone(resource), source);
        if (!twice) continue;
        at = new Date(at.getTime() + 1);
        await put({ ...structuredClone(resource), language: 'en' }, source);
      }
      at = now;
      if (as !== undefined) await takePersons(owner, as.services.db);
    },
  };
}

/** Ids of persons are given by chance: gives the persons of one world the ids they have in another. */
async function takePersons(to: Db, from: Db): Promise<void> {
  const theirs = await personsIn(from);
  for (const [patient, own] of await personsIn(to))
    for (const [table, column] of namingPersons)
      await to.query(`update people.${table} set ${column} = $1 where ${column} = $2`, [
        theirs.get(patient),
        own,
      ]);
}

const namingPersons = [
  ['person', 'person_id'],
  ['link', 'person_id'],
  ['person_patient', 'person_id'],
  ['particulars', 'home_id'],
] as const;

/** The persons of patients, by the ids of both. */
export async function personsIn(db: Db): Promise<ReadonlyMap<string, string>> {
  const rows = await db.query<{ patient_id: string; person_id: string }>(
    `select patient_id, person_id from people.link`,
  );
  return new Map(rows.map((row) => [row.patient_id, row.person_id]));
}

/** Some moment of the year before, by the id. */
const momentOf = (id: string): Date => {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) >>> 0;
  return new Date(now.getTime() - 1_000 * 86_400 - (sum % 30_000_000) * 1_000);
};
