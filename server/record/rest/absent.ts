import { Problem } from '../../platform/errors.ts';

/** The refusal for a resource that never was. */
export const notFound = (type: string): Problem =>
  new Problem('rest/not-found', 404, `There is no ${type} with this id here.`, {
    wayOut: 'Check the id, or search for the resource.',
  });

/** The refusal for a resource that was deleted. */
export const deleted = (type: string): Problem =>
  new Problem('rest/deleted', 410, `This ${type} was deleted.`, {
    wayOut: 'Earlier versions are in its history.',
  });
