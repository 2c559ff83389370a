import { loadFolder } from '../../feeds/index.ts';
import { createServices } from '../../services.ts';
import { settle, withDatabase } from '../database/index.ts';
import { stoppable } from '../import/stoppable.ts';
import { bulkRecord, openRecord } from '../on-record/index.ts';

const count = new Intl.NumberFormat('en-GB');

/** Loads a folder of feeds and prints what became of each. Gives the exit code. */
export async function loadFeeds(dataDir: string, folder: string): Promise<number> {
  return stoppable(async ({ progress, signal }) => {
    const outcomes = await withDatabase(
      { dataDir, log: (text) => progress.note(text) },
      async (db, owner) => {
        const services = await createServices(db);
        try {
          const done = await loadFolder(services, {
            folder,
            progress,
            signal,
            record: bulkRecord(await openRecord(db), db),
          });
          await settle(
            db,
            owner,
            services.clock,
            done.reduce((sum, { stored }) => sum + stored, 0),
          );
          return done;
        } finally {
          await services.validator.stop();
        }
      },
    );
    progress.end();
    for (const { partner, kind, files, stored, held, refused } of outcomes) {
      console.log(
        `${partner.padEnd(28)} ${kind.padEnd(12)} ${count.format(files).padStart(6)} files ${count.format(stored).padStart(10)} stored ${count.format(held).padStart(8)} wait`,
      );
      for (const { file, reason, place } of refused)
        console.log(`  refused: ${file}: ${reason} ${place ?? ''}`);
    }
    if (signal.aborted) {
      console.log('Stopped. Run the same command again to go on.');
      return 1;
    }
    return outcomes.some(({ held, refused }) => held > 0 || refused.length > 0) ? 2 : 0;
  });
}
