import { behindSources, createOrganisations, dayOf } from './organisations/index.ts';
import { currentLinks, linksOfPerson, protectedPersons } from './people/index.ts';
import { deliveredBy, talliedByType } from './record/store/index.ts';
import { pastWall, pastWallDb } from './platform/db/index.ts';
import type { ViewServices } from './record/view/index.ts';
import type { Services } from './services.ts';

/** What the record view asks for, answered by the rooms that know. */
export function viewServices({ db: walled, clock, search, store }: Services): ViewServices {
  const organisations = createOrganisations(walled);
  const db = pastWallDb(walled, 'finding');
  return {
    async patientsOf(personId) {
      return (await linksOfPerson(db, personId)).map((link) => link.patientId);
    },

    async personsOf(patientIds) {
      const links = await currentLinks(db, patientIds);
      return new Map([...links].map(([patientId, link]) => [patientId, link.personId]));
    },

    behindSources: async (sources) => behindSources(organisations, sources, dayOf(clock())),

    protectedAmong: (personIds) => protectedPersons(db, personIds),

    recordOf: (patientIds) => store.patientRecord(patientIds),

    patientsToJudge: (patientIds) => pastWall('deciding', () => store.patientRecord(patientIds, 'Patient')),

    headsOf: (patientIds) => pastWall('finding', () => store.headsOf(patientIds)),

    sourcesOf: (stored) => store.sourcesOf(stored),

    again: (rows) => store.again(rows),

    readMany: (names) => pastWall('deciding', () => store.readMany(names)),

    async findPatients(query, { count, cursor }, sight) {
      const paging: [string, string][] = cursor === undefined ? [] : [['_cursor', cursor]];
      const found = await search.search(db, {
        type: 'Patient',
        query: [...query, ['_count', String(count)], ...paging],
        handling: 'strict',
        baseUrl: '',
        sight,
      });
      return { matches: found.matches, total: found.total, next: found.nextCursor };
    },

    async overview() {
      const [resources, sources, [people]] = await Promise.all([
        talliedByType(db),
        deliveredBy(db),
        db.query<{ n: number }>('select count(*) as n from people.person'),
      ]);
      return {
        people: people?.n ?? 0,
        resources: Object.fromEntries(resources),
        sources: sources.map((each) => ({ ...each, lastReceived: each.lastReceived.toISOString() })),
      };
    },
  };
}
