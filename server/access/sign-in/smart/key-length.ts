import { dayOf } from '../../../organisations/index.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Db } from '../../../platform/db/index.ts';
import { isInForce, partKeys, shortInWords, type ShortKey, type ShortRsa } from '../keys/strength.ts';
import type { Ask } from '../outgoing.ts';
import { keysIn } from '../providers/key-length.ts';
import { clientsAt, findClient, type Client } from './clients.ts';

/** Keys of programs and apps, without those that are too short. */
export type CheckedKeys = {
  /** Asks where keys are published. */
  ask: Ask;
  /** A client without its registered keys that are too short. */
  without(client: Client): Client;
  /** Why the key of an assertion was not taken, undefined where its length is not why. */
  whyRefused(assertion: string): Promise<string | undefined>;
};

const wayOut =
  'Sign with RSA of 3072 bits or ES384, or ask whoever runs this OpenICS to register you with --rsa2048-until.';

/** Leaves out RSA keys that are too short today; what was published is asked for anew each minute. */
export function checkedKeys(db: Db, clock: Clock, ask: Ask): CheckedKeys {
  const published = new Map<string, ShortKey[]>();
  const today = (): string => dayOf(clock());
  return {
    async ask(address, options) {
      const { href } = new URL(address instanceof Request ? address.url : address);
      const answer = await ask(address, options);
      if (!answer.ok) return answer;
      const { taken, short } = await keysIn(answer, await exceptionAt(db, href, clock()), clock());
      published.set(href, short);
      return taken;
    },
    without(client) {
      const keys = registeredKeys(client);
      if (keys === undefined) return client;
      const { taken } = partKeys(keys, exceptionOf(client), today());
      return { ...client, registration: { ...client.registration, jwks: { keys: taken } } };
    },
    async whyRefused(assertion) {
      const { kid, clientId } = namesIn(assertion);
      const client = clientId === undefined ? undefined : await findClient(db, clientId, clock());
      if (client === undefined) return undefined;
      const address = client.registration['jwks_uri'];
      const short =
        typeof address === 'string'
          ? (published.get(new URL(address).href) ?? [])
          : partKeys(registeredKeys(client) ?? [], exceptionOf(client), today()).short;
      const found = short.find((key) => kid === undefined || key.kid === kid);
      return found === undefined ? undefined : `${shortInWords(found)} ${wayOut}`;
    },
  };
}

/** The exception at an address of keys: all who publish there must have one. */
async function exceptionAt(db: Db, href: string, at: Date): Promise<ShortRsa | undefined> {
  const there = (await clientsAt(db, at)).filter(
    ({ registration: { jwks_uri: address } }) =>
      typeof address === 'string' && new URL(address).href === href,
  );
  return there.every((client) => isInForce(exceptionOf(client), dayOf(at)))
    ? there.map(exceptionOf)[0]
    : undefined;
}

const exceptionOf = ({ registration }: Client): ShortRsa | undefined =>
  registration['rsa2048Until'] as ShortRsa | undefined;

function registeredKeys({ registration }: Client): unknown[] | undefined {
  const { keys } = (registration['jwks'] ?? {}) as { keys?: unknown };
  return Array.isArray(keys) ? keys : undefined;
}

/** What an assertion says of its key and of who signed it, before anything of it is believed. */
function namesIn(assertion: string): { kid: string | undefined; clientId: string | undefined } {
  const [header, claims] = assertion.split('.').map((part) => {
    try {
      return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;
    } catch {
      return {};
    }
  });
  return { kid: textAt(header?.['kid']), clientId: textAt(claims?.['sub']) };
}

const textAt = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
