import { setTimeout as pause } from 'node:timers/promises';
import {
  addWitness,
  type AuditLog,
  cosign,
  follow,
  keepCosignature,
  keyText,
  lastClosing,
  type ListBundle,
  type LogLine,
  logLines,
  logState,
  type Proofs,
  toHex,
  type Trust,
  verifyList,
  verifyLog,
} from '../server/audit/index.ts';
import type { Db, Queryable, Tx } from '../server/platform/db/index.ts';
import { forge, partsOf, type Part } from './prove-audit-forger.ts';

export type Subject = { db: Db; log: AuditLog; proofs: Proofs };
type Random = () => number;

/** What was tried, and whether the verifier that stands alone saw it. */
export type Trial = { kind: string; detected: boolean; told: string };

const people = Array.from({ length: 6 }, (_, i) => `0198a000-0000-7000-8000-00000000000${i}`);
const users = ['nurse-1', 'doctor-2', 'clerk-3', 'program-4'];
const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)]!;

/** Fills a log with accesses, has a witness co-sign its end, and gives what an honest reader believes. */
export async function prepare({ db, log, proofs }: Subject, random: Random, events: number) {
  const began = Date.now();
  for (let done = 0; done < events;) {
    const count = Math.min(1 + Math.floor(random() * 25), events - done);
    await log.note(
      ...Array.from({ length: count }, () => ({
        at: new Date(),
        kind: pick(random, ['read', 'search', 'update', 'export'] as const),
        outcome: pick(random, ['permitted', 'permitted', 'refused'] as const),
        user: pick(random, users),
        organisation: pick(random, ['RX1', 'RX2']),
        purpose: 'TREAT',
        resource: pick(random, ['Observation', 'Condition', 'Patient']),
        ...(random() < 0.85 ? { person: pick(random, people) } : {}),
        ...(random() < 0.6
          ? { particulars: { userName: `Name ${Math.floor(random() * 9)}`, reason: 'ward round' } }
          : {}),
      })),
    );
    await log.placeAll();
    done += count;
    if (done === count) await pause(5);
  }
  const name = 'witness.example/w1';
  const { key } = await log.keys.witnessSigner(name);
  await follow(db, log.origin, await log.keys.texts());
  const early = await partsOf(logLines(db));
  const last = (await lastClosing(db))!;
  const answer = await cosign({ db, keys: log.keys, clock: () => new Date(), name }, `old 0\n\n${last.note}`);
  await addWitness(db, { name, url: 'http://localhost', key: keyText(key) });
  await db.transaction((tx) =>
    keepCosignature(tx, { name, size: last.size, line: answer.body, at: new Date() }),
  );
  const keys = await log.keys.texts();
  const witnessed: Trust = { keys, witnesses: [keyText(key)], required: 1 };
  const held: Trust = { keys, held: last.note };
  const bundles = new Map<string, ListBundle>();
  for (const id of people) bundles.set(id, await proofs.list({ kind: 'person', id }, last.size));
  const state = (await logState(db))!;
  const signer = (await log.keys.logSigner(log.origin, state.keyId))!;
  return {
    parts: early,
    witnessed,
    held,
    bundles,
    signer,
    began,
    origin: log.origin,
    keyId: toHex(signer.key.id),
  };
}

export type Prepared = Awaited<ReturnType<typeof prepare>>;

/** The honest log and lists hold, under everything an honest reader may ask. */
export async function honestHolds(db: Db, prepared: Prepared): Promise<boolean> {
  for (const trust of [prepared.witnessed, prepared.held]) {
    if (!(await verifyLog(logLines(db), trust)).holds) return false;
    for (const bundle of prepared.bundles.values())
      if (!(await verifyList(bundle, trust)).holds) return false;
  }
  const again = forge(prepared.parts, { origin: prepared.origin, sign: prepared.signer.sign });
  return (await verifyLog(again.lines, prepared.held)).holds;
}

/** One random tampering of a random kind. */
export async function tamperOnce(db: Db, prepared: Prepared, random: Random): Promise<Trial> {
  const turn = random();
  if (turn < 0.4) return tamperStored(db, prepared, random);
  if (turn < 0.7) return tamperList(prepared, random);
  return tamperWithKey(prepared, random);
}

