import type { FastifyReply, FastifyRequest } from 'fastify';

/** A cookie of ours. Over https it is bound to this host and never sent in the clear; on this machine http is allowed. */
export type Cookie = {
  read(request: FastifyRequest): string | undefined;
  set(reply: FastifyReply, value: string, maxAgeSeconds?: number): void;
  clear(reply: FastifyReply): void;
};

/** Cookies with `HttpOnly` and `SameSite=Lax`: no script reads them, and no other site's form sends them. */
export function cookie(name: string, secure: () => boolean): Cookie {
  const fullName = (): string => (secure() ? `__Host-${name}` : name);
  const write = (reply: FastifyReply, value: string, more: string): void => {
    const line = `${fullName()}=${value}; Path=/; HttpOnly; SameSite=Lax${secure() ? '; Secure' : ''}${more}`;
    const before = reply.getHeader('set-cookie');
    const lines = before === undefined ? [] : Array.isArray(before) ? before : [String(before)];
    reply.removeHeader('set-cookie');
    reply.header('set-cookie', [...lines, line]);
  };
  return {
    read: (request) => valueOf(request.headers.cookie, fullName()),
    set: (reply, value, maxAge) => write(reply, value, maxAge === undefined ? '' : `; Max-Age=${maxAge}`),
    clear: (reply) => write(reply, '', '; Max-Age=0'),
  };
}

function valueOf(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=');
    if (part.slice(0, at).trim() === name) return part.slice(at + 1).trim() || undefined;
  }
  return undefined;
}
