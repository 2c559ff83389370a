import type { Db } from '../../platform/db/index.ts';
import type { Importer } from '../../record/import/index.ts';
import { createServices } from '../../services.ts';

/** The importer over an open database. */
export const openImporter = async (db: Db): Promise<Importer> => (await createServices(db)).importer;
