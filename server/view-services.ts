import {
  behindSources,
  createOrganisations,
  dayOf,
  type Behind,
  type Organisations,
} from './organisations/index.ts';
import { currentLinks, linksOfPerson, protectedPersons } from './people/index.ts';
import { deliveredBy, talliedByType } from './record/store/index.ts';
import { onceInPage } from './platform/one-page.ts';
import { pastWall, pastWallDb } from './platform/db/index.ts';
import type { ViewServices } from './record/view/index.ts';
import type { Services } from './services.ts';

type Named = {
  graph: Awaited<ReturnType<Organisations['graph']>> | undefined;
  day: string;
  behind: Map<string, Behind | undefined>;
};

const isKnown = (pair: readonly [string, Behind | undefined]): pair is [string, Behind] =>
  pair[1] !== undefined;

/** What the record view asks for, answered by the rooms that know. */
export function viewServices({ db: walled, clock, search, store }: Services): ViewServices {
  const organisations = createOrganisations(walled);
  const db = pastWallDb(walled, 'finding');
  /** Organisations behind sources, as long as the directory and the day stand. */
  let named: Named = { graph: undefined, day: '', behind: new Map() };
  return {
    async patientsOf(personId) {
      const links = await onceInPage(db, `links ${personId}`, () => linksOfPerson(db, personId));
      return links.map((link) => link.patientId);
    },

    async personsOf(patientIds) {
      const links = await currentLinks(db, patientIds);
      return new Map([...links].map(([patientId, link]) => [patientId, link.personId]));
    },

    behindSources: async (sources) => {
      const day = dayOf(clock());
      const graph = await organisations.graph();
      if (named.graph !== graph || named.day !== day) named = { graph, day, behind: new Map() };
      const { behind } = named;
      const unknown = sources.filter((source) => !behind.has(source));
      if (unknown.length > 0) {
        const found = await behindSources(organisations, unknown, day);
        for (const source of unknown) behind.set(source, found.get(source));
      }
      return new Map(sources.flatMap((source) => [[source, behind.get(source)] as const]).filter(isKnown));
    },

    protectedAmong: (personIds) => protectedPersons(db, personIds),

    recordOf: (patientIds) => store.patientRecord(patientIds),

    patientsToJudge: (patientIds) => pastWall('deciding', () => store.patientRecord(patientIds, 'Patient')),

    headsOf: (patientIds) =>
      onceInPage(store, `heads ${patientIds.join()}`, () =>
        pastWall('finding', () => store.headsOf(patientIds)),
      ),

    headsThroughWall: (patientIds) => store.headsOf(patientIds),

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
