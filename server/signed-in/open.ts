import type { FastifyInstance, FastifyRequest } from 'fastify';
import { openAsking, type Asking } from '../access/index.ts';
import {
  registerPrograms,
  registerSignIn,
  type Persona,
  type ProviderSettings,
} from '../access/sign-in/index.ts';
import { openAuditLog, Proofs, registerAudit, type AuditLog } from '../audit/index.ts';
import { createOrganisations } from '../organisations/index.ts';
import { everyPatientOf, personOfNumber, personsBehind } from '../people/index.ts';
import { pastWall, pastWallDb, type DbOptions } from '../platform/db/index.ts';
import type { Gate, HttpOptions } from '../platform/http/index.ts';
import type { Services } from '../services.ts';
import { tellOfTurns, tellUnexpected } from '../unexpected.ts';
import { createSignedInGate, type RecordChange, type WaysIn } from './gate.ts';
import { happeningsOf } from './happenings.ts';
import { noteBeforeAnswers } from './noting.ts';
import { noteLimited } from './limited.ts';
import { appRecord, signInRecord, tokenRecording } from './sign-in-record.ts';

/** How people sign in, where that is switched on. */
export type SignInWish = {
  /** Providers of the ICS; none in a demonstration. */
  providers: ProviderSettings[];
  /** The address people use, without a slash at its end; asked when the server listens. */
  address(): string;
  /** Addresses of servers in front, which are believed when they say for whom they ask. */
  proxies?: string[];
  /** Made-up people to sign in as. Only a demonstration has them. */
  personas?: () => Promise<Persona[]>;
  /** What the audit log calls itself when it begins. */
  origin?: string;
  /** Over such connections the audit log gives places in a thread of its own. */
  apart?: DbOptions['connection'];
  /** Given the audit log once it is open, for ways in beside HTTP. */
  withLog?(log: AuditLog): void;
};

/** Sign-in, access and audit, opened together: none of them is there without the others. */
export type SignedIn = {
  gate: Gate;
  /** Puts on record who asked too often. */
  onLimited: NonNullable<HttpOptions['onLimited']>;
  log: AuditLog;
  proofs: Proofs;
  asking: Asking;
  /** What whoever is behind a request is called. */
  userNameOf(request: FastifyRequest): string | undefined;
  /** Adds what stands between the gate and the routes, and the routes of signing in and of the audit log. */
  register(app: FastifyInstance): Promise<void>;
};

const onError = (error: unknown): void => tellUnexpected('sign-in', error);

/** Gives the patient under whom a Patient resource is filed. */
const patientsOf = (store: Services['store']) => async (id: string) =>
  (await pastWall('finding', () => store.read('Patient', id)))?.patientId;

/** Opens sign-in, access and the audit log over one database. The private key of the log lies in the data folder. */
export async function openSignedIn(
  { db, clock, store }: Pick<Services, 'db' | 'clock' | 'store'>,
  dataDir: string,
  wish: SignInWish,
): Promise<SignedIn> {
  const noted = pastWallDb(db, 'noting');
  const log = await openAuditLog({
    db: noted,
    clock,
    dataDir,
    ...(wish.origin === undefined ? {} : { origin: wish.origin }),
    apart: wish.apart,
    onError: tellOfTurns('audit'),
  });
  wish.withLog?.(log);
  const proofs = new Proofs(db);
  const asking = openAsking({
    db,
    clock,
    organisations: createOrganisations(db),
    personsOf: (patientIds) => personsBehind(db, patientIds),
    everyPatientOf: (of) => everyPatientOf(db, of),
    personOfNumber: (nhsNumber, born) => personOfNumber(db, nhsNumber, born),
  });
  let waysIn: WaysIn | undefined;
  const recordIn: RecordChange = (request, access, known) => {
    const happenings = happeningsOf(request, access, known, { at: clock(), status: 200 });
    return log.rows(happenings, happenings[0]?.person ?? request.id);
  };
  const signedInGate = createSignedInGate(
    asking,
    () => {
      if (waysIn === undefined) throw new Error('A request came before sign-in was ready.');
      return waysIn;
    },
    recordIn,
  );

  return {
    gate: signedInGate.gate,
    onLimited: noteLimited(log, clock),
    log,
    proofs,
    asking,
    userNameOf: (request) => signedInGate.underWay.get(request)?.userName,
    async register(app) {
      app.addHook('onClose', () => log.stop());
      app.addHook('onRequest', signedInGate.lead);
      noteBeforeAnswers(app, {
        log,
        clock,
        underWay: signedInGate.underWay,
        onUnexpected: tellUnexpected,
      });
      const { address, providers, personas } = wish;
      const signIn = await registerSignIn(app, {
        db,
        clock,
        address,
        providers,
        ...(personas === undefined ? {} : { personas }),
        record: signInRecord(log, asking, clock),
        apps: () => waysIn?.programs.allowed,
        onError,
      });
      const { sessionOf, liveSession } = signIn;
      const visits = { sessionOf, liveSession, patientIdOf: patientsOf(store), ...appRecord(log, clock) };
      const programs = await registerPrograms(app, {
        db,
        clock,
        address,
        onError,
        visits,
        tokenRecording: tokenRecording(log, clock),
      });
      waysIn = { signIn, programs };
      registerAudit(app, { db: noted, clock, log, proofs });
    },
  };
}
