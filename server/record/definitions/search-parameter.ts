import type { Resource } from '../types.ts';
import type { SearchParameter } from './types.ts';

/** Reads a SearchParameter resource. */
export function toSearchParameter(raw: Resource): SearchParameter {
  const list = (key: string): string[] => (raw[key] as string[] | undefined) ?? [];
  return {
    url: String(raw['url']),
    code: String(raw['code']),
    type: raw['type'] as SearchParameter['type'],
    bases: list('base'),
    expression: raw['expression'] as string | undefined,
    targets: list('target'),
    components: (raw['component'] as SearchParameter['components'] | undefined) ?? [],
    multipleOr: raw['multipleOr'] !== false,
    multipleAnd: raw['multipleAnd'] !== false,
    modifiers: list('modifier'),
    comparators: list('comparator'),
    chains: list('chain'),
    xpathUsage: raw['xpathUsage'] as string | undefined,
    description: raw['description'] as string | undefined,
  };
}
