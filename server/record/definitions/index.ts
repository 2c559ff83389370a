export { choiceKey } from './fields.ts';
export { openDefinitions } from './open.ts';
export { readPackage, type ReadPackage, type ReadPackageOptions } from './packages.ts';
export type * from './types.ts';
export { loadPackage, type LoadResult } from './load.ts';
export { listPackages, removePackage, storedPackages, type LoadedPackage } from './store.ts';
