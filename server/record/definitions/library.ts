import type { Resource } from '../types.ts';
import type { DefinitionCache } from './cache.ts';
import type { DefinitionPackage } from './types.ts';

/** Definitions by type and canonical URL: packages first (the last loaded wins), then the base. Parsed when asked for. */
export type Library = {
  find(type: string, canonical: string): Resource | undefined;
  urls(type: string): string[];
  /** Every resource of a type whose hints pass, base first. */
  every(type: string, wanted?: (hints: string[]) => boolean): Generator<Resource>;
};

/** Joins the base cache and the loaded packages. */
export function createLibrary(cache: DefinitionCache, packages: DefinitionPackage[]): Library {
  const base = new Map(cache.entries.map((entry) => [`${entry.type}|${entry.url}`, entry]));
  const parsed = new Map<string, Resource>();
  const added = new Map<string, Resource>();
  const versioned = new Map<string, Resource>();
  for (const resource of packages.flatMap((one) => one.resources)) {
    const url = resource['url'];
    if (typeof url !== 'string') continue;
    const key = `${resource.resourceType}|${url}`;
    added.set(key, resource);
    if (typeof resource['version'] === 'string') versioned.set(`${key}|${resource['version']}`, resource);
  }

  function fromBase(key: string): Resource | undefined {
    const entry = base.get(key);
    if (!entry) return undefined;
    const known = parsed.get(key) ?? cache.read(entry);
    parsed.set(key, known);
    return known;
  }

  return {
    find(type, canonical) {
      const [url = '', version] = canonical.split('|');
      const exact = version === undefined ? undefined : versioned.get(`${type}|${url}|${version}`);
      const key = `${type}|${url}`;
      return exact ?? added.get(key) ?? fromBase(key);
    },
    urls(type) {
      const prefix = `${type}|`;
      const keys = [...base.keys(), ...added.keys()].filter((key) => key.startsWith(prefix));
      return [...new Set(keys.map((key) => key.slice(prefix.length)))];
    },
    *every(type, wanted) {
      for (const entry of cache.entries) {
        if (entry.type !== type || (wanted && !wanted(entry.hints))) continue;
        const resource = fromBase(`${type}|${entry.url}`);
        if (resource) yield resource;
      }
      for (const resource of added.values()) if (resource.resourceType === type) yield resource;
    },
  };
}
