import type { Resource } from '../types.ts';
import { isA } from './code-system.ts';
import { openSystems } from './open-systems.ts';
import type { CodeCheck, CodeSystem, CodeSystemConcept, Concept, Expansion } from './types.ts';

type Filter = { property: string; op: string; value: string };
type Part = {
  system?: string;
  version?: string;
  concept?: { code: string; display?: string }[];
  filter?: Filter[];
  valueSet?: string[];
};
type RawExpansion = { contains?: Contains[] };
type Contains = {
  system?: string;
  code?: string;
  display?: string;
  inactive?: boolean;
  abstract?: boolean;
  contains?: Contains[];
};

export type ExpandSources = {
  codeSystem(url: string): CodeSystem | undefined;
  expand(valueSet: string): Expansion;
};

/** Lists the codes of a ValueSet resource, or says why that cannot be done here. */
export function expandValueSet(raw: Resource, sources: ExpandSources): Expansion {
  const url = String(raw['url'] ?? '');
  const compose = raw['compose'] as { include?: Part[]; exclude?: Part[] } | undefined;
  const listed = (raw['expansion'] as RawExpansion | undefined)?.contains;
  if (!compose?.include?.length)
    return listed ? enumerated(url, flatten(listed)) : notListed(url, 'the value set states no content');
  const included = compose.include.map((part) => expandPart(url, part, sources));
  const excluded = (compose.exclude ?? []).map((part) => expandPart(url, part, sources));
  const all = [...included, ...excluded];
  const blocked = all.find((part) => !part.enumerable);
  const check = without(anyOf(included), anyOf(excluded));
  if (blocked && !blocked.enumerable) {
    if (listed && listed.length > 0) return enumerated(url, flatten(listed));
    return { enumerable: false, url, reason: blocked.reason, known: true, check };
  }
  const concepts = included.flatMap((part) => (part.enumerable ? part.concepts : []));
  const kept = concepts.filter(
    (concept) => !excluded.some((part) => part.check(concept.system, concept.code)),
  );
  return { enumerable: true, url, concepts: kept, check: listCheck(kept) };
}

function expandPart(url: string, part: Part, sources: ExpandSources): Expansion {
  const imported = (part.valueSet ?? []).map((one) => sources.expand(one));
  const own = part.system === undefined ? undefined : expandSystem(url, part.system, part, sources);
  const parts = own ? [own, ...imported] : imported;
  if (parts.length === 1) return parts[0]!;
  const check = allOf(parts);
  const blocked = parts.find((one) => !one.enumerable);
  const list = parts.find((one) => one.enumerable);
  if (blocked && !blocked.enumerable) return { ...blocked, url, check };
  if (!list?.enumerable) return notListed(url, 'the value set states no content');
  return enumerated(
    url,
    list.concepts.filter((concept) => check(concept.system, concept.code) === true),
  );
}

function expandSystem(url: string, system: string, part: Part, sources: ExpandSources): Expansion {
  if (part.concept)
    return enumerated(
      url,
      part.concept.map((one) => ({ system, code: one.code, display: one.display })),
    );
  const known = sources.codeSystem(system);
  const open = openSystems[system];
  if (open && !part.filter?.length) {
    return {
      ...notListed(url, `${system} is defined by a grammar or register`),
      check: inSystem(system, open),
    };
  }
  if (!known || known.content === 'not-present' || known.content === 'supplement') {
    return notListed(url, `the codes of ${system} are not here`, system);
  }
  return fromCodeSystem(url, known, part.filter ?? []);
}

function fromCodeSystem(url: string, system: CodeSystem, filters: Filter[]): Expansion {
  const tests = filters.map((filter) => filterTest(system, filter));
  const unsupported = filters.find((_, at) => tests[at] === undefined);
  if (unsupported)
    return notListed(
      url,
      `filter ${unsupported.property} ${unsupported.op} cannot be applied here`,
      system.url,
    );
  const matches = (concept: CodeSystemConcept) => tests.every((test) => test?.(concept));
  const concepts = [...system.concepts.values()].filter(matches).map((one) => toConcept(system.url, one));
  if (system.content === 'complete') {
    return {
      enumerable: true,
      url,
      concepts,
      check: system.caseSensitive ? listCheck(concepts) : anyCaseCheck(concepts),
    };
  }
  const check = listCheck(concepts);
  return {
    ...notListed(url, `${system.url} is here only in part`),
    check: inSystem(system.url, (code) => check(system.url, code) || undefined),
  };
}

