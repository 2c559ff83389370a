/** What the product made of the records: who is one person, by which ties, and which questions wait for reviewers. */
import type { Db } from '../../server/platform/db/index.ts';
import type { TrueRecord } from './truth.ts';

export type Edge = { a: number; b: number; weight: number };
export type Question = { record: number; candidates: Edge[]; queue: string; reasons: string };

/** Records are told by their place in the truth. */
export type Outcome = {
  /** Numbers the persons of the product. */
  person: Int32Array;
  /** What was tied by a program. */
  matched: Edge[];
  /** What was tied by the source itself. */
  superseded: Edge[];
  questions: Question[];
  /** Records that never got in, because the importer set their Patient aside: each counts as a person of its own. */
  held: number;
  /** Patients of which the truth knows nothing: only a merge message named them. */
  unheard: number;
};

/** Throws when a record of the truth is neither a linked Patient nor set aside by the importer. */
export async function readOutcome(db: Db, truth: readonly TrueRecord[]): Promise<Outcome> {
  const place = new Map(truth.map(({ patientId }, at) => [patientId, at]));
  if (place.size !== truth.length) throw new Error('Two lines of the truth name the same Patient.');
  const persons = await personsOf(db, truth, place);
  const ties = await db.query<{ patient_id: string; other_id: string; kind: string; weight: number | null }>(
    `select patient_id, other_id, kind, weight
     from people.tie
     where recorded_to is null
       and forward
       and kind in ('matched', 'superseded')`,
  );
  const edgeOf = (one: string, other: string, weight: number | null): Edge[] => {
    const [a, b] = [place.get(one), place.get(other)];
    return a === undefined || b === undefined ? [] : [{ a, b, weight: weight ?? Infinity }];
  };
  const edges = (kind: string): Edge[] =>
    ties
      .filter((tie) => tie.kind === kind)
      .flatMap((tie) => edgeOf(tie.patient_id, tie.other_id, tie.weight));
  return {
    ...persons,
    matched: edges('matched'),
    superseded: edges('superseded'),
    questions: await questionsOf(db, place, edgeOf),
  };
}

async function personsOf(
  db: Db,
  truth: readonly TrueRecord[],
  place: ReadonlyMap<string, number>,
): Promise<Pick<Outcome, 'person' | 'held' | 'unheard'>> {
  const links = await db.query<{ patient_id: string; person_id: string }>(
    `select patient_id, person_id
     from people.link
     where valid_to is null
       and recorded_to is null`,
  );
  const person = new Int32Array(truth.length).fill(-1);
  const numbers = new Map<string, number>();
  let unheard = 0;
  for (const { patient_id: patientId, person_id: personId } of links) {
    const at = place.get(patientId);
    if (at === undefined) unheard++;
    else {
      if (!numbers.has(personId)) numbers.set(personId, numbers.size);
      person[at] = numbers.get(personId)!;
    }
  }
  const held = await quarantined(db);
  const missing = truth.filter(({ patientId }, at) => person[at] === -1 && !held.has(patientId));
  if (missing.length > 0) {
    const partners = Map.groupBy(missing, ({ partner }) => partner);
    const counts = [...partners].map(([partner, lines]) => `${partner} ${lines.length}`).join(', ');
    throw new Error(`${missing.length} records of the truth are nowhere to be found: ${counts}.`);
  }
  let [alone, waiting] = [numbers.size, 0];
  person.forEach((of, at) => {
    if (of !== -1) return;
    person[at] = alone++;
    waiting++;
  });
  return { person, held: waiting, unheard };
}

/** Patients that the importer set aside. */
async function quarantined(db: Db): Promise<Set<string>> {
  const rows = await db.query<{ resource_id: string }>(
    `select resource_id
     from record.quarantine
     where type = 'Patient'
       and resource_id is not null
       and state = 'open'`,
  );
  return new Set(rows.map((row) => row.resource_id));
}

async function questionsOf(
  db: Db,
  place: ReadonlyMap<string, number>,
  edgeOf: (one: string, other: string, weight: number | null) => Edge[],
): Promise<Question[]> {
  const cases = await db.query<{ patient_id: string; candidates: string; queue: string; reasons: string }>(
    `select patient_id, candidates, queue, reasons
     from people.review
     where state in ('waiting', 'disputed')`,
  );
  return cases.flatMap(({ patient_id: patientId, candidates, queue, reasons }) => {
    const record = place.get(patientId);
    if (record === undefined) return [];
    const asked = JSON.parse(candidates) as { patientId: string; weight: number }[];
    const edges = asked.flatMap((each) => edgeOf(patientId, each.patientId, each.weight));
    return [{ record, candidates: edges, queue, reasons: (JSON.parse(reasons) as string[]).join('; ') }];
  });
}
