export { publish, type OutboxEvent } from './outbox.ts';
