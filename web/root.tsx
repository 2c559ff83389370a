import type { ReactNode } from 'react';
import {
  Links,
  Meta,
  Outlet,
  redirect,
  useLocation,
  useRouteLoaderData,
  type LinksFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
} from 'react-router';
import nhsStyles from 'nhsuk-frontend/dist/nhsuk/nhsuk-frontend.min.css?url';
import { Footer } from './components/footer.tsx';
import { Header } from './components/header.tsx';
import { Refused } from './components/refused.tsx';
import { VisitEnds, VisitEndsRefresh } from './components/visit-ends.tsx';
import { keysAreOn } from './frame/keys.ts';
import { withReturn } from './frame/own-path.ts';
import { placeOf } from './frame/place.ts';
import { purposeOf } from './frame/purpose.ts';
import { mustChoose, viewerOf, type Viewer } from './frame/viewer.ts';
// oxlint-disable-next-line import/default -- the builder makes it: the address of the built script
import ourScript from './script/signed-in.ts?worker&url';
import ourStyles from './style.css?url';
import icon from './icon.svg?url';

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: nhsStyles },
  { rel: 'stylesheet', href: ourStyles },
  { rel: 'icon', href: icon, type: 'image/svg+xml' },
];

export const meta: MetaFunction = ({ error }) => [
  { title: error === undefined ? 'OpenICS' : 'Not shown – OpenICS' },
];

/** Asking who looks keeps a visit alive, so the page that says that it ended does not ask. */
const doesNotAsk = '/sign-in/ended';

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { pathname, search } = new URL(request.url);
  const viewer: Viewer = pathname === doesNotAsk ? { state: 'unknown' } : await viewerOf(context);
  if (mustChoose(viewer) && !pathname.startsWith('/sign-in/'))
    throw redirect(withReturn('/sign-in/role', pathname + search), 303);
  return {
    viewer,
    place: placeOf(request),
    purpose: purposeOf(request),
    keys: keysAreOn(request),
    now: Date.now(),
  };
}

/** The frame of every page. It runs nothing where sign-in is not switched on, and holds a person's data once. */
export function Layout({ children }: { children: ReactNode }) {
  const frame = useRouteLoaderData<typeof loader>('root');
  const { pathname, search } = useLocation();
  const viewer = frame?.viewer ?? { state: 'unknown' };
  const now = frame?.now ?? Date.now();
  return (
    <html lang="en" data-keys={frame?.keys === true && viewer.state === 'signed-in' ? 'on' : undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <Meta />
        <Links />
        {viewer.state === 'signed-in' && <VisitEndsRefresh viewer={viewer} here={pathname + search} />}
        {(viewer.state === 'signed-in' || viewer.state === 'signed-out') && <script defer src={ourScript} />}
      </head>
      <body>
        <a className="nhsuk-skip-link" href="#maincontent">
          Skip to main content
        </a>
        <Header viewer={viewer} place={frame?.place} purpose={frame?.purpose} />
        {children}
        <Footer viewer={viewer} now={now} />
        {viewer.state === 'signed-in' && <VisitEnds viewer={viewer} />}
      </body>
    </html>
  );
}

export default function Root() {
  return <Outlet />;
}

export function ErrorBoundary({ error }: { error: unknown }) {
  return <Refused error={error} />;
}
