import { correctedContexts, correctedExpressions } from './corrections.ts';
import type { Resource } from '../types.ts';
import type {
  Binding,
  Constraint,
  ElementInfo,
  ElementType,
  Slicing,
  StatedValue,
  Structure,
} from './types.ts';

export type RawElement = {
  id?: string;
  path: string;
  sliceName?: string;
  min?: number;
  max?: string;
  base?: { path: string; min: number; max: string };
  contentReference?: string;
  representation?: string[];
  type?: RawType[];
  slicing?: { discriminator?: Slicing['discriminators']; rules?: Slicing['rules']; ordered?: boolean };
  binding?: { strength: Binding['strength']; valueSet?: string; extension?: RawExtension[] };
  constraint?: Constraint[];
  maxLength?: number;
  isSummary?: boolean;
  isModifier?: boolean;
  mustSupport?: boolean;
  [key: string]: unknown;
};

export type RawType = {
  code: string;
  profile?: string[];
  targetProfile?: string[];
  aggregation?: string[];
  extension?: RawExtension[];
};
type RawExtension = { url: string; [key: string]: unknown };

const maxValueSetUrl = 'http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet';
const fhirTypeUrl = 'http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type';

/** Reads a StructureDefinition that has a snapshot into the shape the rest of the record uses. */
export function toStructure(raw: Resource): Structure {
  const elements = (raw['snapshot'] as { element?: RawElement[] } | undefined)?.element ?? [];
  const url = String(raw['url']);
  return {
    url,
    version: raw['version'] as string | undefined,
    name: String(raw['name'] ?? raw.id),
    title: raw['title'] as string | undefined,
    status: raw['status'] as string | undefined,
    kind: raw['kind'] as Structure['kind'],
    type: shortType(String(raw['type'])),
    abstract: raw['abstract'] === true,
    base: raw['baseDefinition'] as string | undefined,
    isProfile: raw['derivation'] === 'constraint',
    contexts: contextsOf(raw, url),
    contextInvariants: (raw['contextInvariant'] as string[] | undefined) ?? [],
    elements: elements.map((element) => toElement(element, elements[0]?.path ?? '')),
  };
}

function contextsOf(raw: Resource, url: string): Structure['contexts'] {
  const published = (raw['context'] as Structure['contexts'] | undefined) ?? [];
  const added = (correctedContexts[url] ?? []).map((expression) => ({
    type: 'element' as const,
    expression,
  }));
  return [...published, ...added];
}

function toElement(raw: RawElement, rootPath: string): ElementInfo {
  const max = raw.max === '*' ? Infinity : Number(raw.max ?? 1);
  const baseMax = raw.base?.max ?? raw.max;
  const binding = raw.binding;
  const maxValueSet = binding?.extension?.find((one) => one.url === maxValueSetUrl);
  return {
    id: raw.id ?? raw.path,
    path: raw.path,
    name: raw.path.slice(raw.path.lastIndexOf('.') + 1),
    sliceName: raw.sliceName,
    min: raw.min ?? 0,
    max,
    isArray: raw.path !== rootPath && baseMax !== '1' && baseMax !== '0',
    types: (raw.type ?? []).map((type) => toType(type, raw)),
    contentReference: raw.contentReference?.slice(raw.contentReference.indexOf('#') + 1),
    binding: binding && {
      strength: binding.strength,
      valueSet: binding.valueSet,
      maxValueSet: (maxValueSet?.['valueCanonical'] ?? maxValueSet?.['valueUri']) as string | undefined,
    },
    constraints: (raw.constraint ?? []).map(corrected),
    slicing: raw.slicing && {
      discriminators: raw.slicing.discriminator ?? [],
      rules: raw.slicing.rules ?? 'open',
      ordered: raw.slicing.ordered ?? false,
    },
    fixed: stated(raw, 'fixed'),
    pattern: stated(raw, 'pattern'),
    minValue: stated(raw, 'minValue'),
    maxValue: stated(raw, 'maxValue'),
    maxLength: raw.maxLength,
    isSummary: raw.isSummary ?? false,
    isModifier: raw.isModifier ?? false,
    mustSupport: raw.mustSupport ?? false,
    xmlAttribute: raw.representation?.includes('xmlAttr') ?? false,
  };
}

function corrected(constraint: Constraint): Constraint {
  const known = correctedExpressions[constraint.key];
  return known && known.published === constraint.expression
    ? { ...constraint, expression: known.corrected }
    : constraint;
}

function toType(type: RawType, element: RawElement): ElementType {
  return {
    code: typeCode(type, element),
    profiles: type.profile,
    targetProfiles: type.targetProfile,
    aggregation: type.aggregation,
  };
}

/** FHIRPath system types stand for ids, extension urls and primitive values; R4 wrongly calls a resource's id a string. */
function typeCode(type: RawType, element: RawElement): string {
  if (!type.code.startsWith('http://hl7.org/fhirpath/System.')) return shortType(type.code);
  if (element.base?.path === 'Resource.id') return 'id';
  const typeName = type.extension?.find((one) => one.url === fhirTypeUrl);
  const name = typeName?.['valueUrl'] ?? typeName?.['valueUri'];
  return typeof name === 'string' ? name : 'string';
}

function shortType(code: string): string {
  return code.startsWith('http://hl7.org/fhir/StructureDefinition/') ? code.slice(40) : code;
}

function stated(raw: RawElement, prefix: string): StatedValue | undefined {
  for (const key in raw) {
    if (!key.startsWith(prefix) || key.length === prefix.length) continue;
    const name = key.slice(prefix.length);
    const primitive = name[0]!.toLowerCase() + name.slice(1);
    return { type: typeof raw[key] === 'object' ? name : primitive, value: raw[key] };
  }
  return undefined;
}
