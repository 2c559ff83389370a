import {
  createPrivateKey,
  generateKeyPairSync,
  hash,
  randomBytes,
  sign,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import { readIfThere } from '../../platform/read-if-there.ts';
import { createSealer, sealingKey } from '../../platform/sealing/index.ts';
import {
  keeper,
  namedIn,
  reference,
  secretProblems,
  secretValues,
  type Holding,
} from '../../platform/secrets/index.ts';
import {
  fromBase64,
  joinBytes,
  keyIdOf,
  keyText,
  signatureLine,
  toHex,
  uint64,
  utf8,
  witnessedText,
  type Bytes,
  type NoteKey,
} from '../verifier/index.ts';
import { addKey, beginLog, lockForKeys, replaceKey, signingKeys } from './key-store.ts';
import { logState } from './store.ts';

/** One private key: signs as the log, or as a witness of another log. */
export type Signer = { key: NoteKey; sign(text: string): string };

/**
 * The keys of the log. A private key lies with the keeper of secrets, where there is one, and its file in the data folder has its name
 * there. Else it lies in that file, sealed with a key that lies in the database: neither a copy of the folder nor one of the database is
 * enough to sign.
 */
export class Keys {
  readonly #db: Db;
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #open = new Map<string, KeyObject>();

  constructor(db: Db, dataDir: string, clock: Clock) {
    this.#db = db;
    this.#folder = path.join(dataDir, 'audit-keys');
    this.#clock = clock;
  }

  /** Begins the log of this database, once. Gives its origin. `origin` is used when it begins now. */
  async begin(origin?: string): Promise<string> {
    const known = await logState(this.#db);
    if (known !== undefined) return known.origin;
    return this.#db.transaction(async (tx) => {
      await lockForKeys(tx);
      const there = await logState(tx);
      if (there !== undefined) return there.origin;
      const named = origin ?? `openics.local/audit/${randomBytes(4).toString('hex')}`;
      const key = await this.#make(named);
      await addKey(tx, toHex(key.id), key.publicKey, this.#clock());
      await beginLog(tx, named, toHex(key.id));
      return named;
    });
  }

  /** Makes a new key the current one. The checkpoint after it is signed by both, so that who trusts the old one learns of it. */
  async rotate(): Promise<NoteKey> {
    return this.#db.transaction(async (tx) => {
      await lockForKeys(tx);
      const state = await logState(tx);
      if (state === undefined) throw new Problem('audit/no-log', 409, 'There is no audit log yet.');
      const key = await this.#make(state.origin);
      await addKey(tx, toHex(key.id), key.publicKey, this.#clock());
      await replaceKey(tx, state.keyId, toHex(key.id), this.#clock());
      return key;
    });
  }

  /** The keys of the log as lines of text, the current one first. */
  async texts(): Promise<string[]> {
    const state = await logState(this.#db);
    if (state === undefined) return [];
    const rows = await signingKeys(this.#db);
    return rows.map(({ publicKey }) => keyText(noteKey(state.origin, 'log', publicKey)));
  }

  /** Signs as the log. Undefined when the private key is not in this data folder. */
  async logSigner(origin: string, keyId: string): Promise<Signer | undefined> {
    const privateKey = await this.#load(keyId);
    if (privateKey === undefined) return undefined;
    const key = noteKey(origin, 'log', publicOf(privateKey));
    return {
      key,
      sign: (text) =>
        signatureLine({
          name: key.name,
          id: key.id,
          signature: new Uint8Array(sign(null, utf8(text), privateKey)),
        }),
    };
  }

  /** Signs as a witness, with a key that is used for nothing else. Made at the first call. */
  async witnessSigner(name: string): Promise<{ key: NoteKey; sign(text: string, at: Date): string }> {
    const file = `witness-${hash('sha256', name).slice(0, 16)}`;
    const privateKey = await this.#witnessKey(file).catch(notToldOutside);
    const key = noteKey(name, 'witness', publicOf(privateKey));
    return {
      key,
      sign(text, at) {
        const seconds = Math.floor(at.getTime() / 1000);
        const signature = sign(null, utf8(witnessedText(text, seconds)), privateKey);
        return signatureLine({ name, id: key.id, signature: joinBytes(uint64(seconds), signature) });
      },
    };
  }

  async #witnessKey(file: string): Promise<KeyObject> {
    const known = await this.#load(file);
    if (known !== undefined) return known;
    return this.#db.transaction(async (tx) => {
      await lockForKeys(tx);
      return (await this.#load(file)) ?? this.#keep(file, newPrivateKey());
    });
  }

  /** The private keys that this data folder has, or has the names of. Those that sign no more can be ended. */
  async holdings(): Promise<Holding[]> {
    const state = await logState(this.#db);
    const inUse = new Set([state?.keyId, state?.formerKeyId]);
    return this.#names().map((name) => this.#holding(name, inUse.has(name) || isWitness(name)));
  }

  /** Seals what lies in the data folder with another key too, so that it opens before and after that one becomes the sealing key. */
  async sealAlso(key: Buffer): Promise<void> {
    const [now, next] = [await this.#sealer(), createSealer(key)];
    for (const name of this.#names()) {
      const there = readIfThere(this.#fileOf(name))!;
      if (namedIn(there) !== undefined) continue;
      const text = await this.#opened(name, there);
      this.#write(name, `${now.seal(text)}\n${next.seal(text)}`);
    }
  }

  #holding(name: string, isInUse: boolean): Holding {
    const file = this.#fileOf(name);
    return {
      name: secretName(name),
      about: `${isWitness(name) ? 'co-signs as a witness' : 'signs the audit log'}${isInUse ? '' : ', no more'}`,
      home: 'the folder audit-keys',
      atHome: async () => {
        const there = readIfThere(file);
        return there === undefined || namedIn(there) !== undefined ? undefined : this.#opened(name, there);
      },
      bring: async (value) => this.#write(name, (await this.#sealer()).seal(value)),
      leave: async () => this.#write(name, reference(secretName(name))),
      end: isInUse ? undefined : async () => rmSync(file, { force: true }),
    };
  }

  async #make(origin: string): Promise<NoteKey> {
    const privateKey = newPrivateKey();
    const key = noteKey(origin, 'log', publicOf(privateKey));
    await this.#keep(toHex(key.id), privateKey);
    return key;
  }

  async #keep(name: string, privateKey: KeyObject): Promise<KeyObject> {
    const text = JSON.stringify(privateKey.export({ format: 'jwk' }));
    const outside = await keeper();
    if (outside?.takes === true) {
      if (!(await outside.add(secretName(name), text)))
        throw secretProblems.taken(secretName(name), outside.place);
      this.#write(name, reference(secretName(name)));
    } else this.#write(name, (await this.#sealer()).seal(text));
    this.#open.set(name, privateKey);
    return privateKey;
  }

  async #load(name: string): Promise<KeyObject | undefined> {
    const known = this.#open.get(name);
    if (known !== undefined) return known;
    const text = await this.#read(name);
    if (text === undefined) return undefined;
    const key = createPrivateKey({ key: JSON.parse(text) as JsonWebKey, format: 'jwk' });
    this.#open.set(name, key);
    return key;
  }

  /** A private key as text. A server with another data folder finds it with the keeper too. */
  async #read(name: string): Promise<string | undefined> {
    const there = readIfThere(this.#fileOf(name));
    if (there === undefined) return (await (await keeper())?.read(secretName(name)))?.[0];
    const kept = namedIn(there);
    return kept === undefined ? this.#opened(name, there) : (await secretValues(kept))[0];
  }

  /** What a file holds: sealed once, or for a while twice, with the sealing key and the one that follows it. */
  async #opened(name: string, sealed: string): Promise<string> {
    const sealer = await this.#sealer();
    for (const each of sealed.split('\n')) {
      const opened = sealer.open(each);
      if (opened !== undefined) return opened;
    }
    throw new Problem(
      'audit/key-of-another',
      500,
      'A key of the audit log does not belong to this database.',
      {
        place: this.#fileOf(name),
        wayOut: 'Put back the data folder and the database of the same backup.',
      },
    );
  }

  #names(): string[] {
    const files = existsSync(this.#folder) ? readdirSync(this.#folder) : [];
    return files.flatMap((file) => /^([\w-]+)\.sealed$/.exec(file)?.[1] ?? []).toSorted();
  }

  #fileOf(name: string): string {
    return path.join(this.#folder, `${name}.sealed`);
  }

  #write(name: string, text: string): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const file = this.#fileOf(name);
    writeFileSync(`${file}.new`, text, { mode: 0o600, flush: true });
    renameSync(`${file}.new`, file);
  }

  async #sealer() {
    return createSealer(await sealingKey(this.#db, 'audit-keys', this.#clock()));
  }
}

/** What a keeper of secrets calls a private key. */
const secretName = (name: string): string => `audit/${name}`;

/** A witness is asked by others: where its key lies, and what is wrong there, is for operators. */
function notToldOutside(cause: unknown): never {
  if (!(cause instanceof Problem)) throw cause;
  throw new Problem('audit/no-witness-key', 503, 'This witness cannot sign just now.', {
    wayOut: 'Nothing is lost. Ask again in a minute.',
    cause,
  });
}

const isWitness = (name: string): boolean => name.startsWith('witness-');

const newPrivateKey = (): KeyObject => generateKeyPairSync('ed25519').privateKey;

function publicOf(privateKey: KeyObject): Bytes {
  const { x } = privateKey.export({ format: 'jwk' });
  return fromBase64(Buffer.from(x!, 'base64url').toString('base64'));
}

function noteKey(name: string, kind: NoteKey['kind'], publicKey: Uint8Array): NoteKey {
  return { name, kind, publicKey: Uint8Array.from(publicKey), id: keyIdOf(name, kind, publicKey) };
}
