import type { Resource } from '../types.ts';

/** What an element may hold. `code` is a FHIR type name such as `Quantity`, `string` or `Patient`. */
export type ElementType = {
  code: string;
  /** Profiles the value itself must follow (for Extension: the extension's definition). */
  profiles?: string[];
  /** For Reference and canonical: structure URLs the target may be. */
  targetProfiles?: string[];
  aggregation?: string[];
};

export type Binding = {
  strength: 'required' | 'extensible' | 'preferred' | 'example';
  /** Canonical URL of the value set, perhaps with `|version`. */
  valueSet?: string;
  /** The widest value set allowed, for extensible and preferred bindings. */
  maxValueSet?: string;
};

export type Constraint = {
  key: string;
  severity: 'error' | 'warning';
  human: string;
  expression?: string;
  /** The structure that first stated it. */
  source?: string;
};

export type Slicing = {
  discriminators: { type: 'value' | 'pattern' | 'exists' | 'type' | 'profile'; path: string }[];
  rules: 'open' | 'closed' | 'openAtEnd';
  ordered: boolean;
};

/** A value stated by the definition, with its FHIR type: `fixedCode`, `patternCodeableConcept`, `maxValueDate`. */
export type StatedValue = { type: string; value: unknown };

/** One element of a snapshot. */
export type ElementInfo = {
  /** `Observation.component:systolic.value[x]` */
  id: string;
  /** `Observation.component.value[x]` */
  path: string;
  /** Last part of the path, `value[x]` for a choice. */
  name: string;
  sliceName?: string;
  min: number;
  /** `Infinity` for `*`. */
  max: number;
  /** True when JSON holds an array here (decided by the base definition, not by `max`). */
  isArray: boolean;
  types: ElementType[];
  /** Id of the element of the same structure that holds the content, as in `Bundle.link`. */
  contentReference?: string;
  binding?: Binding;
  constraints: Constraint[];
  slicing?: Slicing;
  fixed?: StatedValue;
  pattern?: StatedValue;
  minValue?: StatedValue;
  maxValue?: StatedValue;
  maxLength?: number;
  isSummary: boolean;
  isModifier: boolean;
  mustSupport: boolean;
  /** True for attributes in XML (`id`, `url`), false for child elements. */
  xmlAttribute: boolean;
};

/** A StructureDefinition with its snapshot. Elements stand in the order of the specification. */
export type Structure = {
  url: string;
  version?: string;
  name: string;
  title?: string;
  status?: string;
  kind: 'primitive-type' | 'complex-type' | 'resource' | 'logical';
  /** The type it describes: `Patient` for a profile on Patient. */
  type: string;
  abstract: boolean;
  base?: string;
  /** True for a profile, false for a base type. */
  isProfile: boolean;
  /** Where an extension may stand. */
  contexts: { type: 'element' | 'extension' | 'fhirpath'; expression: string }[];
  contextInvariants: string[];
  elements: ElementInfo[];
};

/** A SearchParameter; `expression` is the whole union as published, `bases` the types it serves. */
export type SearchParameter = {
  url: string;
  code: string;
  type: 'number' | 'date' | 'string' | 'token' | 'reference' | 'composite' | 'quantity' | 'uri' | 'special';
  bases: string[];
  expression?: string;
  targets: string[];
  components: { definition: string; expression: string }[];
  multipleOr: boolean;
  multipleAnd: boolean;
  modifiers: string[];
  comparators: string[];
  chains: string[];
  xpathUsage?: string;
  description?: string;
};

export type Concept = {
  system: string;
  code: string;
  display?: string;
  version?: string;
  inactive?: boolean;
};

/** Whether a code is in a value set: `undefined` when that cannot be known here. */
export type CodeCheck = (system: string | undefined, code: string) => boolean | undefined;

/** The codes of a value set, or why they cannot be listed here. `check` may still know some codes when the list is not whole. */
export type Expansion =
  | { enumerable: true; url: string; concepts: Concept[]; check: CodeCheck }
  | { enumerable: false; url: string; reason: string; known: boolean; check: CodeCheck };

export type CodeSystemConcept = {
  code: string;
  display?: string;
  parents: string[];
  abstract?: boolean;
  inactive?: boolean;
  properties: Map<string, string[]>;
};

export type CodeSystem = {
  url: string;
  version?: string;
  /** Only `complete` systems can say that a code does not exist. */
  content: 'not-present' | 'example' | 'fragment' | 'complete' | 'supplement';
  caseSensitive: boolean;
  /** The value set of all its codes. */
  valueSet?: string;
  /** For a supplement: the system it adds to. */
  supplements?: string;
  concepts: Map<string, CodeSystemConcept>;
};

/** Which search parameters tie a type to the compartment: `{ Observation: ['subject', 'performer'] }`. */
export type Compartment = { code: string; resources: Map<string, string[]> };

/** A package of definitions as read from disk or from the database. */
export type DefinitionPackage = { name: string; version: string; resources: Resource[] };

/**
 * One JSON key of a type. `type` is a FHIR type name, or the element path for content stated in place
 * (`Patient.contact`), so that it can be asked for again with `fields`.
 */
export type Field = {
  /** JSON key: `valueQuantity`. */
  key: string;
  /** Element name as FHIRPath has it: `value`. */
  name: string;
  type: string;
  isPrimitive: boolean;
  isArray: boolean;
  element: ElementInfo;
};

/** Everything the record knows about FHIR's shapes and codes. Read only; later packages add to or replace earlier ones. */
export type Definitions = {
  /** Concrete R4 resource types, alphabetical. */
  resourceTypes: readonly string[];
  isResourceType(name: string): boolean;
  /** Data types by name: `HumanName`, `code`. */
  dataTypes: readonly string[];
  /** Finds a structure by type name, URL or `URL|version`. Throws a Problem when its snapshot cannot be made. */
  structure(typeOrUrl: string): Structure | undefined;
  /** Makes the structure of a StructureDefinition that is not loaded. Throws a Problem when its snapshot cannot be made. */
  read(definition: Resource): Structure;
  /** Finds one element by dotted path through data types too: `Patient.name.family`, `Observation.component.valueQuantity.unit`. */
  element(path: string): ElementInfo | undefined;
  /** Direct children of a type or of a backbone path, in order; follows content references. */
  children(typeOrPath: string): ElementInfo[];
  /** JSON keys of a type name, or of an element path whose content is stated in place (`Patient.contact`). */
  fields(type: string): Map<string, Field>;
  /** Search parameters of a type, those of Resource and DomainResource included, by code. */
  searchParameters(type: string): SearchParameter[];
  searchParameter(url: string): SearchParameter | undefined;
  /** Lists a value set by URL or `URL|version`. */
  expand(valueSet: string): Expansion;
  codeSystem(url: string): CodeSystem | undefined;
  /** The raw resource (ValueSet, ConceptMap, StructureDefinition of a package...) by type and canonical URL. */
  canonical(type: string, url: string): Resource | undefined;
  /** Every place that the definition of a known extension names. */
  extensionContexts(): ReadonlySet<string>;
  /** Every profile and extension URL known. */
  structureUrls(): string[];
  /** Profiles that a loaded ImplementationGuide asks of every resource of a type. */
  globalProfiles(type: string): string[];
  patientCompartment: Compartment;
  /** Loaded packages beyond the base. */
  packages: readonly { name: string; version: string }[];
};

export type OpenOptions = { cacheDir?: string; packages?: DefinitionPackage[] };
