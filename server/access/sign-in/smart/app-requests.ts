import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { InteractionResults, Provider } from 'oidc-provider';
import { Type, type Static } from 'typebox';
import type { Clock } from '../../../platform/clock.ts';
import type { Db } from '../../../platform/db/index.ts';
import { Problem } from '../../../platform/errors.ts';
import { createOrganisationNames } from '../describe.ts';
import type { Recording } from '../session/sessions.ts';
import type { Session } from '../types.ts';
import { findClient, type Client } from './clients.ts';
import { somebody, type Leaves } from './leaves.ts';
import type { ChosenPatient, PatientLookUp } from './patients.ts';
import { grantable, readScope } from './scopes.ts';
import { scopeInWords, type ScopeInWords } from './words.ts';

/** What somebody is asked about an app. */
export type AppRequest = {
  app: { name: string; organisation: string; home: string | null };
  scopes: ScopeInWords[];
  /** Whom it will be about; null when it is about nobody in particular, or somebody must be chosen. */
  patient: Pick<ChosenPatient, 'name' | 'birthDate'> | null;
  mustChoose: boolean;
  /** What was asked for and cannot be given to this app. */
  left: number;
};

export type AppEvent = {
  what: 'app-allowed' | 'app-refused' | 'app-opened';
  client: Client;
  session: Session;
  patientId: string | undefined;
};

export type AppRequestParts = {
  db: Db;
  clock: Clock;
  address: () => string;
  provider: () => Provider;
  leaves: Leaves;
  patients: PatientLookUp;
  sessionOf(request: FastifyRequest): Promise<Session | undefined>;
  note(event: AppEvent): Promise<void>;
  recordingOf(event: AppEvent): Recording;
};

const Answer = Type.Object(
  {
    allow: Type.Boolean(),
    scopes: Type.Array(Type.String({ maxLength: 500 }), { maxItems: 200 }),
    nhsNumber: Type.Optional(Type.String({ maxLength: 20 })),
  },
  { additionalProperties: false },
);
type Answer = Static<typeof Answer>;

const access = { action: 'operate', resource: 'sign-in' } as const;

