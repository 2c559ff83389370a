/** A stored record for the tests of what reads it. */
import { database } from '../../../test/support/database.ts';
import { puts } from '../../../test/support/puts.ts';
import { createServices, type Services } from '../../services.ts';
import { viewServices } from '../../view-services.ts';
import type { Resource } from '../types.ts';
import { hospital, patient, problem } from './made-up-record.ts';
import type { ViewServices } from './services.ts';

export type Loading = {
  services: Services;
  view: ViewServices;
  /** The patient whose record it is, and the person behind. */
  whose: string;
  personId: string;
  /** A resource as one about this patient. */
  owned(resource: Resource): Resource;
  put(...resources: Resource[]): Promise<void>;
  /** The services, counting how often the whole record is read. */
  counting(): ViewServices & { reads: number };
};

/** Opens a database with one patient who has one problem. */
export async function openLoading(): Promise<Loading> {
  const services = await createServices(await database());
  const view = viewServices(services);
  const whose = '0198a000-0000-7000-8000-000000000001';
  const owned = (resource: Resource): Resource => ({
    ...resource,
    subject: { reference: `Patient/${whose}` },
  });
  const put = async (...resources: Resource[]): Promise<void> => {
    const delivery = { source: 'urn:example:feed', channel: 'rest', agent: 'test' } as const;
    await services.store.write(puts(resources), delivery);
  };
  await put(hospital, patient(whose).resource, owned(problem('c1', hospital).resource));
  const personId = (await view.personsOf([whose])).get(whose) as string;
  const counting = (): ViewServices & { reads: number } => ({
    ...view,
    reads: 0,
    recordOf(patientIds) {
      this.reads += 1;
      return view.recordOf(patientIds);
    },
  });
  return { services, view, whose, personId, owned, put, counting };
}
