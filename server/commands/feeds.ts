import path from 'node:path';
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Problem } from '../platform/errors.ts';
import { takeLock } from '../platform/process-lock.ts';
import { dataDirOf, databaseHelp, databaseOptions, withDatabase } from './database/index.ts';
import { declareMappingIn, listFeedsOf, listMappingsOf, listWaiting, replayWaiting } from './feeds/act.ts';
import { loadFeeds } from './feeds/load.ts';

export const summary = 'load what partners send, see each feed, replay what waits';

const usage = `./openics feeds list                 each feed: when it last came, how much, what waits
./openics feeds dead                 messages and rows that could not be stored, and why
./openics feeds replay ID | --all    judge them again
./openics feeds load DIR             load a folder of feeds, as ./openics generate makes it
./openics feeds mapping FILE         declare how a kind of file of rows is read (docs/reference/feed-mappings.md)
./openics feeds mappings             the mappings there are

${databaseHelp}

load takes HL7 v2 over a real MLLP connection, rows by their mapping and FHIR by the importer. It can be stopped at any time and
run again: it goes on where it was, and stores nothing twice. Ends with 2 when something waits for a person.`;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { ...databaseOptions, all: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  const [action = 'list', what] = positionals;
  if (values.help === true) {
    console.log(usage);
    return 0;
  }
  const dataDir = dataDirOf(values);
  switch (action) {
    case 'list':
      return withDatabase({ dataDir }, listFeedsOf);
    case 'dead':
      return withDatabase({ dataDir }, listWaiting);
    case 'replay':
      if (what === undefined && values.all !== true) throw which();
      return withDatabase({ dataDir }, (db) => replayWaiting(db, what));
    case 'mappings':
      return withDatabase({ dataDir }, listMappingsOf);
    case 'mapping':
      if (what === undefined) throw noMapping();
      return withDatabase({ dataDir }, (db) => declareMappingIn(db, path.resolve(what)));
    case 'load': {
      if (what === undefined) throw noFolder();
      const release = lockLoad(dataDir);
      try {
        return await loadFeeds(dataDir, path.resolve(what));
      } finally {
        release();
      }
    }
    default:
      console.error(`There is no "feeds ${action}".\n\n${usage}`);
      return 1;
  }
}

const which = (): Problem =>
  new Problem('feeds/which', 400, 'Say which one, by its ID, or --all.', {
    wayOut: 'The IDs stand in ./openics feeds dead',
  });

const noMapping = (): Problem =>
  new Problem('feeds/no-mapping-file', 400, 'Say which file: ./openics feeds mapping FILE');

const noFolder = (): Problem =>
  new Problem('feeds/no-folder', 400, 'Say which folder to load: ./openics feeds load DIR');

/** Two loads at a time would both read on from the same place. */
function lockLoad(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  const answer = takeLock(path.join(dataDir, 'feeds-load.lock'));
  if ('lock' in answer) return () => answer.lock.release();
  throw new Problem('feeds/already-loading', 409, 'Another load is running.', {
    place: `process ${answer.holder.pid}`,
    wayOut: 'Wait until it ends, or stop it.',
  });
}
