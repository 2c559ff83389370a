import * as choices from './choices.ts';
import * as organisation from './organisation.ts';
import * as people from './people.ts';
import * as secondary from './secondary.ts';
import * as sensitivity from './sensitivity.ts';
import * as who from './who.ts';
import { isGlassOpen } from './glass.ts';

/** Every question the policy may ask, by the name it is written with there. */
export const standardTests = {
  'signed-in-strongly': who.isSignedInStrongly,
  'role-in-force': who.isRoleInForce,
  'may-by-role': who.mayByRole,
  'safeguarding-role': who.isSafeguardingRole,
  'oversight-role': who.isOversightRole,
  'analysis-role': who.isAnalysisRole,
  'after-death-role': who.isAfterDeathRole,
  supervised: who.isSupervised,
  looking: who.isLooking,
  export: who.isExport,
  'not-plain-look': who.isNotPlainLook,
  'within-app': who.isWithinApp,
  'app-filtered': who.isAppFiltered,
  'own-or-agreed': organisation.isOwnOrAgreed,
  own: organisation.isOwn,
  shared: organisation.isShared,
  change: organisation.isChange,
  relationship: organisation.hasRelationship,
  'personal-relationship': organisation.hasPersonalRelationship,
  'self-claimed': organisation.isSelfClaimed,
  'minimum-view': organisation.hasMinimumView,
  'within-minimum-view': organisation.isWithinMinimumView,
  'objects-to-sharing': choices.objectsToSharing,
  'objects-even-in-emergency': choices.objectsEvenInEmergency,
  'blocks-organisation': choices.blocksOrganisation,
  'blocks-user': choices.blocksUser,
  sealed: choices.isSealed,
  locked: choices.isLocked,
  'has-seal': choices.hasSeal,
  'about-choices': choices.isAboutChoices,
  'agrees-to-project': choices.agreesToProject,
  'opted-out': choices.isOptedOut,
  'type-1-opted-out': choices.isType1OptedOut,
  'too-sensitive': sensitivity.isTooSensitive,
  'hidden-by-sensitivity': sensitivity.isHiddenBySensitivity,
  'hidden-from-person': sensitivity.isHiddenFromPerson,
  'hidden-from-proxies': sensitivity.isHiddenFromProxies,
  'protected-location': sensitivity.isProtectedLocation,
  'location-withheld': sensitivity.isLocationWithheld,
  'found-by-place': sensitivity.isFoundByPlace,
  'own-record': people.isOwnRecord,
  family: people.isFamily,
  colleague: people.isColleague,
  dead: people.isDead,
  'long-dead': people.isLongDead,
  'old-enough': people.isOldEnough,
  proxy: people.isProxy,
  'notice-delayed': people.isNoticeDelayed,
  anonymous: secondary.isAnonymous,
  pseudonymised: secondary.isPseudonymised,
  'identifiable-without-basis': secondary.isIdentifiableWithoutBasis,
  'glass-open': isGlassOpen,
} as const;

export type TestName = keyof typeof standardTests;
export type Tests = Readonly<Record<TestName, (typeof standardTests)[TestName]>>;
