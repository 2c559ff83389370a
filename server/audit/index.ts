export { createAuditTrail, type AuditNote, type AuditTrail } from './trail.ts';
