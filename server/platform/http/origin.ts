import { Problem } from '../errors.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);
const loopbackNames = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;

export type Origin = {
  method: string;
  host: string | undefined;
  origin: string | undefined;
  /** The browser's own word on where a request comes from (Fetch Metadata, W3C). */
  fetchSite: string | undefined;
};

/**
 * Why a request may not come in, or undefined. A page of another site must not change anything through a person's browser, and
 * a name that was made to point at this machine must not reach it (OWASP: cross-site request forgery, DNS rebinding).
 */
export function originRefusal(request: Origin): Problem | undefined {
  if (request.host === undefined || !loopbackNames.test(request.host)) {
    return new Problem('http/host-refused', 403, 'Only this machine is served, by the name localhost.', {
      place: 'Host',
      wayOut: 'Use the address that ./openics start printed.',
    });
  }
  if (safeMethods.has(request.method)) return undefined;
  const crossSite = request.fetchSite === 'cross-site' || request.fetchSite === 'same-site';
  const foreign = request.origin !== undefined && hostOf(request.origin) !== request.host.toLowerCase();
  if (!crossSite && !foreign) return undefined;
  return new Problem('http/other-site', 403, 'A page of another site may not change anything here.', {
    place: 'Origin',
    wayOut: 'Use the pages of OpenICS itself, or a program that is not a browser.',
  });
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host.toLowerCase();
  } catch {
    return undefined;
  }
}
