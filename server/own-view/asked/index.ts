export { askedStore, type Asked } from './store.ts';
