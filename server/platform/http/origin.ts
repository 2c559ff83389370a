import { Problem } from '../errors.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);
const loopbackNames = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;

export type Origin = {
  method: string;
  host: string | undefined;
  origin: string | undefined;
  /** The browser's own word on where a request comes from (Fetch Metadata, W3C). */
  fetchSite: string | undefined;
  /** The host of the address others than this machine use, where they may. */
  served?: string | undefined;
  /** The request shows a token and no cookie, so that no browser adds a person's right to it by itself. */
  byToken?: boolean;
};

/**
 * Why a request may not come in, or undefined. A page of another site must not change anything through a person's browser, and
 * a name that was made to point at this machine must not reach it (OWASP: cross-site request forgery, DNS rebinding).
 */
export function originRefusal(request: Origin): Problem | undefined {
  const host = request.host?.toLowerCase();
  if (host === undefined || !(loopbackNames.test(host) || host === request.served)) {
    const name = request.served ?? 'localhost';
    return new Problem('http/host-refused', 403, `This server is asked for by the name ${name} only.`, {
      place: 'Host',
      wayOut: 'Use the address that ./openics start printed.',
    });
  }
  if (safeMethods.has(request.method) || request.byToken === true) return undefined;
  const crossSite = request.fetchSite === 'cross-site' || request.fetchSite === 'same-site';
  const foreign = request.origin !== undefined && hostOf(request.origin) !== host;
  if (!crossSite && !foreign) return undefined;
  return new Problem('http/other-site', 403, 'A page of another site may not change anything here.', {
    place: 'Origin',
    wayOut: 'Use the pages of OpenICS itself, or a program that is not a browser.',
  });
}

/** The host of an address, with its port where it is not the usual one. */
export function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host.toLowerCase();
  } catch {
    return undefined;
  }
}
