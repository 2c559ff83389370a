import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { problems } from '../problems.ts';
import type { VaultSettings } from './settings.ts';

/** What a vault answered: its status, and the JSON of its body where there is one. */
export type Answer = { status: number; body: unknown };

/** Asks the vault once. Throws `secrets/away` where no whole answer comes in time, `secrets/sealed` where it has to be opened first. */
export type Ask = (question: {
  method: 'GET' | 'POST';
  path: string;
  token?: string | undefined;
  body?: unknown;
}) => Promise<Answer>;

const usualTimeoutMs = 5_000;
/** A secret is small. What is longer is no answer of a vault. */
const longestAnswer = 4 * 1024 * 1024;

/** The way to a vault over HTTP. Nobody is followed elsewhere. Source: HashiCorp Vault HTTP API, which OpenBao keeps. */
export function askVault(settings: VaultSettings): Ask {
  const { address, namespace, timeoutMs = usualTimeoutMs } = settings;
  const isSafe = address.startsWith('https:');
  const tls =
    settings.authority === undefined
      ? {}
      : { ca: readFileSync(settings.authority), minVersion: 'TLSv1.2' as const };

  return async ({ method, path, token, body }) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const options = {
      method,
      headers: {
        accept: 'application/json',
        'x-vault-request': 'true',
        ...(namespace === undefined ? {} : { 'x-vault-namespace': namespace }),
        ...(token === undefined ? {} : { 'x-vault-token': token }),
        ...(text === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
      },
      signal: AbortSignal.timeout(timeoutMs),
    };
    const url = new URL(`/v1/${path}`, address);
    const answer = await new Promise<Answer>((resolve, reject) => {
      const took = (response: http.IncomingMessage): void => void whole(response).then(resolve, reject);
      const request = isSafe
        ? https.request(url, { ...options, ...tls }, took)
        : http.request(url, options, took);
      request.on('error', reject);
      request.end(text);
    }).catch((error: unknown) => {
      throw problems.away(address, error);
    });
    if (answer.status === 503 || answer.status === 501) throw problems.sealed(address);
    if (answer.status === 502 || answer.status === 504 || answer.status === 500)
      throw problems.away(address, undefined);
    return answer;
  };
}

async function whole(response: http.IncomingMessage): Promise<Answer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > longestAnswer) throw new Error('too long an answer');
    pieces.push(piece);
  }
  return { status: response.statusCode ?? 0, body: parsed(Buffer.concat(pieces).toString('utf8')) };
}

/** The JSON of a body; undefined where it is none, which shows in what is looked for in it. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What lies at a place in JSON; undefined where there is nothing. */
export function at(body: unknown, ...steps: string[]): unknown {
  let here = body;
  for (const step of steps) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = (here as Record<string, unknown>)[step];
  }
  return here;
}
