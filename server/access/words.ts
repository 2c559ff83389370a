/** The words policy, facts and decisions are written in. A policy that uses others is refused. */

/** What information is about, coarse enough for an agreement that people sign. */
export const dataClasses = [
  'identity',
  'location',
  'involvement',
  'appointments',
  'referrals',
  'medication',
  'allergies',
  'conditions',
  'results',
  'immunisations',
  'documents',
  'plans',
  'safety',
  'social-care',
  'education',
  'housing',
  'choices',
  'access-list',
  'directory',
] as const;
export type DataClass = (typeof dataClasses)[number];

/** What makes information sensitive beyond health information in general. */
export const labels = [
  'sexual-health',
  'hiv',
  'gender-identity',
  'termination',
  'substance-use',
  'mental-health',
  'safeguarding',
  'child',
  'restricted-location',
  'former-identity',
  'in-confidence',
  'third-party',
  'withheld-from-person',
] as const;
export type Label = (typeof labels)[number];

/** Codes of PurposeOfUse in the code system v3-ActReason of HL7. */
export const purposes = [
  'TREAT',
  'ETREAT',
  'BTG',
  'CAREMGT',
  'COC',
  'PATADMIN',
  'THREAT',
  'HCOMPL',
  'HDECD',
  'PATRQT',
  'FAMRQT',
  'PWATRNY',
  'HOPERAT',
  'HQUALIMP',
  'PERFMSR',
  'POPHLTH',
  'PUBHLTH',
  'HPAYMT',
  'HRESCH',
  'HSYSADMIN',
] as const;
export type Purpose = (typeof purposes)[number];

export const relationshipKinds = [
  'registered',
  'referral',
  'admission',
  'attendance',
  'care-team',
  'caseload',
  'meeting-item',
  'self-claimed',
  'safeguarding-enquiry',
  'after-death',
] as const;
export type RelationshipKind = (typeof relationshipKinds)[number];

export const choiceKinds = [
  'objects-to-sharing',
  'objects-even-in-emergency',
  'blocks-organisation',
  'blocks-user',
  'national-data-opt-out',
  'type-1-opt-out',
  'agrees-to-project',
] as const;
export type ChoiceKind = (typeof choiceKinds)[number];

/** Decisions a professional took about a person and wrote down with a reason. */
export const recordedKinds = ['competent', 'young-person-agrees', 'lacks-capacity', 'delay-notice'] as const;
export type RecordedKind = (typeof recordedKinds)[number];

export const proxyKinds = [
  'parent',
  'consented',
  'attorney',
  'deputy',
  'personal-representative',
  'claimant',
] as const;
export type ProxyKind = (typeof proxyKinds)[number];

/** How surely somebody signed in: staff by AAL, people by NHS login level, programs by a signed token. */
export const signInLevels = ['none', 'AAL1', 'AAL2', 'AAL3', 'P0', 'P5', 'P9', 'signed-token'] as const;
export type SignInLevel = (typeof signInLevels)[number];

export const confidentialityBases = [
  'implied-consent',
  'explicit-consent',
  's251',
  'legal-duty',
  'not-confidential',
] as const;
export type ConfidentialityBasis = (typeof confidentialityBases)[number];

/** What whoever asked must do besides, when a decision permits. */
export const obligations = [
  'ask-for-reason',
  'tell-privacy-officer',
  'tell-person',
  'tell-person-later',
  'review',
  'minimum-view',
  'withhold-location',
  'supervised',
  'pseudonymise',
  'suppress-small-numbers',
  'check-third-parties',
  'apply-app-filter',
] as const;
export type Obligation = (typeof obligations)[number];
