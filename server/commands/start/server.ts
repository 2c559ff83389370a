import type { FastifyInstance } from 'fastify';
import type { AuditTrail } from '../../audit/index.ts';
import { pastWallDb } from '../../platform/db/index.ts';
import { isEmpty } from '../../record/store/index.ts';
import { Problem } from '../../platform/errors.ts';
import { demonstrationPersonas, readDemonstration } from '../../synthetic/index.ts';
import { openFor } from '../database/index.ts';
import type { Scanning } from '../../platform/scanning/index.ts';
import type { Steps } from '../terminal/index.ts';
import { mustBeEncrypted } from './database-link.ts';
import type { MllpWish } from './mllp.ts';
import { mustBeMended, mustFit, mustStayOnRecord, type SignInChoice } from './sign-in.ts';
import type { SignInWish } from '../../signed-in/index.ts';
import type { Services } from '../../services.ts';

/** How long requests under way may take to end before they are cut off. */
const patienceMs = 30_000;

export type Server = {
  address: string;
  /** The port that takes HL7 v2, where one does. */
  mllpPort: number | undefined;
  /** True when it knows nobody, and no organisation. */
  isEmpty(): Promise<boolean>;
  /** Ends the requests under way, then the database. */
  stop(): Promise<void>;
  /** Ends the process at once; the database recovers at the next start. */
  stopNow(): void;
};

/** Opens the database and serves the application on this machine only. */
export async function openServer(options: {
  dataDir: string;
  port: number;
  steps: Steps;
  mllp?: MllpWish | undefined;
  signIn?: SignInChoice | undefined;
  scanning?: Scanning | undefined;
  /** Somebody said that they know of the faults of PostgreSQL. */
  isUnmended?: boolean | undefined;
}): Promise<Server> {
  const { steps, signIn } = options;
  if (signIn !== undefined && !signIn.isDemonstration) mustBeEncrypted(process.env['DATABASE_URL']);
  const opening = steps.step('PostgreSQL', (tell) => openFor(options.dataDir, tell));
  const loading = whileWaiting(loadApplication);
  const opened = await opening;
  const undo: (() => Promise<void>)[] = [() => opened.stop()];
  const stop = async (): Promise<void> => {
    for (const work of undo.splice(0).reverse()) await work();
  };
  try {
    const { openAccounts } = await import('./accounts.ts');
    const { db, connection } = await openAccounts({
      connection: opened.connection,
      steps,
      signsIn: signIn !== undefined,
      async look(migrated) {
        const [row] = await migrated.query<{ server_version: string }>('show server_version');
        await mustBeMended(signIn, { version: row!.server_version, isKnown: options.isUnmended === true });
        const demonstration = readDemonstration(options.dataDir);
        mustFit(signIn, { demonstration, isEmpty: await isEmpty(migrated) });
        const { logState } = await loading;
        mustStayOnRecord(signIn, { demonstration, hasLog: (await logState(migrated)) !== undefined });
      },
    });
    undo.push(() => db.close());
    let address = '';
    let trail: AuditTrail | undefined;
    const { app, services, audit } = await steps.step('application', async () => {
      const { createServices, openApp, createAuditTrail, createDurableTrail } = await loading;
      const made = await createServices(db);
      const wish: SignInWish | undefined = signIn && {
        ...waysToSignIn(signIn, made, options.dataDir),
        address: () => address,
        apart: connection,
        ...(signIn.address === undefined ? {} : { proxies: ['127.0.0.1', '::1'] }),
        withLog: (log) => void (trail = createDurableTrail(log)),
      };
      const counted = createAuditTrail();
      return {
        services: made,
        app: await openApp(made, options.dataDir, {
          audit: counted,
          ...(options.scanning === undefined ? {} : { scanning: options.scanning }),
          ...(wish === undefined ? {} : { signIn: wish }),
        }),
        audit: trail ?? counted,
      };
    });
    undo.push(() => closeInTime(app));
    let mllpPort: number | undefined;
    if (options.mllp !== undefined) {
      const { listenForMessages } = await import('./mllp.ts');
      const listener = await listenForMessages(options.mllp, services, {
        audit,
        isKept: signIn !== undefined,
      });
      undo.push(() => listener.stop());
      mllpPort = listener.port;
    }
    const port = await listen(app, options.port);
    address = signIn?.address ?? `http://localhost:${port}`;
    return {
      address,
      mllpPort,
      isEmpty: () => isEmpty(db),
      stop,
      stopNow: () => void opened.stop('immediate').finally(() => process.exit(1)),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Begins work when this process next waits for something. Its failure is told where it is waited for. */
function whileWaiting<T>(work: () => Promise<T>): Promise<T> {
  const begun = new Promise<void>((resolve) => void setImmediate(resolve)).then(work);
  begun.catch(() => undefined);
  return begun;
}

const loadApplication = async () => ({
  ...(await import('../../services.ts')),
  ...(await import('../../app.ts')),
  ...(await import('../../audit/index.ts')),
});

/** The providers of an ICS, or the personas of a demonstration. */
function waysToSignIn(
  { providers, isDemonstration }: SignInChoice,
  { db, clock }: Services,
  dataDir: string,
): Pick<SignInWish, 'providers' | 'personas'> {
  if (!isDemonstration) return { providers };
  return { providers, personas: demonstrationPersonas(pastWallDb(db, 'writing'), clock, dataDir) };
}

/** Gives the port it listens on. */
async function listen(app: FastifyInstance, port: number): Promise<number> {
  try {
    await app.listen({ port, host: '127.0.0.1' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new Problem('start/port-in-use', 500, `Port ${port} is in use by another program.`, {
      wayOut: `Choose another with --port N. ./openics doctor says which program it is.`,
    });
  }
  const bound = app.server.address();
  return typeof bound === 'object' && bound !== null ? bound.port : port;
}

async function closeInTime(app: FastifyInstance): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), patienceMs);
  await app.close();
  clearTimeout(cut);
}
