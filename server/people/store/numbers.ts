import { CopyRows, type CopyPart, type Queryable, type Tx } from '../../platform/db/index.ts';
import { part } from './links.ts';

/** Which of these NHS numbers are claimed, by which patient. */
export async function claims(db: Queryable, numbers: readonly string[]): Promise<Map<string, string>> {
  if (numbers.length === 0) return new Map();
  const rows = await db.query<{ nhs_number: string; patient_id: string }>(
    `select nhs_number, patient_id from people.number_claim where nhs_number = any($1::text[])`,
    [numbers],
    { name: 'people-claims' },
  );
  return new Map(rows.map((row) => [row.nhs_number, row.patient_id]));
}

/** The numbers that replaced these, where they were replaced. */
export async function replacements(db: Queryable, numbers: readonly string[]): Promise<Map<string, string>> {
  if (numbers.length === 0) return new Map();
  const rows = await db.query<{ nhs_number: string; current_number: string }>(
    `select nhs_number, current_number from people.superseded_number where nhs_number = any($1::text[])`,
    [numbers],
    { name: 'people-replacements' },
  );
  return new Map(rows.map((row) => [row.nhs_number, row.current_number]));
}

/** Gives up these patients' claims to numbers they no longer state. */
export async function releaseClaims(
  tx: Tx,
  numbers: readonly string[],
  patientIds: readonly string[],
): Promise<void> {
  if (numbers.length === 0) return;
  await tx.query(
    `delete from people.number_claim where nhs_number = any($1::text[]) and patient_id = any($2::uuid[])`,
    [numbers, patientIds],
  );
}

/** The rows that claim numbers. A second claim to a number is a unique violation. */
export function claimRows(added: ReadonlyMap<string, string>): CopyPart[] {
  const rows = new CopyRows();
  for (const [nhsNumber, patientId] of added) {
    rows.startRow(2);
    rows.text(nhsNumber);
    rows.uuid(patientId);
  }
  return part('number_claim (nhs_number, patient_id)', rows);
}

/** Notes that a number was replaced; what it had replaced before is replaced by the new one too. */
export async function putReplacement(
  tx: Tx,
  { old, current, source, at }: { old: string; current: string; source: string; at: Date },
): Promise<void> {
  await tx.query(`update people.superseded_number set current_number = $2 where current_number = $1`, [
    old,
    current,
  ]);
  await tx.query(
    `insert into people.superseded_number (nhs_number, current_number, source, recorded)
     values ($1, $2, $3, $4)
     on conflict (nhs_number) do update
     set current_number = excluded.current_number, source = excluded.source, recorded = excluded.recorded`,
    [old, current, source, at],
  );
}

export async function dropReplacement(tx: Tx, old: string): Promise<void> {
  await tx.query(`delete from people.superseded_number where nhs_number = $1`, [old]);
}
