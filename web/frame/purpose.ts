/** Why somebody looks at records in this visit, kept in a cookie that ends with the browser. Without one it is what is usual for the role. */
import { staffPurposes } from '../words/purposes.ts';
import { cookieOf } from './cookies.ts';

const cookie = 'openics-purpose';

/** The chosen purpose; undefined when none was. */
export function purposeOf(request: Request): string | undefined {
  const held = cookieOf(request, cookie);
  return staffPurposes.find(({ code }) => code === held)?.code;
}

/** The header that keeps a purpose, or forgets it: another role has another usual one. */
export function keepPurpose(code: string | undefined): string {
  const end = code === undefined ? '; Max-Age=0' : '';
  return `${cookie}=${code ?? ''}; Path=/; HttpOnly; SameSite=Lax${end}`;
}
