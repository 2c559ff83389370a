import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import {
  adoptions,
  adoptModel,
  changesBetween,
  expectsTooMany,
  modelFromText,
  modelText,
  trainingPage,
  trainingWarning,
  trainOnPeople,
  useAdoptedModel,
} from '../../people/index.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import { dataDirOf, databaseHelp, databaseOptions, withDatabase } from '../database/index.ts';
import { openRecord, recordingDb } from '../on-record/index.ts';

const usage = `./openics link train --out model.json        learn from the people in the database
./openics link adopt model.json --by WHO --reason WHY
./openics link models                        what was adopted, when, by whom and why

Training reads the database and changes nothing. Beside model.json it writes model.html: what each agreement weighs now and as
learned. A model that is adopted decides for records that arrive from then on. What was decided keeps the model it was decided by.

  --out FILE        where to write the learned model
  --most N          learn from no more records than this, drawn at random (default 300000)
  --seed N          for what is drawn at random (default 1)
  --by WHO          who adopts it
  --reason WHY      why, for example which bench shows that it is not worse
${databaseHelp}`;

const options = {
  ...databaseOptions,
  out: { type: 'string' },
  most: { type: 'string', default: '300000' },
  seed: { type: 'string', default: '1' },
  by: { type: 'string' },
  reason: { type: 'string' },
  help: { type: 'boolean' },
} as const;

const parse = (args: string[]) => parseArgs({ args, allowPositionals: true, options });
type Values = ReturnType<typeof parse>['values'];

const wrong = (message: string, wayOut: string): Problem => new Problem('link/use', 400, message, { wayOut });

/** Trains, adopts or lists the models that arriving records are matched by. */
export async function runModel(args: string[]): Promise<number> {
  const { values, positionals } = parse(args);
  if (values.help === true) {
    console.log(usage);
    return 0;
  }
  const [action, file] = positionals;
  const work = action === 'train' ? train(values) : action === 'adopt' ? adopt(file, values) : list;
  await withDatabase({ dataDir: dataDirOf(values) }, work);
  return 0;
}

function train({ out, most, seed }: Values): (db: Db) => Promise<void> {
  if (out === undefined) throw wrong('Say where to write the model.', 'Add --out model.json');
  const settings = { seed: whole('seed', seed), most: whole('most', most) };
  return async (db) => {
    const record = await openRecord(db);
    await record.note({ kind: 'operate', resource: 'Patient', rule: 'model-trained' });
    await useAdoptedModel(db);
    const trained = await trainOnPeople(db, settings);
    const page = `${out.replace(/\.json$/i, '')}.html`;
    writeFileSync(out, modelText(trained.model));
    writeFileSync(page, trainingPage(trained));
    console.log(`Learned from ${number(trained.learnedFrom)} of ${number(trained.records)} records.`);
    for (const { comparison, level, before, after } of changesBetween(trained.from, trained.model).slice(
      0,
      10,
    ))
      console.log(`  ${comparison}: ${level}: ${before.toFixed(1)} bits now, ${after.toFixed(1)} learned`);
    if (expectsTooMany(trained)) console.log(trainingWarning);
    console.log(`All changes with a chart: ${page}. The model: ${out}, version ${trained.model.version}`);
  };
}

function adopt(file: string | undefined, { by, reason }: Values): (db: Db) => Promise<void> {
  if (file === undefined || !existsSync(file))
    throw wrong('There is no such model file.', 'Give the file that ./openics link train wrote.');
  if (by === undefined || by.trim() === '' || reason === undefined || reason.trim() === '')
    throw wrong('Say who adopts it, and why.', 'Add --by WHO --reason WHY');
  const model = modelFromText(readFileSync(file, 'utf8'));
  return async (db) => {
    const act = {
      kind: 'policy',
      resource: 'MatchingModel',
      rule: 'adopted',
      reason: reason.trim(),
    } as const;
    const changing = recordingDb(db, await openRecord(db, by.trim()), act);
    const adoption = await adoptModel(changing, model, {
      by: by.trim(),
      reason: reason.trim(),
      at: systemClock(),
    });
    console.log(
      `${path.basename(file)} is adopted as ${adoption.version}, in place of ${adoption.replaced}.`,
    );
    console.log('A server that runs decides by it within seconds.');
  };
}

async function list(db: Db): Promise<void> {
  console.log(`In use: ${await useAdoptedModel(db)}`);
  for (const { version, replaced, adopted, adoptedBy, reason } of await adoptions(db))
    console.log(`${adopted.toISOString()}  ${version}, in place of ${replaced}, by ${adoptedBy}: ${reason}`);
}

const number = (value: number): string => value.toLocaleString('en-GB');

function whole(name: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw wrong(`--${name} takes a whole number.`, `For example --${name} 1`);
}
