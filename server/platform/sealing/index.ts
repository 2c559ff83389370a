export { createSealer, type Sealer } from './sealer.ts';
export { changeSealingKey, sealingHoldings, type SealingHolding } from './moving.ts';
export { sealingKey } from './store.ts';
