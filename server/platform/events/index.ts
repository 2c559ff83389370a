export { outboxRows, type OutboxEvent } from './outbox.ts';
