import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import about from '../package.json' with { type: 'json' };
import { registerWeb } from '../web/server.ts';
import { createAuditTrail, type AuditTrail } from './audit/index.ts';
import { registerFeeds } from './feeds/index.ts';
import {
  registerGlass,
  registerPolicy,
  registerPrivacy,
  registerStrangers,
  registerWhy,
  registerWhyOfPerson,
} from './access/index.ts';
import { createGate } from './gate.ts';
import type { SignedIn, SignInWish } from './signed-in/index.ts';
import { createOrganisations, registerOrganisations } from './organisations/index.ts';
import { registerOwnView } from './own-view/index.ts';
import { pastWallDb } from './platform/db/index.ts';
import { createHttp, shareWithinPages, wallRequests, type HttpOptions } from './platform/http/index.ts';
import { followOrganisations } from './record/directory/index.ts';
import { createFileDoor, type Scanning } from './platform/scanning/index.ts';
import { createSealer, sealingKey } from './platform/sealing/index.ts';
import { recheckRegularly, registerIdentity } from './people/index.ts';
import { registerDemonstration } from './synthetic/index.ts';
import { registerImports } from './record/import/index.ts';
import { observedPatients } from './record/operations/index.ts';
import { registerFhir } from './record/rest/index.ts';
import { registerRecordView } from './record/view/index.ts';
import { foldRegularly, tidyRegularly } from './record/store/index.ts';
import type { Services } from './services.ts';
import { tellOfFound } from './scanned.ts';
import { tellOfTurns, tellUnexpected } from './unexpected.ts';
import { privacyServices } from './privacy-services.ts';
import { keepRelationshipsOfRecord } from './relationships.ts';
import { strangerServices } from './stranger-services.ts';
import { viewServices } from './view-services.ts';

export type AppOptions = {
  /** Where accesses are noted while sign-in is not switched on. */
  audit?: AuditTrail;
  /** Switches sign-in on. Without it only this machine is served, and sees everything. */
  signIn?: SignInWish;
  /** Who scans files before they leave. Without it nobody does. */
  scanning?: Scanning;
};

/** Makes the application: every room's routes on one web server, behind one gate. It does not listen yet. */
export async function openApp(
  services: Services,
  dataDir: string,
  options: AppOptions = {},
): Promise<FastifyInstance> {
  const { clock } = services;
  const audit = options.audit ?? createAuditTrail();
  const signedIn = options.signIn && (await signInOver(services, dataDir, options.signIn));
  const app = createHttp({
    gate: signedIn?.gate ?? createGate(audit, clock),
    ...servedAs(options.signIn),
    ...(signedIn === undefined ? {} : { onLimited: signedIn.onLimited }),
    onUnexpected: tellUnexpected,
  });
  app.addHook('onClose', () => services.validator.stop());
  try {
    await registerRooms(app, services, { dataDir, scanning: options.scanning, signedIn });
    return app;
  } catch (error) {
    await app.close();
    throw error;
  }
}

/** Every room's routes, and what each does regularly until the application is closed. */
async function registerRooms(
  app: FastifyInstance,
  services: Services,
  given: { dataDir: string; scanning: Scanning | undefined; signedIn: SignedIn | undefined },
): Promise<void> {
  const { db, clock } = services;
  const { dataDir, scanning, signedIn } = given;
  const untilClosed = (work: { stop(): Promise<void> }): void =>
    void app.addHook('onClose', () => work.stop());
  shareWithinPages(app);
  if (signedIn !== undefined) wallRequests(app);
  await signedIn?.register(app);
  app.get('/health', { config: { access: { action: 'operate', resource: 'health' } } }, async () => {
    await db.query('select 1');
    return { status: 'pass' };
  });
  const files = createFileDoor(scanning ?? { by: 'nobody' }, clock, tellOfFound(signedIn?.log, clock));
  await registerFhir(app, {
    ...services,
    files,
    onUnexpected: tellUnexpected,
    settings: {
      software: { name: 'OpenICS', version: about.version },
      brokenReferences: 'accept',
      exportFolder: path.join(dataDir, 'exports'),
    },
  });
  registerRecordView(app, { ...viewServices(services), files });
  if (signedIn !== undefined) {
    registerOwnView(app, {
      ...services,
      organisations: createOrganisations(db),
      files,
      proofs: signedIn.proofs,
      logKeys: () => signedIn.log.keys.texts(),
      askFor: signedIn.asking.askFor,
    });
  }
  registerImports(app, { ...services, db: pastWallDb(db, 'checking') });
  registerOrganisations(app, services);
  registerFeeds(app, { ...services, db: pastWallDb(db, 'checking') });
  registerDemonstration(app, dataDir);
  const checking = privacyServices(services);
  registerPolicy(app, checking);
  registerWhy(app, checking);
  registerWhyOfPerson(app, checking);
  if (signedIn !== undefined) {
    const { log, userNameOf } = signedIn;
    registerGlass(app, { ...checking, log, userNameOf });
    registerPrivacy(app, { ...checking, log, userNameOf });
    registerStrangers(app, strangerServices(checking));
    untilClosed(keepRelationshipsOfRecord(services, tellOfTurns('relationships')));
  }
  const linking = pastWallDb(db, 'linking');
  const readPatients = (patientIds: readonly string[]) => observedPatients(linking, patientIds);
  registerIdentity(app, { db: linking, clock, readPatients });
  await registerWeb(app, createSealer(await sealingKey(db, 'search-ticket', clock())));
  untilClosed(recheckRegularly(linking, clock, readPatients, tellOfTurns('recheck')));
  untilClosed(foldRegularly(db, tellOfTurns('folding counts')));
  untilClosed(tidyRegularly(db, tellOfTurns('tidying indexes')));
  untilClosed(followOrganisations(services, tellOfTurns('directory')));
}

/** Only this machine, unless people sign in: then by the address they use. */
function servedAs(signIn: SignInWish | undefined): Pick<HttpOptions, 'address' | 'proxies'> {
  if (signIn === undefined) return {};
  return { address: signIn.address, ...(signIn.proxies === undefined ? {} : { proxies: signIn.proxies }) };
}

/** What signing in needs is loaded only where people sign in. */
async function signInOver(services: Services, dataDir: string, wish: SignInWish): Promise<SignedIn> {
  const { openSignedIn } = await import('./signed-in/index.ts');
  return openSignedIn(services, dataDir, wish);
}
