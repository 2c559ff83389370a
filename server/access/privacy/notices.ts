import type { FastifyRequest } from 'fastify';
import { dayOf } from '../../organisations/index.ts';
import { Problem } from '../../platform/errors.ts';
import { reasonsToTell } from '../decide/explain.ts';
import { noticesToPerson, untoldFrom } from '../notices/index.ts';
import { namesOfOrganisations } from './events.ts';
import type { PrivacyServices } from './services.ts';

/** What a person is told of their record having been opened in an emergency. */
export type ToldNotice = { at: Date; reason: string; organisation: string | null };

/** The notices of whoever signed in as themselves, the newest first. Those that wait for a safeguarding reason are not there. */
export async function noticesForPerson(
  request: FastifyRequest,
  services: PrivacyServices,
): Promise<{ notices: ToldNotice[] }> {
  const { viewing } = request;
  const { asker } = viewing;
  if (asker.kind !== 'known' || asker.subject.kind !== 'resident') {
    throw new Problem('access/not-a-person', 403, 'Notices are for the person they are about.', {
      wayOut: 'Sign in as yourself, with NHS login.',
    });
  }
  const { person } = asker.subject;
  const { db, clock, organisations } = services;
  const patientIds = ((await services.recordsOf([person])).get(person) ?? []).map(
    ({ patientId }) => patientId,
  );
  const list = patientIds.slice(0, 1).map((patientId) => ({
    type: 'AuditEvent',
    id: '',
    patientId,
    dataClass: 'access-list' as const,
    labels: [],
    source: null,
  }));
  const [may] = await viewing.decide('read', list);
  if (may === undefined) return { notices: [] };
  if (may.effect !== 'permit') {
    const [reason] = reasonsToTell(may);
    throw new Problem('access/refused', 403, reason?.says ?? 'You may not see this.', {
      place: reason?.rule ?? 'notices',
      ...(reason?.wayOut == null ? {} : { wayOut: reason.wayOut }),
    });
  }
  const now = clock();
  const untold = (await untoldFrom(db, patientIds, now.getTime())) ?? Infinity;
  const notices = (await noticesToPerson(db, patientIds)).filter(({ from }) => from.getTime() < untold);
  viewing.shows({ kind: 'read', patientId: patientIds[0]!, type: 'Communication' });
  const named = notices.flatMap(({ organisation }) => organisation ?? []);
  const names = await namesOfOrganisations(organisations, named, dayOf(now));
  return {
    notices: notices.map(({ from, reason, organisation }) => ({
      at: from,
      reason,
      organisation: organisation === null ? null : (names.get(organisation) ?? organisation),
    })),
  };
}
