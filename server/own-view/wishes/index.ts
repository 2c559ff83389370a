export { ownViewSource } from './flag.ts';
export { registerWishes } from './routes.ts';
export { wishesOf, type Wish } from './store.ts';