/** What the owner of the database changes in its rows, one kind each. `at` is a random event, `other` another. */
const storedKinds: Record<string, (tx: Tx, at: number, other: number, random: Random) => Promise<unknown>> = {
  'edit: user': (tx, at) => tx.query(`update audit.event set user_id = user_id || 'x' where seq = $1`, [at]),
  'edit: time (clock)': (tx, at, _other, random) =>
    tx.query(`update audit.event set at = at + $2 * interval '1 millisecond' where seq = $1`, [
      at,
      (random() < 0.5 ? -1 : 1) * (1 + Math.floor(random() * 1e9)),
    ]),
  'edit: outcome': (tx, at) =>
    tx.query(
      `update audit.event set outcome = case outcome when 'refused' then 'permitted' else 'refused' end where seq = $1`,
      [at],
    ),
  'edit: resource': (tx, at) => tx.query(`update audit.event set resource = 'Nothing' where seq = $1`, [at]),
  'edit: organisation': (tx, at) =>
    tx.query('update audit.event set organisation = null where seq = $1', [at]),
  'edit: moved to another person': (tx, at) =>
    tx.query(
      `update audit.event set about_person = true, list_id = '0198a000-0000-7000-8000-0000000000ff' where seq = $1`,
      [at],
    ),
  'edit: text': (tx, at) =>
    tx.query(
      `with one as (select list_id, seq from audit.particulars order by abs(seq - $1) limit 1)
       update audit.particulars p set body = body || ' ' from one where p.list_id = one.list_id and p.seq = one.seq`,
      [at],
    ),
  'edit: salt': (tx, at) =>
    tx.query(
      `with one as (select list_id, seq from audit.particulars order by abs(seq - $1) limit 1)
       update audit.particulars p set salt = set_byte(salt, 3, get_byte(salt, 3) # 1) from one
       where p.list_id = one.list_id and p.seq = one.seq`,
      [at],
    ),
  drop: (tx, at) => tx.query('delete from audit.event where seq = $1', [at]),
  'drop and close the gap': async (tx, at) => {
    await tx.query('delete from audit.event where seq = $1', [at]);
    await tx.query('update audit.event set seq = seq - 1 where seq > $1', [at]);
    await tx.query('update audit.closing set size = size - 1 where size > $1', [at]);
  },
  insert: async (tx, at) => {
    await tx.query('update audit.event set seq = seq + 1 where seq > $1', [at]);
    await tx.query('update audit.closing set size = size + 1 where size > $1', [at]);
    await tx.query(
      `insert into audit.event
       select $1 + 1, at, person_count, user_count, list_id, gen_random_uuid(), request_id, about_person, kind, outcome, user_id,
              organisation, role, purpose, resource, rule, commitment, person_head, user_head
       from audit.event where seq = $1`,
      [at],
    );
  },
  reorder: async (tx, at, other) => {
    await tx.query('update audit.event set seq = -1 where seq = $1', [at]);
    await tx.query('update audit.event set seq = $1 where seq = $2', [at, other]);
    await tx.query('update audit.event set seq = $1 where seq = -1', [other]);
  },
  truncate: async (tx, at) => {
    await tx.query('delete from audit.closing where size > $1', [at]);
    await tx.query('delete from audit.event where seq >= (select coalesce(max(size), 0) from audit.closing)');
  },
  'closing: time (clock)': (tx, at) =>
    tx.query(
      `update audit.closing set at = at + interval '1 hour' where size = (select min(size) from audit.closing where size > $1)`,
      [at],
    ),
  'closing: register': (tx, at) =>
    tx.query(
      `update audit.closing set register = set_byte(register, 5, get_byte(register, 5) # 1)
       where size = (select min(size) from audit.closing where size > $1)`,
      [at],
    ),
  'checkpoint: another size': (tx, at) =>
    tx.query(
      String.raw`update audit.closing set note = regexp_replace(note, '\n(\d+)\n', E'\n1\\1\n')
       where size = (select min(size) from audit.closing where size > $1)`,
      [at],
    ),
};

class Undo extends Error {}

async function tamperStored(db: Db, prepared: Prepared, random: Random): Promise<Trial> {
  const kind = pick(random, Object.keys(storedKinds));
  let trial: Trial | undefined;
  try {
    await db.transaction(async (tx) => {
      await tx.query('alter table audit.event drop constraint event_pkey');
      await tx.query('alter table audit.closing drop constraint closing_pkey');
      const seqs = await tx.query<{ seq: number }>('select seq from audit.event order by seq');
      const at = pick(random, seqs).seq;
      const other = pick(
        random,
        seqs.filter(({ seq }) => seq !== at),
      ).seq;
      await storedKinds[kind]!(tx, at, other, random);
      // A truncated log is whole in itself: only who kept its end, or asks for a witness, can miss the rest.
      trial = await trialOf(`rows, ${kind}`, linesOf(tx), prepared.held);
      throw new Undo();
    });
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
  }
  return trial!;
}

const linesOf = (tx: Queryable): AsyncIterable<LogLine> => logLines(tx);

