import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Problem } from '../platform/errors.ts';
import { systemClock } from '../platform/clock.ts';
import { takeLock } from '../platform/process-lock.ts';
import { reportLines, sourceUri, totals, type Job } from '../record/import/index.ts';
import { dataDirOf, databaseHelp, databaseOptions, settle, withDatabase } from './database/index.ts';
import { withImporter } from './import/services.ts';
import { stoppable } from './import/stoppable.ts';
import { bulkRecord, openRecord } from './on-record/index.ts';

export const summary = 'store FHIR files: bundles, resources, NDJSON; JSON or XML; .gz, .zip, folders';

const usage = `./openics import PATH... [options]

  --source S        who says it: a URI, or a name such as "Barts Health"
  --again           read files again that are in already
${databaseHelp}

Stores every sound resource of the files and folders, and keeps the others in quarantine. It can be
stopped at any time and run again: it goes on where it was, and stores nothing twice.

Ends with 0 when all is stored, 2 when something is in quarantine, 1 when it could not finish.`;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...databaseOptions,
      source: { type: 'string' },
      again: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) {
    console.log(usage);
    return 0;
  }
  if (positionals.length === 0) {
    console.error('Say which files or folders to import.\n');
    console.error(usage);
    return 1;
  }
  const dataDir = dataDirOf(values);
  const paths = positionals.map((each) => path.resolve(each));
  const release = lockImport(dataDir, paths, sourceUri(values.source));
  return stoppable(async ({ progress, signal }) => {
    const job = await withDatabase({ dataDir, log: (text) => progress.note(text) }, async (db, owner) => {
      const done = await withImporter(db, async (importer) =>
        importer.run({
          paths,
          source: values.source,
          agent: 'openics import',
          again: values.again ?? false,
          signal,
          record: bulkRecord(await openRecord(db), db)?.groupsOf(sourceUri(values.source)),
          progress,
        }),
      );
      await settle(db, owner, systemClock, totals(done.counts).stored);
      return done;
    });
    progress.end();
    return report(job);
  }).finally(release);
}

function report(job: Job): number {
  for (const line of reportLines(job)) console.log(line);
  if (job.state === 'running') {
    console.log('Stopped. Run the same command again to go on.');
    return 1;
  }
  return totals(job.counts).quarantined > 0 ? 2 : 0;
}

/** The same import must not run twice at a time: both would read on from the same place. */
function lockImport(dataDir: string, paths: string[], source: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  const name = createHash('sha256')
    .update(JSON.stringify([source, paths]))
    .digest('hex')
    .slice(0, 16);
  const answer = takeLock(path.join(dataDir, `import-${name}.lock`));
  if ('lock' in answer) return () => answer.lock.release();
  throw new Problem('import/already-running', 409, 'The same import is already running.', {
    place: `process ${answer.holder.pid}`,
    wayOut: 'Wait until it ends, or stop it.',
  });
}
