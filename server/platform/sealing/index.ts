export { createSealer, type Sealer } from './sealer.ts';
export { sealingKey } from './store.ts';
