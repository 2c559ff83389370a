import type { ReactNode } from 'react';
import { Links, Meta, Outlet, type LinksFunction, type MetaFunction } from 'react-router';
import nhsStyles from 'nhsuk-frontend/dist/nhsuk/nhsuk-frontend.min.css?url';
import { Footer } from './components/footer.tsx';
import { Header } from './components/header.tsx';
import { Refused } from './components/refused.tsx';
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

/** The frame of every page. Pages carry no script, so that they work everywhere and hold a person's data once. */
export function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <Meta />
        <Links />
      </head>
      <body>
        <a className="nhsuk-skip-link" href="#maincontent">
          Skip to main content
        </a>
        <Header />
        {children}
        <Footer />
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