function filterTest(
  system: CodeSystem,
  { property, op, value }: Filter,
): ((concept: CodeSystemConcept) => boolean) | undefined {
  const onCode = property === 'concept' || property === 'code';
  const values = (concept: CodeSystemConcept): string[] =>
    property === 'parent'
      ? concept.parents
      : property === 'display'
        ? [concept.display ?? '']
        : (concept.properties.get(property) ?? []);
  switch (op) {
    case 'is-a':
      return (concept) => isA(system, concept.code, value);
    case 'descendent-of':
      return (concept) => concept.code !== value && isA(system, concept.code, value);
    case 'is-not-a':
      return (concept) => !isA(system, concept.code, value);
    case '=':
      return onCode ? (concept) => concept.code === value : (concept) => values(concept).includes(value);
    case 'in':
      return (concept) =>
        value
          .split(',')
          .some((one) => (onCode ? concept.code === one.trim() : values(concept).includes(one.trim())));
    case 'not-in':
      return (concept) =>
        !value
          .split(',')
          .some((one) => (onCode ? concept.code === one.trim() : values(concept).includes(one.trim())));
    case 'exists':
      return (concept) => values(concept).length > 0 === (value === 'true');
    case 'regex':
      return regexTest(value, onCode ? (concept) => [concept.code] : values);
    default:
      return undefined;
  }
}

function regexTest(
  pattern: string,
  values: (concept: CodeSystemConcept) => string[],
): ((concept: CodeSystemConcept) => boolean) | undefined {
  try {
    const regex = new RegExp(`^(?:${pattern})$`);
    return (concept) => values(concept).some((value) => regex.test(value));
  } catch {
    return undefined;
  }
}

function toConcept(system: string, one: CodeSystemConcept): Concept {
  return { system, code: one.code, display: one.display, inactive: one.inactive };
}

function flatten(list: Contains[]): Concept[] {
  return list.flatMap((one) => {
    const below = flatten(one.contains ?? []);
    if (one.code === undefined || one.abstract) return below;
    return [
      { system: one.system ?? '', code: one.code, display: one.display, inactive: one.inactive },
      ...below,
    ];
  });
}

function enumerated(url: string, concepts: Concept[]): Expansion {
  return { enumerable: true, url, concepts, check: listCheck(concepts) };
}

function notListed(url: string, reason: string, system?: string): Expansion & { enumerable: false } {
  const check: CodeCheck = (given) =>
    system !== undefined && given !== undefined && given !== system ? false : undefined;
  return { enumerable: false, url, reason, known: true, check };
}

function listCheck(concepts: Concept[]): CodeCheck {
  const codes = new Set(concepts.map((one) => one.code));
  const bySystem = new Map<string, Set<string>>();
  for (const { system, code } of concepts)
    bySystem.set(system, (bySystem.get(system) ?? new Set()).add(code));
  return (system, code) =>
    system === undefined ? codes.has(code) : (bySystem.get(system)?.has(code) ?? false);
}

function anyCaseCheck(concepts: Concept[]): CodeCheck {
  const check = listCheck(concepts.map((one) => ({ ...one, code: one.code.toLowerCase() })));
  return (system, code) => check(system, code.toLowerCase());
}

function inSystem(system: string, test: (code: string) => boolean | undefined): CodeCheck {
  return (given, code) => (given !== undefined && given !== system ? false : test(code));
}

function anyOf(parts: Expansion[]): CodeCheck {
  return (system, code) => {
    let answer: boolean | undefined = false;
    for (const part of parts) {
      const one = part.check(system, code);
      if (one) return true;
      if (one === undefined) answer = undefined;
    }
    return answer;
  };
}

function allOf(parts: Expansion[]): CodeCheck {
  return (system, code) => {
    let answer: boolean | undefined = true;
    for (const part of parts) {
      const one = part.check(system, code);
      if (one === false) return false;
      if (one === undefined) answer = undefined;
    }
    return answer;
  };
}

function without(included: CodeCheck, excluded: CodeCheck): CodeCheck {
  return (system, code) => {
    const inside = included(system, code);
    if (inside === false) return false;
    const outside = excluded(system, code);
    if (outside) return false;
    return outside === undefined ? undefined : inside;
  };
}
