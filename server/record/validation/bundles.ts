import type { Resource } from '../types.ts';
import { entriesOf } from './resolve.ts';
import { report, type Run } from './run.ts';

const restful = /^https?:\/\/.+\/([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})$/;

/** Checks that the entries of a Bundle can be told apart and found. Source: http://hl7.org/fhir/R4/bundle.html#references */
export function checkBundle(run: Run, bundle: Resource, path: string): void {
  const type = bundle['type'];
  const isRequest =
    type === 'transaction' ||
    type === 'batch' ||
    type === 'transaction-response' ||
    type === 'batch-response';
  entriesOf(bundle).forEach((entry, at) => {
    const { resource, fullUrl } = entry;
    const place = `${path}.entry[${at}]`;
    if (resource && fullUrl === undefined && !isRequest) {
      report(
        run,
        'error',
        'required',
        `${place}.fullUrl`,
        'The entry needs a fullUrl that names its resource, so that references to it can be found.',
      );
    }
    const [, urlType, urlId] = (fullUrl === undefined ? null : restful.exec(fullUrl)) ?? [];
    if (!resource || urlType === undefined || !run.definitions.isResourceType(urlType)) return;
    if (urlType !== resource.resourceType || (resource.id !== undefined && resource.id !== urlId)) {
      report(
        run,
        'error',
        'invalid',
        `${place}.fullUrl`,
        'The fullUrl must end in the type and id of the resource in the entry.',
      );
    }
  });
}
