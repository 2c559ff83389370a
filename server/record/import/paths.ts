/** The FHIRPath of the first Reference that holds this link, such as `Observation.performer[0].reference`. */
export function pathOfReference(resource: { resourceType: string }, link: string): string {
  return search(resource, resource.resourceType, link) ?? resource.resourceType;
}

function search(node: unknown, path: string, link: string): string | undefined {
  if (Array.isArray(node)) {
    for (const [index, item] of node.entries()) {
      const found = search(item, `${path}[${index}]`, link);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (typeof node !== 'object' || node === null) return undefined;
  for (const [key, value] of Object.entries(node)) {
    if (key === 'reference' && value === link) return `${path}.reference`;
    const found = search(value, `${path}.${key}`, link);
    if (found !== undefined) return found;
  }
  return undefined;
}
