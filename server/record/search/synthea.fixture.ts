import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Resource } from '../types.ts';

type Bundle = { entry: { fullUrl: string; resource: Resource }[] };

/** Resources of the first Synthea bundles, each once, with `urn:uuid` links turned into relative references. */
export function syntheaResources(folder: string, bundles: number): Resource[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.json.gz'))
    .sort();
  const found = new Map<string, Resource>();
  for (const file of files.slice(0, bundles)) {
    for (const resource of bundleResources(gunzipSync(readFileSync(join(folder, file))).toString())) {
      found.set(`${resource.resourceType}/${resource.id}`, resource);
    }
  }
  return [...found.values()];
}

function bundleResources(text: string): Resource[] {
  const types = new Map<string, string>();
  for (const { fullUrl, resource } of (JSON.parse(text) as Bundle).entry)
    types.set(fullUrl, resource.resourceType);
  const linked = text.replace(/"urn:uuid:([0-9a-f-]{36})"/g, (whole, id: string) => {
    const type = types.get(`urn:uuid:${id}`);
    return type === undefined ? whole : `"${type}/${id}"`;
  });
  return (JSON.parse(linked) as Bundle).entry.map(({ fullUrl, resource }) => ({
    ...resource,
    id: resource.id ?? fullUrl.slice(fullUrl.lastIndexOf('/') + 1),
  }));
}
