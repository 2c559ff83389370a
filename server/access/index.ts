export { decide as decideAccess, permits } from './decide/decide.ts';
export { reasonsToTell } from './decide/explain.ts';
export { decide, type Action, type Decision, type Question, type Subject } from './local.ts';
export { compile } from './policy/compile.ts';
export { agreementFrom, policyFrom, shippedPolicy } from './policy/read.ts';
export type { Agreement, Policy } from './policy/schema.ts';
export type { CompiledPolicy } from './compiled.ts';
export type {
  App,
  Choice,
  Context,
  Decision as AccessDecision,
  Effect,
  GlassUse,
  Grant,
  Item,
  Party,
  PersonFacts,
  PersonId,
  Post,
  Proxy,
  Reason,
  Recorded,
  Relationship,
  Resident,
  Seal,
  Subject as Asking,
  UserId,
  Worker,
} from './types.ts';
export * from './words.ts';
