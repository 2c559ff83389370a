export { PartyLease } from './lease.ts';
