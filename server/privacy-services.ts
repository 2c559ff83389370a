import type { PrivacyServices } from './access/index.ts';
import { createOrganisations } from './organisations/index.ts';
import { currentLinks, patientsOfPersons, personOfNumber, personsBehind } from './people/index.ts';
import { pastWall, pastWallDb } from './platform/db/index.ts';
import { observedPatients, patientTexts } from './record/operations/index.ts';
import { piecesOf } from './record/pieces/index.ts';
import type { Resource } from './record/types.ts';
import type { Services } from './services.ts';

/** What checking on accesses asks for, answered by the rooms that know. */
export function privacyServices({
  db: walled,
  clock,
  store,
}: Pick<Services, 'db' | 'clock' | 'store'>): Omit<PrivacyServices, 'log' | 'userNameOf'> {
  const db = pastWallDb(walled, 'checking');
  /** The patients of people. A patient that nobody linked is a person of their own. */
  const patientsOf = async (personIds: readonly string[]): Promise<Map<string, string[]>> => {
    const linked = await patientsOfPersons(db, personIds);
    const alone = personIds.filter((id) => (linked.get(id)?.length ?? 0) === 0);
    const links = await currentLinks(db, alone);
    for (const id of alone) if (!links.has(id)) linked.set(id, [id]);
    return linked;
  };

  return {
    db,
    clock,
    organisations: createOrganisations(db),
    personsOf: (patientIds) => personsBehind(db, patientIds),
    personOfNumber: async (nhsNumber, born) => (await personOfNumber(db, nhsNumber, born))?.person,

    async recordsOf(personIds) {
      const patients = await patientsOf(personIds);
      const texts = await patientTexts(db, [...patients.values()].flat());
      const known = [...texts].map(([patientId, text]) => ({ patientId, id: idIn(text) }));
      const [rows, said] = await pastWall('checking', async () => {
        const stored = await store.readMany(known.map(({ id }) => ({ type: 'Patient', id })));
        const found = stored.filter((row) => row !== undefined);
        return [found, await store.sourcesOf(found)] as const;
      });
      const sources = new Map(rows.map((row, at) => [row.patientId, said[at] ?? null]));
      return new Map(
        [...patients].map(([person, ids]) => [
          person,
          known
            .filter(({ patientId }) => ids.includes(patientId))
            .map(({ patientId, id }) => ({ patientId, id, source: sources.get(patientId) ?? null })),
        ]),
      );
    },

    piecesOf: (type, id) =>
      pastWall('deciding', async () => {
        const stored = await store.read(type, id);
        if (stored === undefined || stored.deleted) return undefined;
        const [source = null] = await store.sourcesOf([stored]);
        const filing = { type, id, patientId: stored.patientId, source };
        return piecesOf(JSON.parse(stored.content) as Resource, filing);
      }),

    async namesOf(personIds) {
      const patients = await patientsOf(personIds);
      const said = new Map(
        (await observedPatients(db, [...patients.values()].flat())).map((each) => [each.patientId, each]),
      );
      return new Map(
        [...patients].flatMap(([person, ids]) => {
          const first = ids.flatMap((id) => said.get(id) ?? [])[0];
          const name = [...(first?.given ?? []).slice(0, 1), ...(first?.family ?? []).slice(0, 1)]
            .join(' ')
            .trim();
          return name === '' ? [] : [[person, name]];
        }),
      );
    },
  };
}

const idIn = (text: string): string => String((JSON.parse(text) as { id?: unknown }).id ?? '');
