import type { Resource } from '../types.ts';
import { contextExpressions, openCache } from './cache.ts';
import { toCodeSystem } from './code-system.ts';
import { childrenOf, elementAt } from './elements.ts';
import { fieldsOf } from './fields.ts';
import { expandValueSet } from './expand.ts';
import { createLibrary, type Library } from './library.ts';
import { toSearchParameter } from './search-parameter.ts';
import { withSnapshot } from './snapshot/index.ts';
import { toStructure } from './structure.ts';
import type {
  CodeSystem,
  Compartment,
  Definitions,
  Expansion,
  OpenOptions,
  SearchParameter,
  Structure,
} from './types.ts';

const structureBase = 'http://hl7.org/fhir/StructureDefinition/';
const valueSetBase = 'http://hl7.org/fhir/ValueSet/';

/** Opens the FHIR R4 definitions, with loaded packages on top. The first open on a machine builds a cache and takes seconds. */
export function openDefinitions(options: OpenOptions = {}): Definitions {
  const cache = openCache(options.cacheDir);
  const packages = options.packages ?? [];
  const library = createLibrary(cache, packages);
  const base = cache.entries.filter(
    (entry) => entry.type === 'StructureDefinition' && entry.hints[2] !== 'constraint',
  );
  const resourceTypes = base
    .filter((entry) => entry.hints[1] === 'resource' && entry.hints[3] === 'false')
    .map((entry) => entry.hints[0]!);
  const dataTypes = base.filter((entry) => entry.hints[1]!.endsWith('-type')).map((entry) => entry.hints[0]!);
  resourceTypes.sort();
  dataTypes.sort();
  const isResource = new Set(resourceTypes);

  const structures = memo((url: string): Structure | undefined => {
    const raw = library.find('StructureDefinition', url.includes(':') ? url : structureBase + url);
    return raw && toStructure(withSnapshot(raw, (wanted) => library.find('StructureDefinition', wanted)));
  });
  const codeSystems = memo((url: string): CodeSystem | undefined => {
    const raw = library.find('CodeSystem', url);
    return raw && toCodeSystem(raw);
  });
  const parameters = memo((type: string): SearchParameter[] => {
    const bases = new Set([type, 'Resource', 'DomainResource']);
    const found = new Map<string, SearchParameter>();
    for (const raw of library.every('SearchParameter', (hints) =>
      hints.slice(1).some((one) => bases.has(one)),
    )) {
      const parameter = toSearchParameter(raw);
      if (parameter.bases.some((one) => bases.has(one))) found.set(parameter.code, parameter);
    }
    return [...found.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
  });

  const extensions = cache.entries.filter((entry) => entry.type === 'StructureDefinition');
  const contexts = new Set(extensions.flatMap((entry) => entry.hints.slice(4)));
  for (const resource of packages.flatMap((one) => one.resources)) {
    for (const expression of contextExpressions(resource)) contexts.add(expression);
  }

  const expanding = new Set<string>();
  const expansions = new Map<string, Expansion>();
  function expand(valueSet: string): Expansion {
    const known = expansions.get(valueSet);
    if (known) return known;
    if (expanding.has(valueSet)) return unknown(valueSet, 'the value set includes itself', true);
    const raw = library.find('ValueSet', valueSet) ?? systemValueSet(valueSet, library.find);
    expanding.add(valueSet);
    const expansion = raw
      ? expandValueSet(raw, { codeSystem: codeSystems, expand })
      : unknown(valueSet, 'the value set is not here', false);
    expanding.delete(valueSet);
    expansions.set(valueSet, expansion);
    return expansion;
  }

  const definitions: Definitions = {
    resourceTypes,
    isResourceType: (name) => isResource.has(name),
    dataTypes,
    structure: structures,
    read: (raw) => toStructure(withSnapshot(raw, (wanted) => library.find('StructureDefinition', wanted))),
    element: memo((path: string) => elementAt(definitions, path)),
    children: memo((path: string) => childrenOf(definitions, path)),
    fields: memo((type: string) => fieldsOf(definitions, type)),
    searchParameters: parameters,
    searchParameter: memo((url: string) => {
      const raw = library.find('SearchParameter', url);
      return raw && toSearchParameter(raw);
    }),
    expand,
    codeSystem: codeSystems,
    canonical: library.find,
    structureUrls: () => library.urls('StructureDefinition'),
    extensionContexts: () => contexts,
    globalProfiles: memo((type: string) => globalProfiles(library, type)),
    patientCompartment: toCompartment(
      library.find('CompartmentDefinition', 'http://hl7.org/fhir/CompartmentDefinition/patient'),
    ),
    packages: packages.map(({ name, version }) => ({ name, version })),
  };
  return definitions;
}

function unknown(url: string, reason: string, known: boolean): Expansion {
  return { enumerable: false, url, reason, known, check: () => undefined };
}

/** A binding may name `ValueSet/x` without a value set being published when a whole code system is meant. */
function systemValueSet(
  url: string,
  find: (type: string, url: string) => Resource | undefined,
): Resource | undefined {
  if (!url.startsWith(valueSetBase)) return undefined;
  const name = url.slice(valueSetBase.length).split('|')[0]!;
  const system = find('CodeSystem', `http://hl7.org/fhir/${name}`);
  return system && { resourceType: 'ValueSet', url, compose: { include: [{ system: system['url'] }] } };
}

function globalProfiles(library: Library, type: string): string[] {
  const stated = [...library.every('ImplementationGuide')].flatMap(
    (guide) => (guide['global'] as { type: string; profile: string }[] | undefined) ?? [],
  );
  return stated.filter((one) => one.type === type).map((one) => one.profile);
}

function toCompartment(raw: Resource | undefined): Compartment {
  const list = (raw?.['resource'] as { code: string; param?: string[] }[] | undefined) ?? [];
  const inside = list.filter((one) => one.param && one.param.length > 0);
  return {
    code: String(raw?.['code'] ?? 'Patient'),
    resources: new Map(inside.map((one) => [one.code, one.param ?? []])),
  };
}

function memo<Value>(make: (key: string) => Value): (key: string) => Value {
  const made = new Map<string, Value>();
  return (key) => {
    if (made.has(key)) return made.get(key) as Value;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
