import type { Definitions, SearchParameter } from '../definitions/index.ts';
import { isAnswered, type Search } from '../search/index.ts';
import { capabilityStatement, type OperationEntry, type TypeSearch } from './capability.ts';
import type { FhirSettings, Operation } from './services.ts';

type Facts = {
  definitions: Definitions;
  /** The types that are served. */
  served: readonly string[];
  search: Search;
  settings: FhirSettings;
  operations: readonly Operation[];
  date: Date;
};

/** Makes the CapabilityStatement as text, once for each address clients use. */
export function capabilityTexts(facts: Facts): (baseUrl: string) => string {
  const { definitions, served, settings, operations, date } = facts;
  const texts = new Map<string, string>();
  return (baseUrl) => {
    let text = texts.get(baseUrl);
    if (text === undefined) {
      const statement = capabilityStatement({
        baseUrl,
        software: settings.software,
        date,
        ...searches(facts),
        operations: operations
          .filter(({ definition }) => definition !== '')
          .map((operation) => entryOf(operation, served)),
        profiles: profilesByType(definitions),
      });
      text = JSON.stringify(statement);
      texts.set(baseUrl, text);
    }
    return text;
  };
}

/** Parameters that search answers for every type by itself. */
const special = new Set(['_id', '_lastUpdated', '_text', '_content', '_list']);

function searches({ definitions, served, search }: Facts): {
  types: TypeSearch[];
  common: SearchParameter[];
} {
  const answered = (type: string): SearchParameter[] =>
    definitions.searchParameters(type).filter(({ code }) => isServed(search, type, code));
  const includes = new Map(served.map((type) => [type, includesOf(search, type)]));
  return {
    common: answered('Basic').filter(isCommon),
    types: served.map((type) => ({
      type,
      parameters: answered(type).filter((parameter) => !isCommon(parameter)),
      includes: (includes.get(type) ?? []).map(({ name }) => name),
      revIncludes: [...includes.values()]
        .flat()
        .filter(({ targets }) => targets.includes(type))
        .map(({ name }) => name),
    })),
  };
}

const isCommon = ({ bases }: SearchParameter): boolean =>
  bases.includes('Resource') || bases.includes('DomainResource');

function isServed(search: Search, type: string, code: string): boolean {
  if (special.has(code)) return true;
  const param = search.params(type).byCode.get(code);
  return param !== undefined && isAnswered(param);
}

function includesOf(search: Search, type: string): { name: string; targets: readonly string[] }[] {
  return search
    .params(type)
    .all.filter(({ kind }) => kind === 'reference')
    .map(({ code, targets }) => ({ name: `${type}:${code}`, targets }));
}

function entryOf(operation: Operation, served: readonly string[]): OperationEntry {
  return {
    name: operation.name,
    definition: operation.definition,
    types: operation.types === 'all' ? served : operation.types,
    system: operation.levels.includes('system'),
  };
}

/** The profiles of loaded packages, by the type they constrain. */
function profilesByType(definitions: Definitions): Map<string, string[]> {
  const byType = new Map<string, string[]>();
  if (definitions.packages.length === 0) return byType;
  for (const url of definitions.structureUrls()) {
    if (url.startsWith('http://hl7.org/fhir/')) continue;
    const structure = definitions.structure(url);
    if (structure === undefined || structure.kind !== 'resource') continue;
    byType.set(structure.type, [...(byType.get(structure.type) ?? []), url]);
  }
  return byType;
}
