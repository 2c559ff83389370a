import { hash } from 'node:crypto';
import type { Queryable } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import { learn, seeded, TableBuilder, type Model, type Training } from '../matching/index.ts';
import { model } from '../candidates.ts';
import { countLinkedPairs, countRecords, normalForms } from './store.ts';

/** What training on the people of a database gave. */
export type Trained = {
  /** What was in use, and what it would become. */
  from: Model;
  model: Model;
  /** Records in the database, and those it learned from. */
  records: number;
  learnedFrom: number;
  /** Pairs of records that are linked to one person now, and those the learned model expects among all records. */
  linkedPairs: number;
  expectedPairs: number;
  training: Training;
};

/** Fewer records tell too little of how often people's particulars agree. */
const fewest = 1_000;

/**
 * Learns from the people of a database how often particulars agree, without being told who is who. The database is read, not changed.
 * Of more records than `most` so many are drawn at random. The same records and seed give the same model.
 */
export async function trainOnPeople(
  db: Queryable,
  { seed, most }: { seed: number; most: number },
): Promise<Trained> {
  const records = await countRecords(db);
  if (records < fewest) {
    throw new Problem(
      'identity/too-few-to-learn',
      409,
      `There are ${records} records: too few to learn from.`,
      {
        wayOut: `Load at least ${fewest}, or keep the model in use.`,
      },
    );
  }
  const random = seeded(seed);
  const share = most / records;
  const table = new TableBuilder();
  let learnedFrom = 0;
  for await (const some of normalForms(db)) {
    for (const record of some) {
      if (share < 1 && random() >= share) continue;
      table.add(String(learnedFrom++), record, 0);
    }
  }
  const from = model;
  const training = await learn(table.table(), from, seed);
  const learned = { ...training.model, version: '' };
  const digest = hash('sha256', JSON.stringify(learned)).slice(0, 10);
  return {
    from,
    model: { ...learned, version: `${baseOf(from.version)}+${digest}` },
    records,
    learnedFrom,
    linkedPairs: await countLinkedPairs(db),
    // A draw of a share of the records has the square of that share of their pairs.
    expectedPairs: training.expectedMatches / Math.min(1, share) ** 2,
    training,
  };
}

/**
 * True where a model expects many more pairs of one person than are linked. It then takes what a household shares for signs of one
 * person, and must not be adopted.
 */
export const expectsTooMany = ({ linkedPairs, expectedPairs }: Trained): boolean =>
  expectedPairs > 1.5 * Math.max(1, linkedPairs);

/** A model learned from a learned one is named after the one that was made by hand. */
const baseOf = (version: string): string => version.split('+', 1)[0]!;