async function trialOf(
  kind: string,
  lines: AsyncIterable<LogLine> | Iterable<LogLine>,
  trust: Trust,
): Promise<Trial> {
  const finding = await verifyLog(lines, trust);
  if (!finding.holds) return { kind, detected: true, told: finding.fault };
  return { kind, detected: finding.doubtfulTimes.length > 0, told: 'times that do not fit' };
}

/** Changes in a list that is handed over: by who hands it over, or on the way. */
async function tamperList(prepared: Prepared, random: Random): Promise<Trial> {
  const bundle = structuredClone(pick(random, [...prepared.bundles.values()]));
  const changes: Record<string, (events: ListBundle['events'][number][]) => unknown> = {
    drop: (events) => events.splice(Math.floor(random() * events.length), 1),
    truncate: (events) => events.splice(1 + Math.floor(random() * (events.length - 1))),
    insert: (events) =>
      events.splice(Math.floor(random() * events.length), 0, structuredClone(pick(random, events))),
    reorder: (events) => {
      const at = Math.floor(random() * (events.length - 1));
      [events[at], events[at + 1]] = [events[at + 1]!, events[at]!];
    },
    'any one value': () => changeOneValue(bundle, random),
  };
  const kind = pick(random, [...Object.keys(changes), 'any one value', 'any one value']);
  changes[kind]!(bundle.events as ListBundle['events'][number][]);
  const trust = random() < 0.5 ? prepared.witnessed : { ...prepared.witnessed, ...prepared.held };
  const finding = await verifyList(bundle, trust);
  return { kind: `list, ${kind}`, detected: !finding.holds, told: finding.holds ? '' : finding.fault };
}

/** Changes one text or number anywhere in the bundle, but for the part about an earlier checkpoint, which nobody need ask for. */
function changeOneValue(bundle: ListBundle, random: Random): void {
  const places: { holder: Record<string, unknown>; name: string }[] = [];
  const collect = (holder: Record<string, unknown>): void => {
    for (const [name, value] of Object.entries(holder)) {
      if (holder === (bundle as unknown) && name === 'since') continue;
      if (typeof value === 'object' && value !== null) collect(value as Record<string, unknown>);
      else places.push({ holder, name });
    }
  };
  collect(bundle as unknown as Record<string, unknown>);
  const { holder, name } = pick(random, places);
  const value = holder[name];
  if (typeof value === 'number') holder[name] = value + 1 + Math.floor(random() * 1000);
  else {
    const text = String(value);
    const at = Math.floor(random() * Math.max(text.length, 1));
    const instead = text[at] === 'A' ? 'B' : 'A';
    holder[name] = text.slice(0, at) + instead + text.slice(at + 1);
  }
}

/** The whole log is made anew by somebody who owns database and program, with a key of their own or the stolen one. */
async function tamperWithKey(prepared: Prepared, random: Random): Promise<Trial> {
  const parts: Part[] = structuredClone(prepared.parts);
  const full = parts.filter(({ events }) => events.length > 1);
  const { events } = pick(random, full);
  const at = Math.floor(random() * events.length);
  const changes: Record<string, () => unknown> = {
    edit: () => (events[at] = { ...events[at]!, event: { ...events[at]!.event, user: 'somebody-else' } }),
    drop: () => events.splice(at, 1),
    insert: () =>
      events.splice(
        at,
        0,
        structuredClone(
          pick(
            random,
            full.flatMap((part) => part.events),
          ),
        ),
      ),
    reorder: () => events.push(events.shift()!),
    truncate: () => parts.splice(1 + Math.floor(random() * (parts.length - 1))),
    'clock set back': () => {
      for (const part of parts) part.closedAt -= 86_400_000;
    },
    'split view: one look hidden, another in its place': () => {
      const { event } = events[at]!;
      events[at] = { event: { ...event, kind: 'operate', person: '0198a000-0000-7000-8000-0000000000aa' } };
    },
  };
  const kind = pick(random, Object.keys(changes));
  changes[kind]!();
  const stolen = random() < 0.7;
  const { signer, origin } = prepared;
  const sign = stolen ? signer.sign : (text: string) => signer.sign(`${text} `);
  const forged = forge(parts, { origin, sign });
  const name = `made anew ${stolen ? 'with the stolen key' : 'without the key'}, ${kind}`;
  const trust = stolen ? pick(random, [prepared.witnessed, prepared.held]) : { keys: prepared.held.keys };
  if (random() < 0.5) return trialOf(name, forged.lines, trust);
  const finding = await verifyList(forged.listOf(pick(random, people)), trust);
  return { kind: name, detected: !finding.holds, told: finding.holds ? '' : finding.fault };
}
