/** Random events about who is who through the real tables, compared with a replay from nothing and with what was believed before. */
import {
  decideDifferent,
  decideSame,
  observePatients,
  supersede,
  takeBack,
  unsupersede,
  type DecisionId,
  type ObservedPatient,
} from '../server/people/index.ts';
import type { Db, Tx } from '../server/platform/db/index.ts';
import { Problem } from '../server/platform/errors.ts';
import {
  coloured,
  patientName,
  randomEvents,
  statesDiffer,
  type Bond,
  type Event,
  type Node,
} from './identity-events.ts';

const numbers: Record<string, string> = { 1: '9434765919', 2: '4010232137', 3: '9000000009' };
const snapshotEvery = 50;

const idOf = (name: string): string => `00000000-0000-4000-8000-${name.slice(1).padStart(12, '0')}`;

type Run = { db: Db; at: Date; said: Map<string, ObservedPatient>; decisions: Map<string, DecisionId> };

/**
 * Runs the events and compares at every fiftieth: links with a replay of all that now stands, and what was believed at earlier
 * moments with what it was then. Gives the first difference, how many events were refused, and how many beliefs were asked for.
 */
export async function runInDatabase(
  db: Db,
  { seed, count, patients }: { seed: number; count: number; patients: number },
): Promise<{ differs: string | undefined; refused: number; asked: number }> {
  const said = new Map(Array.from({ length: patients }, (_, n) => [patientName(n), unlike(n)]));
  const run: Run = { db, at: new Date(Date.UTC(2026, 0, 1)), said, decisions: new Map() };
  await db.transaction((tx) => observe(tx, [...said.values()], run.at, true));
  const snapshots: { at: Date; persons: Map<string, string> }[] = [];
  let refused = 0;
  for (const [index, event] of randomEvents(seed, count, patients).entries()) {
    run.at = new Date(run.at.getTime() + 1_000);
    try {
      await db.transaction((tx) => apply(tx, event, run));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      refused++;
    }
    if (index % snapshotEvery !== 0) continue;
    const persons = await believed(db, run.at);
    const differs = statesDiffer({ persons }, { persons: await fromNothing(db) });
    if (differs !== undefined) return { differs, refused, asked: snapshots.length };
    snapshots.push({ at: run.at, persons });
  }
  for (const { at, persons } of snapshots) {
    const differs = statesDiffer({ persons }, { persons: await believed(db, at) });
    if (differs !== undefined)
      return { differs: `${differs} at ${at.toISOString()}`, refused, asked: snapshots.length };
  }
  return { differs: await strays(db), refused, asked: snapshots.length };
}

/** Somebody like nobody else. */
function unlike(n: number): ObservedPatient {
  return {
    patientId: idOf(patientName(n)),
    active: true,
    source: 'urn:bench:proof',
    given: [`Given${String.fromCharCode(97 + (n % 26))}${n}`],
    family: [`Family${String.fromCharCode(97 + ((n * 7) % 26))}${n * 31}`],
    birthDate: new Date(Date.UTC(1930, 0, 1 + n * 397)).toISOString().slice(0, 10),
  };
}

async function observe(tx: Tx, patients: ObservedPatient[], at: Date, isNew: boolean): Promise<void> {
  const rows = await observePatients(tx, patients, at, () => isNew);
  if (rows.length > 0) await tx.copyIn(rows);
}

async function apply(tx: Tx, event: Event, { at, said, decisions }: Run): Promise<void> {
  const by = { by: 'proof', reason: 'random', at };
  if (event.kind === 'number' || event.kind === 'active') {
    const now = { ...said.get(event.patientId)! };
    if (event.kind === 'active') now.active = event.active;
    else now.nhsNumber = event.nhsNumber === undefined ? undefined : numbers[event.nhsNumber];
    said.set(event.patientId, now);
    return observe(tx, [now], at, false);
  }
  const bond = event.kind === 'tie' ? event.tie : { ...event, kind: event.of };
  const pair = { patientId: idOf(bond.patientId), otherId: idOf(bond.otherId) };
  const key = `${bond.patientId} ${bond.otherId} ${bond.kind}`;
  const replacement = { losing: pair.patientId, surviving: pair.otherId, source: 'urn:bench:proof', at };
  if (event.kind === 'untie') {
    const decision = decisions.get(key);
    if (bond.kind === 'superseded') await unsupersede(tx, replacement);
    else if (decision !== undefined) await takeBack(tx, decision, by);
    return;
  }
  if (bond.kind === 'superseded') await supersede(tx, replacement);
  else if (bond.kind === 'different' || bond.kind === 'sealed') {
    const { patientId, otherId } = pair;
    decisions.set(key, await decideDifferent(tx, { patientId, otherIds: [otherId], kind: bond.kind }, by));
  } else decisions.set(`${bond.patientId} ${bond.otherId} same`, await decideSame(tx, pair, by));
}

/** Who was who by all that was believed at a moment, about that moment. */
async function believed(db: Db, at: Date): Promise<Map<string, string>> {
  const rows = await db.query<{ patient_id: string; person_id: string }>(
    `select patient_id, person_id
     from people.link
     where recorded <= $1 and (recorded_to is null or recorded_to > $1)
       and valid_from <= $1 and (valid_to is null or valid_to > $1)`,
    [at],
  );
  return new Map(rows.map((row) => [row.patient_id, row.person_id]));
}

/** Who is who by all ties that stand, worked out from nothing by the other program. */
async function fromNothing(db: Db): Promise<Map<string, string>> {
  const nodes = await db.query<Node>(
    `select patient_id as "patientId", home_id as "homeId", active, nhs_number as "nhsNumber" from people.particulars`,
  );
  const ties = await db.query<Bond>(
    `select patient_id as "patientId", other_id as "otherId", kind, ord from people.tie where recorded_to is null and forward`,
  );
  return coloured(
    nodes.map((node) => ({ ...node, nhsNumber: node.nhsNumber ?? undefined })),
    ties,
  );
}

/** A patient whose current link is not also found from its person, or the other way; undefined when there is none. */
async function strays(db: Db): Promise<string | undefined> {
  const [row] = await db.query<{ patient_id: string }>(
    `select coalesce(l.patient_id, p.patient_id) as patient_id
     from (select * from people.link where valid_to is null and recorded_to is null) l
     full join people.person_patient p on p.patient_id = l.patient_id and p.person_id = l.person_id
     where l.patient_id is null or p.patient_id is null
     limit 1`,
  );
  return row?.patient_id;
}
