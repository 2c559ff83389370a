import type { Definitions } from '../definitions/index.ts';
import { capabilityStatement, type OperationEntry } from './capability.ts';
import type { FhirSettings, Operation, RecordSearch } from './services.ts';

type Facts = {
  definitions: Definitions;
  search: RecordSearch;
  settings: FhirSettings;
  operations: readonly Operation[];
  date: Date;
};

/** Makes the CapabilityStatement as text, once for each address clients use. */
export function capabilityTexts({
  definitions,
  search,
  settings,
  operations,
  date,
}: Facts): (baseUrl: string) => string {
  const texts = new Map<string, string>();
  return (baseUrl) => {
    let text = texts.get(baseUrl);
    if (text === undefined) {
      const statement = capabilityStatement({
        baseUrl,
        software: settings.software,
        date,
        types: definitions.resourceTypes.map((type) => ({ type, ...search.capabilities(type) })),
        common: search.commonParameters(),
        operations: operations
          .filter(({ definition }) => definition !== '')
          .map((one) => entryOf(one, definitions)),
        profiles: profilesByType(definitions),
      });
      text = JSON.stringify(statement);
      texts.set(baseUrl, text);
    }
    return text;
  };
}

function entryOf(operation: Operation, definitions: Definitions): OperationEntry {
  return {
    name: operation.name,
    definition: operation.definition,
    types: operation.types === 'all' ? definitions.resourceTypes : operation.types,
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
