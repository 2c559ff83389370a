import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import { behindSources, createOrganisations, dayOf } from '../../organisations/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/index.ts';
import { model } from '../candidates.ts';
import { currentLinks } from '../store/links.ts';
import type { ObservedPatient, ReviewQueue } from '../types.ts';
import { onRecordOfPersons, reviewerOf } from '../on-record.ts';
import { giveOpinion, noCase } from './give-opinion.ts';
import { kappa, verdicts, type Opinion } from './rules.ts';
import { agreements, evidenceBetween, sideOf } from './sides.ts';
import { addLook, isOpenTo, looksAt, mustHaveLooked } from './looks.ts';
import {
  countCases,
  countReasons,
  doubleVerdicts,
  findCase,
  openCasesOf,
  opinionsOn,
  type ReviewCase,
} from './store.ts';

export type ReviewServices = {
  db: Db;
  clock: Clock;
  /** What Patients now say, by their patient id. */
  readPatients(patientIds: readonly string[]): Promise<ObservedPatient[]>;
};

/** Reviewers see the first two; a changed identity is for those alone who may know of it. */
const doors = [
  { path: '/api/identity/cases', queues: ['ordinary', 'quarantine'], resource: 'identity', isSealed: false },
  { path: '/api/identity/sealed', queues: ['sealed'], resource: 'identity-sealed', isSealed: true },
] as const satisfies { path: string; queues: ReviewQueue[]; resource: string; isSealed: boolean }[];

const Id = Type.String({ format: 'uuid' });
const WithId = Type.Object({ id: Id });
export const Reviewer = Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' });
const Cases = Type.Object({
  after: Type.Optional(Id),
  reviewer: Type.Optional(Reviewer),
  count: Type.Integer({ minimum: 1, maximum: 200, default: 25 }),
});
const Asked = Type.Object({ reviewer: Type.Optional(Reviewer), look: Type.Optional(Id) });
const WhyLook = Type.Object({
  reviewer: Reviewer,
  reason: Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' }),
});
const Given = Type.Object({
  reviewer: Reviewer,
  verdict: Type.Union(verdicts.map((each) => Type.Literal(each))),
  personId: Type.Optional(Id),
  reason: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }),
  note: Type.Optional(Type.String({ maxLength: 2000 })),
});

/** Adds the review of doubtful matches under `/api/identity`. */
export function registerReview(app: FastifyInstance, services: ReviewServices): void {
  const nameSources = sourceNamer(services);
  for (const door of doors) registerQueue(app, services, door, nameSources);
}

/** Gives a function that names the organisations behind the sources of patients, as they are called today. */
export function sourceNamer({ db, clock }: Pick<ReviewServices, 'db' | 'clock'>): NameSources {
  const organisations = createOrganisations(db);
  return async (patients) => {
    const sources = patients.flatMap(({ source }) => source ?? []);
    const behind = await behindSources(organisations, sources, dayOf(clock()));
    return new Map([...behind].map(([source, { name }]) => [source, name]));
  };
}

export type NameSources = (patients: readonly ObservedPatient[]) => Promise<Map<string, string>>;

