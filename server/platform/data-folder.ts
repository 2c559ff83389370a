import path from 'node:path';

/** The data folder when none is named: `.openics/data` in the checkout. */
export const defaultDataDir = path.resolve(import.meta.dirname, '../../.openics/data');
