import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import { askerId } from '../../access/index.ts';
import { Problem } from '../../platform/errors.ts';
import type { Db } from '../../platform/db/index.ts';
import { totals } from './counts.ts';
import type { Importer } from './importer.ts';
import { recordItem } from './record-item.ts';
import { findJob, listJobs, missingOf, type Job } from './store-jobs.ts';
import { countQuarantine, findQuarantine, listQuarantine, quarantineStates } from './store-quarantine.ts';

const see = { access: { action: 'operate', resource: 'imports' } } as const;
const seeHeld = { access: { action: 'read', resource: 'quarantine' } } as const;
const change = { access: { action: 'write', resource: 'quarantine' } } as const;

const Id = Type.String({ format: 'uuid' });
const WithId = Type.Object({ id: Id });
const Page = {
  after: Type.Optional(Type.String({ maxLength: 200 })),
  count: Type.Integer({ minimum: 1, maximum: 500, default: 50 }),
};
const QuarantineQuery = Type.Object({
  ...Page,
  after: Type.Optional(Id),
  state: Type.Optional(Type.Union(quarantineStates.map((state) => Type.Literal(state)))),
  job: Type.Optional(Id),
  code: Type.Optional(Type.String({ maxLength: 100 })),
  type: Type.Optional(Type.String({ maxLength: 100 })),
});
const JobsQuery = Type.Object({ count: Page.count });
const MissingQuery = Type.Object(Page);
const Mended = Type.Object({ text: Type.String({ minLength: 1 }) });

export type ImportRoutes = { db: Db; importer: Pick<Importer, 'mend' | 'replay' | 'dismiss'> };

/** Adds what the pages about imports and quarantine need, under `/api`. */
export function registerImports(app: FastifyInstance, { db, importer }: ImportRoutes): void {
  app.get<{ Querystring: Static<typeof JobsQuery> }>(
    '/api/imports',
    { config: see, schema: { querystring: JobsQuery } },
    async (request) => ({ imports: (await listJobs(db, request.query.count)).map(jobOnWire) }),
  );

  app.get<{ Params: Static<typeof WithId> }>(
    '/api/imports/:id',
    { config: see, schema: { params: WithId } },
    async (request) => {
      const job = await findJob(db, request.params.id);
      if (job === undefined) throw noJob();
      return jobOnWire(job);
    },
  );

  app.get<{ Params: Static<typeof WithId>; Querystring: Static<typeof MissingQuery> }>(
    '/api/imports/:id/missing',
    { config: see, schema: { params: WithId, querystring: MissingQuery } },
    async (request) => {
      const { after = '', count } = request.query;
      const rows = await missingOf(db, request.params.id, after, count);
      return {
        missing: rows.map(({ target, mentions }) => ({ target, mentions })),
        next: rows.length < count ? null : rows.at(-1)!.target,
      };
    },
  );

  app.get<{ Querystring: Static<typeof QuarantineQuery> }>(
    '/api/quarantine',
    { config: seeHeld, schema: { querystring: QuarantineQuery } },
    async (request) => {
      const { after, count, job, ...filter } = request.query;
      const page = after === undefined ? { limit: count } : { after, limit: count };
      const items = await listQuarantine(db, job === undefined ? filter : { ...filter, jobId: job }, page);
      return {
        counts: await countQuarantine(db),
        items,
        next: items.length < count ? null : items.at(-1)!.id,
      };
    },
  );

  app.get<{ Params: Static<typeof WithId> }>(
    '/api/quarantine/:id',
    { config: seeHeld, schema: { params: WithId } },
    async (request) => {
      const item = await findQuarantine(db, request.params.id);
      if (item === undefined) throw notHeld();
      return item;
    },
  );

  app.put<{ Params: Static<typeof WithId>; Body: Static<typeof Mended> }>(
    '/api/quarantine/:id',
    { config: change, schema: { params: WithId, body: Mended } },
    async ({ viewing, params, body }, reply) => {
      await importer.mend(params.id, body.text, askerId(viewing), recordItem(viewing));
      return reply.status(204).send();
    },
  );

  app.post<{ Params: Static<typeof WithId> }>(
    '/api/quarantine/:id/replay',
    { config: change, schema: { params: WithId } },
    async ({ viewing, params }) => {
      const result = await importer.replay(params.id, askerId(viewing), recordItem(viewing));
      if (result.replayed) return result;
      const { path, code, reason, wayOut, issues } = result.item;
      return { replayed: false, path, code, reason, wayOut, issues };
    },
  );

  app.post<{ Params: Static<typeof WithId> }>(
    '/api/quarantine/:id/dismiss',
    { config: change, schema: { params: WithId } },
    async ({ viewing, params }, reply) => {
      await importer.dismiss(params.id, askerId(viewing), recordItem(viewing));
      return reply.status(204).send();
    },
  );
}

const jobOnWire = (job: Job) => ({ ...job, totals: totals(job.counts) });

const noJob = (): Problem => new Problem('import/unknown', 404, 'There is no import with this number.');

const notHeld = (): Problem =>
  new Problem('import/not-in-quarantine', 404, 'There is nothing with this number in quarantine.');
