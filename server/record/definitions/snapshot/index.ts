export { withSnapshot } from './with-snapshot.ts';
