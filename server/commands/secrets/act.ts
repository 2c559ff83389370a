import path from 'node:path';
import type { Db } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import { lockHolder } from '../../platform/process-lock.ts';
import {
  keeper,
  moveHome,
  moveOut,
  mustBeName,
  namedIn,
  secretFile,
  secretProblems,
  type Keeper,
} from '../../platform/secrets/index.ts';
import { openRecord, type CommandRecord } from '../on-record/index.ts';
import { ownSecrets, type Own } from './holdings.ts';

const passwords = ['DATABASE_PASSWORD', 'DATABASE_RUN_PASSWORD', 'DATABASE_WRITER_PASSWORD'];

/** What the program made for another data folder or database, or for one that is gone. */
const madeElsewhere = /^(sealing|audit|postgres)\//;

/** What an operator does with secrets. Each act is on record before it is done, by name. No value is ever printed. */
export class Secrets {
  readonly #own: Own[];
  readonly #record: CommandRecord;
  readonly #dataDir: string;
  readonly #outside: Keeper | undefined;

  private constructor(own: Own[], record: CommandRecord, dataDir: string, outside: Keeper | undefined) {
    this.#own = own;
    this.#record = record;
    this.#dataDir = dataDir;
    this.#outside = outside;
  }

  static async open(owner: Db, dataDir: string): Promise<Secrets> {
    return new Secrets(await ownSecrets(owner, dataDir), await openRecord(owner), dataDir, await keeper());
  }

  async list(): Promise<number> {
    const kept = new Map((await this.#outside?.list())?.map((each) => [each.name, each]));
    const lines: [string, string, string][] = [];
    for (const own of this.#own) {
      const isHome = (await own.atHome()) !== undefined;
      const there = kept.get(own.name);
      const lies = isHome ? own.home : there === undefined ? 'MISSING' : placeOf(there.state, this.#outside);
      lines.push([own.name, own.about, lies]);
      kept.delete(own.name);
    }
    for (const { name, state } of kept.values())
      lines.push([
        name,
        madeElsewhere.test(name) ? 'of no use here' : 'handed over',
        placeOf(state, this.#outside),
      ]);
    const width = (n: 0 | 1): number => Math.max(0, ...lines.map((line) => line[n].length));
    for (const [name, about, lies] of lines)
      console.log(`${name.padEnd(width(0))}  ${about.padEnd(width(1))}  ${lies}`);
    console.log(
      this.#outside === undefined
        ? 'Nobody else keeps secrets: OPENICS_SECRETS is not set.'
        : `OPENICS_SECRETS: ${this.#outside.place}.`,
    );
    return 0;
  }

  async move(): Promise<number> {
    const to = this.#taker();
    for (const own of this.#own) {
      if ((await own.atHome()) === undefined) continue;
      await this.#note('moved', own.name);
      await moveOut(own, to);
      console.log(`${own.name} is moved.`);
    }
    console.log(
      `What the program made for itself lies with ${to.place}. Start every server with OPENICS_SECRETS.`,
    );
    return 0;
  }

  async home(): Promise<number> {
    const from = this.#taker();
    for (const own of this.#own) {
      await this.#note('brought-home', own.name);
      if (await moveHome(own, from)) console.log(`${own.name} is home.`);
    }
    console.log('What the program made for itself lies in the database and the data folder.');
    return 0;
  }

  async put(name: string, file: string, instead: boolean): Promise<number> {
    const to = this.#taker();
    if (this.#find(mustBeName(name)) !== undefined) throw inUse(name, 'The program made it for itself.');
    const value = await secretFile(file);
    await this.#note(instead ? 'replaced' : 'handed-over', name);
    if (instead) {
      await to.change(name, value);
      await to.endFormer(name);
    } else if (!(await to.add(name, value))) throw secretProblems.taken(name, to.place);
    console.log(`${name} lies with ${to.place}. Name it as secret:${name}, then remove ${file}.`);
    return 0;
  }

  async rotate(name: string): Promise<number> {
    const own = this.#find(mustBeName(name));
    if (own === undefined) throw notOurs(name);
    if (!('change' in own)) throw inUse(name, own.changesBy);
    this.#mustStand();
    await this.#note('rotated', name);
    await own.change();
    console.log(`${name} has a new value. Start every server of this database anew.`);
    return 0;
  }

  async destroy(name: string): Promise<number> {
    const own = this.#find(mustBeName(name));
    if (own !== undefined && own.end === undefined)
      throw inUse(name, 'The program needs it. rotate gives it a new value.');
    const named = passwords.find((each) => namedIn(process.env[each] ?? '') === name);
    if (named !== undefined) throw inUse(name, `${named} names it.`);
    const kept = (await this.#outside?.list())?.find((each) => each.name === name);
    if (own === undefined && kept === undefined)
      throw secretProblems.missing(name, this.#outside?.place ?? this.#dataDir);
    await this.#note('destroyed', name);
    if (kept !== undefined) await this.#outside?.destroy(name);
    await own?.end?.();
    console.log(`${name} is destroyed.`);
    return 0;
  }

  #find(name: string): Own | undefined {
    return this.#own.find((own) => own.name === name);
  }

  #note(rule: string, target: string): Promise<void> {
    return this.#record.note({ kind: 'policy', resource: 'Secret', rule, target });
  }

  #taker(): Keeper {
    if (this.#outside?.takes === true) return this.#outside;
    throw new Problem('secrets/nobody-takes', 400, 'Nobody takes secrets here.', {
      wayOut: 'Set OPENICS_SECRETS to vault:FILE or files:FOLDER. docs/security/secrets.md',
    });
  }

  /** A running server has the value of before. */
  #mustStand(): void {
    const holder = lockHolder(path.join(this.#dataDir, 'server.json'));
    if (holder === undefined) return;
    throw new Problem(
      'secrets/server-runs',
      409,
      `A server runs on this data folder (process ${holder.pid}).`,
      {
        wayOut: 'End it, and every other server of this database, then try again.',
      },
    );
  }
}

const placeOf = (state: 'kept' | 'destroyed', outside: Keeper | undefined): string =>
  state === 'kept' ? (outside?.place ?? '') : 'DESTROYED';

const inUse = (name: string, why: string): Problem =>
  new Problem('secrets/in-use', 409, `${name} is not changed so.`, { place: name, wayOut: why });

const notOurs = (name: string): Problem =>
  new Problem('secrets/not-ours', 404, `${name} is no secret that the program made for itself.`, {
    place: name,
    wayOut: 'Make a new one where it is used, then ./openics secrets put NAME FILE --instead',
  });
