import type { Resource } from '../../server/record/types.ts';

/** Resources as changes of the record: each is stored under its own id. */
export const puts = (resources: readonly Resource[]) =>
  resources.map((resource) => ({
    kind: 'put' as const,
    type: resource.resourceType,
    id: resource.id!,
    resource,
  }));
