import { readFile } from 'node:fs/promises';
import { Problem } from '../../errors.ts';
import { problems } from '../problems.ts';
import { at, type Ask } from './ask.ts';
import { loginFile, type VaultSettings } from './settings.ts';

/** The token that shows who we are, with its lease. */
type Session = { token: string; endsAt: number; renewable: boolean };

/** A token is not used for the last moment of its lease. */
const safetyMs = 500;
const longestTimerMs = 24 * 60 * 60_000;

/**
 * Logs in at the first need and renews the lease when half of it is over, as long as the process runs. A token that ends all the same is
 * followed by a new login.
 */
export class Token {
  readonly #ask: Ask;
  readonly #settings: VaultSettings;
  #session: Session | undefined;
  #loggingIn: Promise<Session> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(settings: VaultSettings, ask: Ask) {
    this.#ask = ask;
    this.#settings = settings;
  }

  /** A token that holds, as far as we know. */
  async current(): Promise<string> {
    const known = this.#session;
    if (known !== undefined && Date.now() < known.endsAt - safetyMs) return known.token;
    return this.anew(known?.token);
  }

  /** Another token than one that was refused. Many that ask at once share one login. */
  async anew(refused: string | undefined): Promise<string> {
    const known = this.#session;
    if (known !== undefined && known.token !== refused) return known.token;
    this.#loggingIn ??= this.#login().finally(() => (this.#loggingIn = undefined));
    return (await this.#loggingIn).token;
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  async #login(): Promise<Session> {
    this.#session = undefined;
    const session = await this.#newSession();
    this.#session = session;
    this.#renewLater(session);
    return session;
  }

  async #newSession(): Promise<Session> {
    const { login, address } = this.#settings;
    if ('tokenFile' in login) {
      const token = await secretIn(login.tokenFile);
      const { status, body } = await this.#ask({ method: 'GET', path: 'auth/token/lookup-self', token });
      if (status !== 200) throw problems.loginRefused(address);
      return sessionOf(token, at(body, 'data', 'ttl'), at(body, 'data', 'renewable'));
    }
    const [method, proof] =
      'roleId' in login
        ? ['approle', { role_id: login.roleId, secret_id: await secretIn(login.secretIdFile) }]
        : ['kubernetes', { role: login.role, jwt: await secretIn(login.jwtFile) }];
    const path = `auth/${login.at ?? method}/login`;
    const { status, body } = await this.#ask({ method: 'POST', path, body: proof });
    const token = at(body, 'auth', 'client_token');
    if (status !== 200 || typeof token !== 'string') throw problems.loginRefused(address);
    return sessionOf(token, at(body, 'auth', 'lease_duration'), at(body, 'auth', 'renewable'));
  }

  #renewLater(session: Session): void {
    clearTimeout(this.#timer);
    if (!session.renewable || session.endsAt === Infinity) return;
    const half = Math.max((session.endsAt - Date.now()) / 2, safetyMs / 2);
    this.#timer = setTimeout(() => void this.#renew(session), Math.min(half, longestTimerMs)).unref();
  }

  /** Tries again while the lease lasts. Refused, the token is given up: the next need logs in. */
  async #renew(session: Session): Promise<void> {
    const { token } = session;
    try {
      const { status, body } = await this.#ask({
        method: 'POST',
        path: 'auth/token/renew-self',
        token,
        body: {},
      });
      if (status !== 200) return;
      const lease = at(body, 'auth', 'lease_duration');
      const renewed = sessionOf(token, lease, at(body, 'auth', 'renewable'));
      if (this.#session !== session) return;
      this.#session = renewed;
      this.#renewLater(renewed);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (Date.now() < session.endsAt) this.#renewLater(session);
    }
  }
}

/** Lease in seconds; none, or 0, is without end. */
function sessionOf(token: string, lease: unknown, renewable: unknown): Session {
  const seconds = typeof lease === 'number' && lease > 0 ? lease : Infinity;
  return { token, endsAt: Date.now() + seconds * 1000, renewable: renewable === true };
}

async function secretIn(given: string): Promise<string> {
  const file = loginFile(given);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw problems.unreadable(file, error);
  });
  return text.trim();
}
