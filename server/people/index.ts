export { everyPatientOf, personOfNumber, personsBehind, type PersonBehind } from './behind-patients.ts';
export { placesOf, reachOf } from './clusters.ts';
export { decideDifferent, decideSame, supersede, takeBack, unlink, unsupersede } from './decisions.ts';
export type { Decided, DecisionId, Supersession } from './decisions.ts';
export { findMatches, type FoundMatch, type Grade } from './find-matches.ts';
export {
  columnHelp,
  defaultModel,
  expectedByThreshold,
  lineChart,
  link,
  modelFromText,
  modelText,
  reportOf,
  saidColumns,
  splinkFrom,
  standAlonePage,
  writeClusters,
  writePairs,
  type Linkage,
  type LinkOptions,
} from './matching/index.ts';
export {
  adoptModel,
  adoptions,
  changesBetween,
  expectsTooMany,
  trainingPage,
  trainOnPeople,
  useAdoptedModel,
  warning as trainingWarning,
  type Adoption,
  type Change,
  type Trained,
} from './models/index.ts';
export { isNhsNumber, nhsNumberSystem } from './nhs-number.ts';
export { newPeopleRows } from './new-people.ts';
export { supersedeNumber, unsupersedeNumber, type NumberSupersession } from './numbers.ts';
export { observePatients } from './observe.ts';
export { observed } from './observed.ts';
export { protectedPersons } from './protected-persons.ts';
export { recheckPatients, recheckRegularly, type ReadPatients } from './recheck.ts';
export { registerIdentity } from './routes.ts';
export { currentLinks, linkHistory, linksOfPerson, patientsOfPersons, personOfEach } from './store/links.ts';
export { Memory as PatientMemory } from './store/memory.ts';
export { patientAtHome } from './store/members.ts';
export { somebodyBorn, type Somebody } from './somebody.ts';
export { patientsSaidBy, sourcesOfPatients } from './store/stated.ts';
export { sourceKinds, survivors } from './survivorship.ts';
export type { Demographics, SourceKind, Statement, Survivor } from './survivorship.ts';
export type { Link, LinkMethod, ObservedPatient, TieKind } from './types.ts';