function registerQueue(
  app: FastifyInstance,
  { db, clock, readPatients }: ReviewServices,
  { path, queues, resource, isSealed }: (typeof doors)[number],
  nameSources: NameSources,
): void {
  const see = { access: { action: 'read', resource } } as const;
  const change = { access: { action: 'write', resource } } as const;

  app.get<{ Querystring: Static<typeof Cases> }>(
    path,
    { config: see, schema: { querystring: Cases } },
    async (request) => {
      const { after, count } = request.query;
      const reviewer = reviewerIn(request);
      const cases = await openCasesOf(db, queues, { after, reviewer, limit: count });
      const shown = isSealed ? [] : cases.flatMap((each) => [each.patientId, best(each.candidates)]);
      const patients = await sidesOf(shown);
      return {
        cases: cases.map(({ candidates, patientId, ...each }) => ({
          ...each,
          ...(isSealed ? {} : { patientId }),
          people: candidates.length,
          patient: patients.get(patientId) ?? null,
          likest: patients.get(best(candidates)) ?? null,
        })),
        next: cases.length < count ? null : cases.at(-1)!.caseId,
      };
    },
  );

  app.get(`${path}/statistics`, { config: see }, async () => {
    const [counts, reasons, pairs] = await Promise.all([
      countCases(db),
      countReasons(db, queues),
      doubleVerdicts(db, queues),
    ]);
    const ours = counts.filter(({ queue }) => (queues as readonly ReviewQueue[]).includes(queue));
    const open = ours.filter(({ state }) => state === 'waiting' || state === 'disputed');
    const oldest = open.map((each) => each.oldest.getTime());
    return {
      counts: ours.map(({ queue, state, cases }) => ({ queue, state, cases })),
      waiting: open.reduce((sum, each) => sum + each.cases, 0),
      oldest: oldest.length === 0 ? null : new Date(Math.min(...oldest)),
      reasons,
      twice: {
        cases: pairs.length,
        agreed: pairs.filter(([a, b]) => a === b).length,
        kappa: kappa(pairs) ?? null,
      },
      model: { version: model.version, ...model.thresholds },
    };
  });

  const caseOf = async (caseId: string): Promise<ReviewCase> => {
    const found = await findCase(db, caseId);
    if (found === undefined || !(queues as readonly ReviewQueue[]).includes(found.queue)) throw noCase();
    return found;
  };

  app.get<{ Params: Static<typeof WithId>; Querystring: Static<typeof Asked> }>(
    `${path}/:id`,
    { config: see, schema: { params: WithId, querystring: Asked } },
    async (request) => {
      const found = await caseOf(request.params.id);
      const { look } = request.query;
      const reviewer = reviewerIn(request) ?? '';
      const isOpen = found.state === 'waiting' || found.state === 'disputed';
      const opinions = await opinionsOn(db, found.caseId);
      const { caseId, patientId, candidates: _candidates, ...rest } = found;
      const told = {
        caseId,
        ...rest,
        // Who gave an opinion is told at once; what it was, not before the case is closed.
        opinions: isOpen ? opinions.map((opinion) => ({ reviewer: opinion.reviewer })) : opinions,
        thresholds: model.thresholds,
      };
      if (!isSealed) return { ...told, patientId, ...(await sidesBeside(found)) };
      const looks = await looksAt(db, caseId);
      const isShown =
        look !== undefined && (await isOpenTo(db, { lookId: look, caseId, reviewer, now: clock() }));
      return isShown
        ? { ...told, looks, isShown, patientId, ...(await sidesBeside(found)) }
        : { ...told, looks, isShown, patient: null, people: [] };
    },
  );

  if (isSealed) {
    app.post<{ Params: Static<typeof WithId>; Body: Static<typeof WhyLook> }>(
      `${path}/:id/looks`,
      { config: see, schema: { params: WithId, body: WhyLook } },
      async (request) => {
        const { caseId, patientId } = await caseOf(request.params.id);
        const reviewer = reviewerOf(request.viewing, request.body.reviewer);
        const look = { reviewer, reason: request.body.reason.trim(), looked: clock() };
        const act = {
          kind: 'operate',
          type: 'SealedCase',
          rule: 'sealed-look',
          reason: look.reason,
          patientIds: [patientId],
        } as const;
        const added = db.transaction((tx) =>
          onRecordOfPersons(tx, request.viewing, act, () => addLook(tx, caseId, look)),
        );
        return { look: await added };
      },
    );
  }

  app.post<{ Params: Static<typeof WithId>; Body: Static<typeof Given> }>(
    `${path}/:id/opinions`,
    { config: change, schema: { params: WithId, body: Given } },
    async (request) => {
      const { verdict, personId, reason, note } = request.body;
      const reviewer = reviewerOf(request.viewing, request.body.reviewer);
      if (isSealed) await mustHaveLooked(db, request.params.id, reviewer);
      const opinion: Opinion = {
        reviewer,
        verdict,
        personId: verdict === 'same' ? personId : undefined,
        reason: reason.trim(),
        note: note?.trim() === '' ? undefined : note?.trim(),
        given: clock(),
      };
      const state = await giveOpinion(db, request.params.id, opinion, queues, request.viewing);
      const [next] = await openCasesOf(db, queues, { reviewer: opinion.reviewer, limit: 1 });
      return { state, next: next?.caseId ?? null };
    },
  );

  async function sidesBeside(found: ReviewCase) {
    const ids = [found.patientId, ...found.candidates.map(({ patientId }) => patientId)];
    const patients = new Map((await readPatients(ids)).map((patient) => [patient.patientId, patient]));
    const links = await currentLinks(db, ids);
    const patient = patients.get(found.patientId);
    const names = await nameSources([...patients.values()]);
    const side = (each: ObservedPatient) => sideOf(each, links.get(each.patientId)?.personId, names);
    return {
      patient: patient === undefined ? null : side(patient),
      people: found.candidates.flatMap(({ personId, patientId }) => {
        const other = patients.get(patientId);
        if (other === undefined || patient === undefined) return [];
        const { weight, prior, contributions, vetoes, probability } = evidenceBetween(patient, other);
        return [
          {
            personId,
            side: side(other),
            agreements: agreements(patient, other),
            evidence: { weight, prior, contributions, vetoes, probability },
          },
        ];
      }),
    };
  }

  async function sidesOf(patientIds: string[]) {
    const ids = [...new Set(patientIds)];
    const [patients, links] = await Promise.all([readPatients(ids), currentLinks(db, ids)]);
    const names = await nameSources(patients);
    const side = (each: ObservedPatient) => sideOf(each, links.get(each.patientId)?.personId, names);
    return new Map(patients.map((patient) => [patient.patientId, side(patient)]));
  }
}

/** Whoever signed in is the reviewer; else it is who the request says, if it says so. */
const reviewerIn = ({
  viewing,
  query,
}: FastifyRequest<{ Querystring: { reviewer?: string } }>): string | undefined => {
  const { reviewer } = query;
  return viewing.asker.kind === 'known' ? reviewerOf(viewing, '') : reviewer;
};

const best = (candidates: readonly { patientId: string }[]): string => candidates[0]?.patientId ?? '';
