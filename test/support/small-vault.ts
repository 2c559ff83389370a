import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** Who tells us when to clean up: a test context, or the whole file. */
type Scope = { after(work: () => Promise<void>): void };
type Version = { value: unknown; made: string; deleted: string; destroyed: boolean };
type Token = { endsAt: number; leaseMs: number; renewable: boolean };

/** What goes wrong with the vault of a test. */
export type Manner = 'well' | 'sealed' | 'hangs' | 'garbage' | 'falls over' | 'closes';

export type SmallVault = {
  readonly address: string;
  manner: Manner;
  /** What each question was: method and path, in order. */
  readonly asked: string[];
  /** Every value that was ever kept, to look for where it must not be. */
  readonly values: Set<string>;
  /** A token that holds for so long; without end where nothing is given. */
  token(leaseMs?: number, renewable?: boolean): string;
  revoke(token: string): void;
  /** Tokens may not do this any more: `POST secret/data/`. */
  readonly forbidden: Set<string>;
  /** How long a login by role holds. */
  leaseMs: number;
  readonly role: { id: string; secret: string };
  readonly logins: { count: number };
  readonly renewals: { count: number };
  /** Where the engine keeps this entry: its versions, the oldest first. */
  entry(name: string): readonly Version[];
  /** What an operator does by hand: `vault kv delete`. */
  softDelete(name: string): void;
  /** Writes the settings of OpenICS for this vault, and a file with a token. Gives what `OPENICS_SECRETS` says. */
  settings(more?: Record<string, unknown>): string;
  /** A file in the folder of this vault. */
  file(name: string, text: string): string;
  /** Closes its port. What it keeps it keeps. */
  stop(): Promise<void>;
  /** Listens again on the same port, with all it kept. */
  start(): Promise<void>;
};

const mount = 'secret';
const root = 'openics/ics-a';

/**
 * A vault on a real socket that speaks the part of HashiCorp's HTTP API that OpenICS uses: KV version 2 with check-and-set, delete and
 * destroy; tokens with leases; login by AppRole and Kubernetes; namespaces. Source: the HTTP API documentation of Vault.
 */
