import type { FastifyReply, FastifyRequest } from 'fastify';
import { nobodyViewing, userIdOf, type Asking, type Standing } from '../access/index.ts';
import type { Programs, SignIn } from '../access/sign-in/index.ts';
import { pastWall } from '../platform/db/index.ts';
import { Problem } from '../platform/errors.ts';
import type { CopyPart } from '../platform/db/index.ts';
import type { AccessDeclaration, Gate } from '../platform/http/index.ts';
import { isOpenPage, rolePage, signInPage } from './pages.ts';
import { mayUse } from './parts.ts';
import { purposeAsked } from './purpose.ts';
import type { Known, UnderWay } from './types.ts';

/** Who says who is behind a request. They are made after the web server, whose gate asks them. */
export type WaysIn = { signIn: SignIn; programs: Programs };

/** Who showed themselves, before it is known as what they may ask now. */
type Shown = { user: string; userName: string; isApp?: true; standing(): Promise<Standing> };

/** Where a request is led instead of to its page. */
type Led = WeakMap<FastifyRequest, string>;

export type SignedInGate = {
  gate: Gate;
  underWay: UnderWay;
  /** To be run behind the gate: leads people to sign in, or to choose their role. */
  lead(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined>;
};

/** Makes the rows that put on record what a request changes, to be sent in the transaction that changes it. */
export type RecordChange = (request: FastifyRequest, access: AccessDeclaration, known: Known) => CopyPart[];

/** The gate where everybody signs in: who is it, as what do they ask, and is this part of OpenICS for them? */
export function createSignedInGate(asking: Asking, waysIn: () => WaysIn, record: RecordChange): SignedInGate {
  const underWay: UnderWay = new WeakMap();
  const led: Led = new WeakMap();

  /** A page asks the API within its own request, so the gate may be asked behind the wall. */
  const gate: Gate = (request, access) => pastWall('deciding', () => admit(request, access));

  const admit: Gate = async (request, access) => {
    request.viewing = nobodyViewing;
    if (access.resource === 'page') return admitToPage(request);
    const { policy } = await asking.policy();
    const part = policy.parts.find((each) => each.part === access.resource);
    if (part?.open === true || isOpenRoute(request)) return;
    const { user, userName, isApp, standing: find } = await whoAsks(request);
    underWay.set(request, { who: { user }, userName, accesses: () => [], isOnRecord: () => false });
    if (isApp && access.resource !== 'fhir') throw onlyByFhir();
    const standing = await find();
    const who = whoIn(standing);
    const { viewing, accesses } = asking.viewing(standing, (own) =>
      record(request, access, { who, userName, accesses: () => [...own], isOnRecord: () => false }),
    );
    underWay.set(request, {
      who,
      userName,
      accesses: () => accesses.all(),
      isOnRecord: () => accesses.isOnRecord(),
    });
    mayUse(part, access, standing, policy);
    request.viewing = viewing;
  };

  const admitToPage = async (request: FastifyRequest): Promise<void> => {
    const path = request.url.split('?', 1)[0]!;
    if (isOpenPage(path)) return;
    const session = await waysIn().signIn.sessionOf(request);
    if (session === undefined) led.set(request, signInPage(request.url));
    else if (session.identity.kind === 'staff' && session.role === undefined)
      led.set(request, rolePage(request.url));
  };

  const whoAsks = async (request: FastifyRequest): Promise<Shown> => {
    const { standings } = asking;
    const { programs, signIn } = waysIn();
    const purpose = purposeAsked(request);
    if (request.headers.authorization !== undefined) {
      const program = await programs.programOf(request);
      if (program !== undefined)
        return {
          user: program.client.clientId,
          userName: program.client.name,
          standing: () => standings.ofProgram(program, purpose),
        };
      const app = await programs.appOf(request);
      if (app === undefined) throw badToken();
      return {
        user: userIdOf(app.session.identity),
        userName: `${app.session.identity.name}, by ${app.client.name}`,
        isApp: true,
        standing: () => standings.ofApp(app, purpose),
      };
    }
    const session = await signIn.sessionOf(request);
    if (session === undefined) throw notSignedIn();
    return {
      user: userIdOf(session.identity),
      userName: session.identity.name,
      standing: () => standings.ofVisit(session, purpose),
    };
  };

  return {
    gate,
    underWay,
    async lead(request, reply) {
      const to = led.get(request);
      if (to === undefined) return undefined;
      if (request.method !== 'GET' && request.method !== 'HEAD') throw notSignedIn();
      return reply.header('cache-control', 'no-store').redirect(to, 303);
    },
  };
}

function whoIn({ asker: { subject, purpose } }: Standing): Known['who'] {
  const { id: user } = subject;
  if (subject.kind === 'resident') return { user, purpose };
  const { organisation, role } = subject.post;
  return { user, purpose, organisation: organisation.id, role };
}

/** What FHIR asks every server to say to whoever asks: what it can do. */
const isOpenRoute = ({ routeOptions }: FastifyRequest): boolean =>
  routeOptions.url === '/fhir/metadata' || routeOptions.url?.startsWith('/fhir/.well-known/') === true;

const notSignedIn = (): Problem =>
  new Problem('sign-in/not-signed-in', 401, 'You are not signed in.', {
    wayOut: 'Sign in at /sign-in, or send the token of a registered program.',
  });
/** Scopes are about FHIR. What else somebody may do, they do themselves: their choices, a broken glass, letting others in. */
const onlyByFhir = (): Problem =>
  new Problem('access/app-by-fhir', 403, 'An app asks by FHIR only.', {
    wayOut: 'Ask under /fhir. Anything else people do themselves, in OpenICS.',
  });
const badToken = (): Problem =>
  new Problem('sign-in/token-not-good', 401, 'This token is not known, or has ended.', {
    wayOut: 'Get a new token at /oauth/token.',
  });