/** Adds `/api/app-requests/:uid`: what an app asks for, and the answer of whoever is signed in. */
export function registerAppRequests(app: FastifyInstance, parts: AppRequestParts): void {
  const { provider, leaves, patients, db, clock, address } = parts;
  const nameOf = createOrganisationNames(db, clock);

  /** The question under way in this browser. */
  const underWay = async (request: FastifyRequest, reply: FastifyReply) => {
    const session = await parts.sessionOf(request);
    if (session === undefined) throw notSignedIn();
    if (session.identity.kind === 'staff' && session.role === undefined) throw noRole();
    const { params } = await provider()
      .interactionDetails(request.raw, reply.raw)
      .catch((cause: unknown) => {
        throw tooLate(cause);
      });
    const client = await findClient(db, String(params['client_id']), clock());
    if (client === undefined) throw tooLate(undefined);
    const asked = String(params['scope'] ?? '')
      .split(' ')
      .filter(Boolean);
    const scopes = grantable(asked, client.scopes).filter((text) => readScope(text) !== undefined);
    const aboutOne = scopes.some((text) => readScope(text)?.level === 'patient');
    const word = typeof params['launch'] === 'string' ? params['launch'] : undefined;
    return { session, client, asked, scopes, aboutOne, word };
  };
  type UnderWay = Awaited<ReturnType<typeof underWay>>;

  /** Whom the app will be about: of the record it was opened from, or the one who signed in as themselves. */
  const knownPatient = async (request: FastifyRequest, { session, client, word }: UnderWay) => {
    if (word !== undefined) {
      const launch = await leaves.launched(word, client.clientId, session.id);
      if (launch === undefined) throw tooLate(undefined);
      return patients.byId(request, launch.patientId);
    }
    const { kind, nhsNumber } = session.identity;
    return kind === 'person' && nhsNumber !== undefined
      ? patients.byNhsNumber(request, nhsNumber)
      : undefined;
  };

  app.get<{ Params: { uid: string } }>(
    '/api/app-requests/:uid',
    { config: { access } },
    async (request, reply): Promise<AppRequest> => {
      reply.header('cache-control', 'no-store');
      const asking = await underWay(request, reply);
      const { client, scopes, asked, aboutOne } = asking;
      const patient = aboutOne ? await knownPatient(request, asking) : undefined;
      const home = client.registration['client_uri'];
      return {
        app: {
          name: client.name,
          organisation: await nameOf(client.organisation),
          home: typeof home === 'string' ? home : null,
        },
        scopes: scopes.flatMap((text) => scopeInWords(text) ?? []),
        patient: patient === undefined ? null : { name: patient.name, birthDate: patient.birthDate },
        mustChoose: aboutOne && patient === undefined,
        left: asked.filter((text) => readScope(text) !== undefined && !scopes.includes(text)).length,
      };
    },
  );

  app.post<{ Params: { uid: string }; Body: Answer }>(
    '/api/app-requests/:uid',
    { config: { access }, schema: { body: Answer } },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const asking = await underWay(request, reply);
      const { allow, scopes, nhsNumber } = request.body;
      const allowed = allow ? asking.scopes.filter((text) => scopes.includes(text)) : [];
      const { client, session } = asking;
      if (allowed.length === 0) {
        await parts.note({ what: 'app-refused', client, session, patientId: undefined });
        return { next: await finish(request, reply, { error: 'access_denied' }) };
      }
      const known = asking.aboutOne ? await knownPatient(request, asking) : undefined;
      const patient = known ?? (asking.aboutOne ? await named(request, session, nhsNumber) : undefined);
      const grantId = await grant(client, asking, allowed);
      const leave = {
        clientId: client.clientId,
        scopes: allowed,
        allowed: clock().getTime(),
        sessionId: session.id,
        roleId: session.role?.id,
        patient: patient === undefined ? undefined : { id: patient.id, patientId: patient.patientId },
      };
      const { patientId } = patient ?? {};
      const record = parts.recordingOf({ what: 'app-allowed', client, session, patientId });
      await leaves.keep(grantId, leave, asking.word, record);
      return {
        next: await finish(request, reply, {
          login: { accountId: somebody, remember: false },
          consent: { grantId },
        }),
      };
    },
  );

  /** Staff may name somebody; a resident sees their own record and no other. */
  const named = async (request: FastifyRequest, { identity }: Session, nhsNumber: string | undefined) => {
    const found =
      identity.kind === 'staff' && nhsNumber !== undefined
        ? await patients.byNhsNumber(request, nhsNumber)
        : undefined;
    if (found === undefined) throw nobodyFound();
    return found;
  };

  const grant = async (client: Client, { asked, scopes }: UnderWay, allowed: string[]): Promise<string> => {
    const fhir = `${address()}/fhir`;
    const made = new (provider().Grant)({ clientId: client.clientId, accountId: somebody });
    made.addResourceScope(fhir, allowed.join(' '));
    const rest = scopes.filter((text) => !allowed.includes(text));
    if (rest.length > 0) made.rejectResourceScope(fhir, rest.join(' '));
    const context = asked.filter((text) => readScope(text) === undefined && client.scopes.includes(text));
    if (context.length > 0) made.addResourceScope(fhir, context.join(' '));
    made.rejectOIDCScope('openid offline_access');
    return made.save();
  };

  const finish = ({ raw }: FastifyRequest, reply: FastifyReply, result: InteractionResults) =>
    provider().interactionResult(raw, reply.raw, result, { mergeWithLastSubmission: false });
}

const notSignedIn = (): Problem =>
  new Problem('sign-in/not-signed-in', 401, 'You are not signed in.', { wayOut: 'Sign in first.' });
const noRole = (): Problem =>
  new Problem('sign-in/no-role-chosen', 403, 'Choose the role you act in first.', {
    wayOut: 'Choose one of your roles, then go back to the app.',
  });
const tooLate = (cause: unknown): Problem =>
  new Problem('apps/too-late', 403, 'This request of an app took too long, or began in another browser.', {
    wayOut: 'Go back to the app and start again.',
    ...(cause === undefined ? {} : { cause }),
  });
const nobodyFound = (): Problem =>
  new Problem(
    'apps/nobody-found',
    422,
    'We cannot find anybody with this NHS number whose record you may open.',
    {
      place: 'nhsNumber',
      wayOut:
        'Check the 10 digits. If they are right, you need a reason to be concerned with this person first.',
    },
  );
