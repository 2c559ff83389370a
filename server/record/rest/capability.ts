import type { SearchParameter } from '../definitions/index.ts';
import type { Resource } from '../types.ts';
import { shapes, type InteractionName } from './interactions.ts';

/** One operation as the statement names it. */
export type OperationEntry = {
  /** Without the dollar sign. */
  name: string;
  definition: string;
  /** Types it stands on; empty for the system level only. */
  types: readonly string[];
  system: boolean;
};

export type TypeSearch = {
  type: string;
  parameters: readonly Pick<SearchParameter, 'code' | 'url' | 'type'>[];
  includes: readonly string[];
  revIncludes: readonly string[];
};

export type CapabilityFacts = {
  baseUrl: string;
  software: { name: string; version: string };
  /** When what is described last changed: the start of the server or the loading of a profile. */
  date: Date;
  types: readonly TypeSearch[];
  /** Parameters every type answers, such as `_lastUpdated` and `_has`. */
  common: readonly Pick<SearchParameter, 'code' | 'url' | 'type'>[];
  operations: readonly OperationEntry[];
  /** Canonical URLs of loaded profiles by the type they constrain. */
  profiles: ReadonlyMap<string, readonly string[]>;
};

/** FHIR's code for what we call an interaction, at the level it is stated. Searches and patches are one each. */
const typeCodes: Partial<Record<InteractionName, string>> = {
  read: 'read',
  vread: 'vread',
  update: 'update',
  patch: 'patch',
  delete: 'delete',
  create: 'create',
  search: 'search-type',
  'instance-history': 'history-instance',
  'type-history': 'history-type',
};

/** What this server can do, told from the routes, parameters, operations and profiles that are there. */
export function capabilityStatement(facts: CapabilityFacts): Resource {
  const served = new Set(shapes.flatMap((shape) => Object.values(shape.methods)));
  const interaction = Object.entries(typeCodes)
    .filter(([name]) => served.has(name as InteractionName))
    .map(([, code]) => ({ code }));
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: facts.date.toISOString(),
    publisher: facts.software.name,
    kind: 'instance',
    software: facts.software,
    implementation: { description: 'The joined record of one Integrated Care System', url: facts.baseUrl },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'application/fhir+xml'],
    patchFormat: ['application/json-patch+json', 'application/fhir+json', 'application/fhir+xml'],
    rest: [
      {
        mode: 'server',
        documentation:
          'Search parameters that are not known are named in the answer, or refused under Prefer: handling=strict. ' +
          'Conditional deletes act on a single match. A conditional reference is resolved in a transaction only.',
        resource: facts.types.map((type) => typeElement(type, interaction, facts)),
        interaction: [
          ...(served.has('bundle') ? [{ code: 'transaction' }, { code: 'batch' }] : []),
          ...(served.has('system-history') ? [{ code: 'history-system' }] : []),
          ...(served.has('system-search') ? [{ code: 'search-system' }] : []),
        ],
        searchParam: facts.common.map(parameterElement),
        operation: facts.operations.filter((operation) => operation.system).map(operationElement),
        compartment: ['http://hl7.org/fhir/CompartmentDefinition/patient'],
      },
    ],
  };
}

function typeElement(type: TypeSearch, interaction: { code: string }[], facts: CapabilityFacts): unknown {
  const operations = facts.operations.filter((operation) => operation.types.includes(type.type));
  const profiles = facts.profiles.get(type.type) ?? [];
  return {
    type: type.type,
    profile: `http://hl7.org/fhir/StructureDefinition/${type.type}`,
    ...(profiles.length > 0 && { supportedProfile: profiles }),
    interaction,
    versioning: 'versioned',
    readHistory: true,
    updateCreate: true,
    conditionalCreate: true,
    conditionalRead: 'full-support',
    conditionalUpdate: true,
    conditionalDelete: 'single',
    referencePolicy: ['literal', 'logical', 'local'],
    ...(type.includes.length > 0 && { searchInclude: type.includes }),
    ...(type.revIncludes.length > 0 && { searchRevInclude: type.revIncludes }),
    ...(type.parameters.length > 0 && { searchParam: type.parameters.map(parameterElement) }),
    ...(operations.length > 0 && { operation: operations.map(operationElement) }),
  };
}

const parameterElement = (parameter: Pick<SearchParameter, 'code' | 'url' | 'type'>) => ({
  name: parameter.code,
  ...(parameter.url !== '' && { definition: parameter.url }),
  type: parameter.type,
});

const operationElement = (operation: OperationEntry) => ({
  name: operation.name,
  definition: operation.definition,
});
