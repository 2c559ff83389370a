/** Whether keys of one letter are taken, kept in a cookie of the browser. They are, until somebody switches them off. */
import { cookieOf } from './cookies.ts';

const cookie = 'openics-keys';
const year = 365 * 24 * 60 * 60;

export function keysAreOn(request: Request): boolean {
  return cookieOf(request, cookie) !== 'off';
}

/** The header that keeps the choice. */
export function keepKeys(on: boolean): Record<string, string> {
  return {
    'set-cookie': `${cookie}=${on ? 'on' : 'off'}; Path=/; Max-Age=${year}; HttpOnly; SameSite=Lax`,
  };
}
