/** Made-up people for the tests of this room. */
import { beforeEach } from 'node:test';
import type { Db } from '../platform/db/index.ts';
import { currentLinks, linksOfPerson, observePatients, type ObservedPatient } from './index.ts';

/** A patient id for a small number. */
export const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** Rosa, as a source that knows much would describe her. */
export const rosa: Omit<ObservedPatient, 'patientId'> = {
  active: true,
  source: 'urn:example:gp',
  given: ['Rosalind', 'Mae'],
  family: ['Quarrington'],
  birthDate: '1961-07-23',
  sex: 'female',
  addresses: [{ lines: ['14 Tanner Row'], postcode: 'ZZ3 4QT', place: 'Millbeck' }],
  phones: ['07700 900123'],
};

/** Somebody quite different. */
export const tom: Omit<ObservedPatient, 'patientId'> = {
  active: true,
  source: 'urn:example:gp',
  given: ['Tomasz'],
  family: ['Wyrzykowski'],
  birthDate: '1988-02-09',
  sex: 'male',
  addresses: [{ lines: ['3 Hill View'], postcode: 'ZZ8 1AB', place: 'Overton' }],
};

/** Two more, unlike those. */
export const uma: Omit<ObservedPatient, 'patientId'> = {
  ...rosa,
  given: ['Uma'],
  family: ['Nakagawa'],
  birthDate: '1975-03-14',
  addresses: [{ lines: ['60 Canal Walk'], postcode: 'ZZ6 7LP', place: 'Lowfield' }],
  phones: ['07700 900456'],
};
export const ivo: Omit<ObservedPatient, 'patientId'> = {
  ...tom,
  given: ['Ivo'],
  family: ['Castellanos'],
  birthDate: '1933-11-30',
  addresses: [{ lines: ['9 The Green'], postcode: 'ZZ7 2RR', place: 'Thorpe' }],
};

/** A clock that goes on a minute each time it is asked. */
export function minutes(): () => Date {
  let minute = 0;
  beforeEach(() => {
    minute += 60;
  });
  return () => new Date(Date.UTC(2026, 10, 21, 9, minute++));
}

/** What the tests do with a database, in their own words. */
export function doings(db: Db, clock: () => Date) {
  const written = new Set<string>();
  const observe = async (...patients: ObservedPatient[]): Promise<void> => {
    const at = clock();
    await db.transaction(async (tx) => {
      const rows = await observePatients(tx, patients, at, (patientId) => !written.has(patientId));
      if (rows.length > 0) await tx.copyIn(rows);
    });
    for (const { patientId } of patients) written.add(patientId);
  };
  const personOf = async (n: number): Promise<string | undefined> =>
    (await currentLinks(db, [id(n)])).get(id(n))?.personId;
  return {
    observe,
    personOf,
    samePerson: async (a: number, b: number): Promise<boolean> => (await personOf(a)) === (await personOf(b)),
    companions: async (n: number): Promise<string[]> =>
      (await linksOfPerson(db, (await personOf(n)) ?? id(0))).map((link) => link.patientId),
  };
}
