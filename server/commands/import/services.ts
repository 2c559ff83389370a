import type { Db } from '../../platform/db/index.ts';
import type { Importer } from '../../record/import/index.ts';
import { createServices } from '../../services.ts';

/** Works with an importer over an open database, and ends all that goes on beside it before the database is closed. */
export async function withImporter<T>(db: Db, work: (importer: Importer) => Promise<T>): Promise<T> {
  const { importer, validator } = await createServices(db);
  try {
    return await work(importer);
  } finally {
    await validator.stop();
  }
}
