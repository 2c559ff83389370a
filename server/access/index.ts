export { decide, permits } from './decide/decide.ts';
export { reasonsToTell } from './decide/explain.ts';
export { glassEndsAt } from './decide/glass.ts';
export type { Access, Accesses } from './asking/accesses.ts';
export { openAsking, type Asking, type AskingParts } from './asking/asking.ts';
export { machineViewing } from './asking/machine.ts';
export type { PersonBehind, PersonsOf } from './asking/people.ts';
export { userIdOf, type PurposeAsked } from './asking/standing.ts';
export { askerId, putOnRecord } from './asking/on-record.ts';
export type { Asker, Changed, OnRecord, Piece, Put, Shown, Viewing } from './asking/types.ts';
export { nobodyViewing, type Standing } from './asking/viewing.ts';
export { ukDay } from './moments.ts';
export { compile } from './policy/compile.ts';
export { agreementFrom, policyFrom, shippedPolicy } from './policy/read.ts';
export type { Agreement, Policy } from './policy/schema.ts';
export type { CompiledPolicy } from './compiled.ts';
export { Follower, followRecord, type Followed } from './relationships/follow.ts';
export type { Directory, Evidence, Reference } from './relationships/from-resource.ts';
export { untoldFrom } from './notices/index.ts';
export { registerGlass } from './glass/routes.ts';
export { registerPrivacy } from './privacy/routes.ts';
export type { PrivacyServices } from './privacy/services.ts';
export { registerPolicy } from './reports/policy-routes.ts';
export { registerWhy } from './reports/why.ts';
export { registerWhyOfPerson } from './reports/why-of-person.ts';
export { registerOfProcessing, sensitivityTable, unconfirmed } from './reports/processing.ts';
export {
  openSecondWall,
  openWriter,
  runRights,
  runRole,
  writerRights,
  writerRole,
  type AccountParts,
  type SecondWallParts,
} from './second-wall/index.ts';
export { openDesk, type Desk, type Known } from './store/desk.ts';
export { endFact, state, withdrawFact, type FactKind, type Saying, type Stated } from './store/facts.ts';
export { changePost, givePost, namePost, postsSaid, type KeptPost } from './store/posts.ts';
export type { KeptFacts } from './store/read.ts';
export { registerStrangers } from './strangers/routes.ts';
export type { StrangerServices } from './strangers/services.ts';
export { rulesInForce } from './store/in-force.ts';
export { actsFor, factsTold, type Telling, type Told } from './store/stated.ts';
export { addPolicy, putAgreement, rulesNow } from './store/rules.ts';
export type {
  Action,
  App,
  Choice,
  Context,
  Decision,
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
  Subject,
  UserId,
  Worker,
} from './types.ts';
export * from './words.ts';
