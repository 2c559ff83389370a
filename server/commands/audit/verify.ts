import { readFileSync } from 'node:fs';
import { Keys, type ListBundle, logLines, verifyList, verifyLog, type Witnessed } from '../../audit/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { Problem } from '../../platform/errors.ts';
import { dataDirOf, withDatabase } from '../database/index.ts';
import { trustOf, type TrustOptions } from './trust.ts';

/** Checks a list that was handed over. It asks no database and no server. Gives the exit code. */
export async function verifyBundle(values: TrustOptions & { bundle?: string | undefined }): Promise<number> {
  let bundle: ListBundle;
  try {
    bundle = JSON.parse(readFileSync(values.bundle!, 'utf8')) as ListBundle;
  } catch {
    throw new Problem('audit/no-bundle', 400, 'The file is not a list with its proof.', {
      place: values.bundle!,
    });
  }
  const finding = await verifyList(bundle, trustOf(values));
  if (!finding.holds) return fault(finding.fault);
  console.log(`The list is whole and unchanged: ${finding.events} events of one ${bundle.subject.kind}.`);
  if (finding.erased > 0) console.log(`The personal text of ${finding.erased} of them was erased.`);
  console.log(
    `Nothing is left out up to ${new Date(finding.closedAt).toISOString()} (log of ${finding.size} leaves).`,
  );
  return tellDoubts(finding.doubtfulTimes, finding.witnesses);
}

/** Checks the whole log of the database. Gives the exit code. */
export async function verifyStored(values: TrustOptions & { data?: string | undefined }): Promise<number> {
  const dataDir = dataDirOf(values);
  return withDatabase({ dataDir }, async (db) => {
    const own = await new Keys(db, dataDir, systemClock).texts();
    if (own.length === 0) {
      console.log('There is no audit log yet.');
      return 0;
    }
    if (values.key === undefined)
      console.log(
        'It is checked by the keys the database itself names. Give --key FILE to check by those you know.',
      );
    const finding = await verifyLog(logLines(db), trustOf(values, own));
    if (!finding.holds) return fault(finding.fault);
    console.log(
      `The log is whole and unchanged: ${finding.events} events, ${finding.closings} closings, ${finding.size} leaves.`,
    );
    return tellDoubts(finding.doubtfulTimes, finding.witnesses);
  });
}

function fault(text: string): number {
  console.error(`It does NOT hold. ${text}`);
  return 1;
}

function tellDoubts(doubtful: readonly number[], witnesses: readonly Witnessed[]): number {
  for (const { name, at } of witnesses) console.log(`Co-signed by ${name} at ${new Date(at).toISOString()}.`);
  if (witnesses.length === 0)
    console.log('No witness was asked for: two people could still be shown two histories.');
  if (doubtful.length === 0) return 0;
  console.error(`The time of these leaves does not fit where they stand: ${doubtful.join(', ')}`);
  return 1;
}