export async function smallVault(
  scope: Scope,
  options: { tls?: { key: string; cert: string }; namespace?: string } = {},
): Promise<SmallVault> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'openics-vault-'));
  const entries = new Map<string, Version[]>();
  const tokens = new Map<string, Token>();
  const answer = (request: http.IncomingMessage, response: http.ServerResponse): void => {
    let text = '';
    request.on('data', (piece: Buffer) => (text += piece.toString('utf8')));
    request.on('end', () => {
      vault.asked.push(`${request.method} ${request.url}`);
      if (vault.manner === 'hangs') return;
      if (vault.manner === 'closes') return void request.socket.destroy();
      if (vault.manner === 'garbage') return void response.end('<html>Welcome</html>');
      const [status, body] = said(request, text === '' ? {} : (JSON.parse(text) as Body));
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(body === undefined ? '' : JSON.stringify(body));
    });
  };
  const server =
    options.tls === undefined ? http.createServer(answer) : https.createServer(options.tls, answer);
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => void server.listen(port, '127.0.0.1', resolve));

  const newToken = (leaseMs: number, renewable: boolean): string => {
    const token = `hvs.${randomBytes(18).toString('base64url')}`;
    tokens.set(token, { leaseMs, renewable, endsAt: leaseMs === 0 ? Infinity : Date.now() + leaseMs });
    return token;
  };

  const said = (request: http.IncomingMessage, body: Body): Said => {
    if (vault.manner === 'sealed') return [503, { errors: ['Vault is sealed'] }];
    if (vault.manner === 'falls over') return [500, { errors: ['internal error'] }];
    const url = new URL(request.url ?? '/', 'http://vault');
    const [, version, ...steps] = url.pathname.split('/');
    const place = steps.join('/');
    if (version !== 'v1') return [404, { errors: [] }];
    if ((request.headers['x-vault-namespace'] ?? '') !== (options.namespace ?? ''))
      return [404, { errors: [`no handler for route "${place}"`] }];
    if (place.endsWith('/login')) return login(place, body);
    const name = request.headers['x-vault-token'] as string | undefined;
    const token = name === undefined ? undefined : tokens.get(name);
    if (token === undefined || Date.now() > token.endsAt)
      return [403, { errors: ['2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n'] }];
    for (const each of vault.forbidden)
      if (`${request.method} ${place}`.startsWith(each)) return [403, { errors: ['permission denied'] }];
    if (place === 'auth/token/lookup-self')
      return [200, { data: { ttl: secondsLeft(token), renewable: token.renewable, id: name } }];
    if (place === 'auth/token/renew-self') {
      if (!token.renewable) return [400, { errors: ['lease is not renewable'] }];
      vault.renewals.count++;
      token.endsAt = Date.now() + token.leaseMs;
      return [200, { auth: { client_token: name, lease_duration: token.leaseMs / 1000, renewable: true } }];
    }
    return engine(request.method ?? '', steps, url.searchParams, body);
  };

  const login = (place: string, body: Body): Said => {
    const holds =
      place === 'auth/approle/login'
        ? body['role_id'] === vault.role.id && body['secret_id'] === vault.role.secret
        : place === 'auth/kubernetes/login' && body['jwt'] === vault.role.secret;
    if (!holds) return [400, { errors: ['invalid role or secret ID'] }];
    vault.logins.count++;
    const token = newToken(vault.leaseMs, true);
    return [200, { auth: { client_token: token, lease_duration: vault.leaseMs / 1000, renewable: true } }];
  };

  const engine = (method: string, steps: string[], query: URLSearchParams, body: Body): Said => {
    const [at, part, ...rest] = steps;
    const name = rest.join('/');
    if (at !== mount) return [404, { errors: [`no handler for route "${steps.join('/')}"`] }];
    const versions = entries.get(name) ?? [];
    if (part === 'metadata' && query.get('list') === 'true') return list(name);
    if (part === 'metadata') return metadata(versions);
    if (part === 'data' && method === 'GET') return read(versions, Number(query.get('version') ?? 0));
    if (part === 'data') return write(name, versions, body as { options?: { cas?: number }; data: Body });
    if (part !== 'destroy') return [404, { errors: [] }];
    for (const number of body['versions'] as number[]) {
      const version = versions[number - 1];
      if (version !== undefined) Object.assign(version, { destroyed: true, value: undefined });
    }
    return [204, undefined];
  };

  const list = (under: string): Said => {
    const keys = new Set<string>();
    for (const name of entries.keys())
      if (name.startsWith(`${under}/`)) {
        const [first, ...more] = name.slice(under.length + 1).split('/');
        keys.add(more.length > 0 ? `${first}/` : first!);
      }
    return keys.size === 0 ? [404, { errors: [] }] : [200, { data: { keys: [...keys].toSorted() } }];
  };

  const write = (
    name: string,
    versions: Version[],
    body: { options?: { cas?: number }; data: Body },
  ): Said => {
    const cas = body.options?.cas;
    if (cas !== undefined && cas !== versions.length)
      return [400, { errors: ['check-and-set parameter did not match the current version'] }];
    const value = body.data['value'];
    versions.push({ value, made: new Date().toISOString(), deleted: '', destroyed: false });
    entries.set(name, versions);
    if (typeof value === 'string') vault.values.add(value);
    return [200, { data: { version: versions.length, destroyed: false, deletion_time: '' } }];
  };

  const vault: SmallVault = {
    address: '',
    manner: 'well',
    asked: [],
    values: new Set(),
    forbidden: new Set(),
    leaseMs: 3_600_000,
    role: { id: 'openics', secret: randomBytes(18).toString('base64url') },
    logins: { count: 0 },
    renewals: { count: 0 },
    token: (leaseMs = 0, renewable = false) => newToken(leaseMs, renewable),
    revoke: (token) => void tokens.delete(token),
    entry: (name) => entries.get(`${root}/${name}`) ?? [],
    softDelete(name) {
      const newest = entries.get(`${root}/${name}`)?.at(-1);
      if (newest !== undefined) newest.deleted = new Date(Date.now() - 1).toISOString();
    },
    settings(more = {}) {
      const tokenFile = vault.file('token', vault.token());
      const about = { address: vault.address, mount, path: root, timeoutMs: 1_000, login: { tokenFile } };
      return `vault:${vault.file('vault.json', JSON.stringify({ ...about, ...more }))}`;
    },
    file(name, text) {
      const file = path.join(folder, name);
      writeFileSync(file, text, { mode: 0o600 });
      return file;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    start: () => listen(Number(new URL(vault.address).port)),
  };
  await listen(0);
  const scheme = options.tls === undefined ? 'http' : 'https';
  const host = options.tls === undefined ? '127.0.0.1' : 'localhost';
  scope.after(async () => {
    await vault.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  Object.assign(vault, { address: `${scheme}://${host}:${(server.address() as AddressInfo).port}` });
  return vault;
}

type Body = Record<string, unknown>;
type Said = [status: number, body: unknown];

const secondsLeft = ({ endsAt }: Token): number =>
  endsAt === Infinity ? 0 : Math.ceil((endsAt - Date.now()) / 1000);

const isGone = ({ deleted, destroyed }: Version): boolean => destroyed || deleted !== '';

const aboutVersion = ({ made, deleted, destroyed }: Version, number: number): Body => ({
  created_time: made,
  deletion_time: deleted,
  destroyed,
  version: number,
});

function read(versions: Version[], wanted: number): Said {
  const number = wanted === 0 ? versions.length : wanted;
  const version = versions[number - 1];
  if (version === undefined) return [404, { errors: [] }];
  const about = aboutVersion(version, number);
  if (isGone(version)) return [404, { data: { data: null, metadata: about } }];
  return [200, { data: { data: { value: version.value }, metadata: about } }];
}

function metadata(versions: Version[]): Said {
  if (versions.length === 0) return [404, { errors: [] }];
  const all = versions.map((version, n) => [String(n + 1), aboutVersion(version, n + 1)] as const);
  return [200, { data: { current_version: versions.length, versions: Object.fromEntries(all) } }];
}

/** Tells this process who keeps secrets, until the test is over. Gives the way to tell it otherwise. */
export function secretsAt(scope: Scope, setting: string): (setting: string) => void {
  const before = process.env['OPENICS_SECRETS'];
  setSecrets(setting);
  scope.after(async () => setSecrets(before ?? ''));
  return setSecrets;
}

const setSecrets = (to: string): void => void (process.env['OPENICS_SECRETS'] = to);
