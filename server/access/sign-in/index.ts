export type { RoleInWords } from './describe.ts';
export { readProviders, type ProviderSettings } from './providers/settings.ts';
export { registerSignIn, type SignIn, type SignInOptions } from './sign-in.ts';
export type { SignInEvent, SignInRecord } from './routes.ts';
export type { TokenRecording } from './smart/authorisation-server.ts';
export type { Recording } from './session/sessions.ts';
export type { Persona } from './demonstration/types.ts';
export type { HeldRole, Identity, Session } from './types.ts';
export {
  registerPrograms,
  type AppVisit,
  type Program,
  type ProgramParts,
  type Programs,
} from './smart/routes.ts';
export type { AppEvent } from './smart/app-requests.ts';
export { admitClient, dismissClient } from './smart/admit.ts';
export { clientsAt, findClient, type Client } from './smart/clients.ts';
export { countVisits, endVisits } from './session/store.ts';
export { exceptionInWords, isInForce, type ShortRsa } from './keys/strength.ts';
export { metadataFrom, type Registration } from './smart/registration.ts';
export type { FhirScope } from './smart/scopes.ts';
