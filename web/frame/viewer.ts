/** Who looks at the page, as the session says. */
import type { LoaderFunctionArgs } from 'react-router';
import { apiContext } from '../api/client.ts';

export type Role = {
  id: string;
  organisation: string;
  organisationName: string;
  role: string;
  roleName: string;
  /** The sort of work it is in the policy, such as `clinician`; null when the policy does not know the role. */
  profile: string | null;
  /** Why this role usually looks at records; a code of HL7 v3 ActReason. */
  usualPurpose: string | null;
  /** The parts of OpenICS that it may look at, by their names in the policy. */
  parts: string[];
};

export type Provider = { name: string; label: string; kind: 'staff' | 'person' };

export type SignedIn = {
  state: 'signed-in';
  name: string;
  kind: 'staff' | 'person';
  /** Null until somebody with several roles chose one. */
  role: Role | null;
  roles: Role[];
  /** When the visit ends if nothing more is asked, and from when on that is told. */
  endsAt: string;
  warnsAt: string;
  /** The server's clock when it said so: that of the browser may be wrong. */
  now: string;
};

export type Viewer =
  /** Sign-in is not switched on: a caller on this machine. */
  | { state: 'machine' }
  | { state: 'signed-out'; providers: Provider[] }
  | SignedIn
  /** The page does not ask, or the server could not say. */
  | { state: 'unknown' };

type Answer = { signedIn: false; providers: Provider[] } | ({ signedIn: true } & Omit<SignedIn, 'state'>);

type Context = Readonly<LoaderFunctionArgs['context']>;

const asked = new WeakMap<Context, Promise<Viewer>>();

/** Who looks at the page. It is asked once for each request. */
export function viewerOf(context: Context): Promise<Viewer> {
  let viewer = asked.get(context);
  if (viewer === undefined) asked.set(context, (viewer = ask(context)));
  return viewer;
}

async function ask(context: Context): Promise<Viewer> {
  const { status, body } = await context.get(apiContext)({ method: 'GET', path: '/api/session' });
  if (status === 404) return { state: 'machine' };
  if (status >= 400) return { state: 'unknown' };
  const answer = JSON.parse(body) as Answer;
  if (!answer.signedIn) return { state: 'signed-out', providers: answer.providers };
  const { signedIn: _, ...known } = answer;
  return { state: 'signed-in', ...known };
}

/** Staff who hold several roles and have chosen none yet can do nothing else first. */
export function mustChoose(viewer: Viewer): boolean {
  return (
    viewer.state === 'signed-in' && viewer.kind === 'staff' && viewer.role === null && viewer.roles.length > 1
  );
}

/** Who somebody is in a few words: name, role and organisation. */
export function whoWords({ name, role }: Pick<SignedIn, 'name' | 'role'>): string {
  return role === null ? name : `${name}, ${role.roleName}, ${role.organisationName}`;
}
