import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import type { Clock } from '../platform/clock.ts';
import type { Db } from '../platform/db/index.ts';
import { Problem } from '../platform/errors.ts';
import { dayAsked } from './days.ts';
import { areasOf } from './rules/index.ts';
import { createOrganisations } from './service.ts';
import { areasByCode, listAreas } from './store/areas.ts';
import { kinds, type Kind } from './types.ts';
import { createFigures } from './view/figures.ts';
import { listPartners, partnerView } from './view/partners.ts';
import { keepLatest } from './view/keep.ts';
import { systemMap, systemView, type SystemMap } from './view/system.ts';

const read = { access: { action: 'read', resource: 'organisations' } } as const;
const search = { access: { action: 'search', resource: 'organisations' } } as const;

const Id = Type.String({ format: 'uuid' });
const AskedDay = Type.Optional(Type.String({ maxLength: 10 }));
const Code = Type.String({ pattern: '^[A-Za-z0-9_-]{1,40}$' });
const Page = {
  after: Type.Optional(Type.String({ maxLength: 60 })),
  count: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
};
const SystemQuery = Type.Object({ date: AskedDay, within: Type.Optional(Id) });
const PartnersQuery = Type.Object({
  ...Page,
  date: AskedDay,
  kind: Type.Optional(Type.Union((Object.keys(kinds) as Kind[]).map((kind) => Type.Literal(kind)))),
  name: Type.Optional(Type.String({ maxLength: 200 })),
  body: Type.Optional(Id),
});
const AreasQuery = Type.Object({
  ...Page,
  date: AskedDay,
  kind: Type.Optional(
    Type.Union((['lsoa', 'ward', 'local-authority', 'region'] as const).map((kind) => Type.Literal(kind))),
  ),
  localAuthority: Type.Optional(Code),
  body: Type.Optional(Id),
});
const Find = Type.Object({ postcode: Type.String({ maxLength: 20 }), date: AskedDay });
const WithId = Type.Object({ id: Id });
const WithCode = Type.Object({ code: Code });
const OnDay = Type.Object({ date: AskedDay });

export type OrganisationRoutes = { db: Db; clock: Clock };

/** Adds the JSON API of organisations, tiers and areas under `/api`. */
export function registerOrganisations(app: FastifyInstance, { db, clock }: OrganisationRoutes): void {
  const organisations = createOrganisations(db);
  const figures = createFigures(db);
  const maps = keepLatest<SystemMap>();
  const on = (date: string | undefined) => dayAsked(date, clock());

  app.get<{ Querystring: Static<typeof SystemQuery> }>(
    '/api/system',
    { config: read, schema: { querystring: SystemQuery } },
    async ({ query }) => {
      const graph = await organisations.graph();
      return systemView(db, graph, await figures(graph), on(query.date), query.within);
    },
  );

  app.get<{ Querystring: Static<typeof SystemQuery> }>(
    '/api/system/map',
    { config: read, schema: { querystring: SystemQuery } },
    async ({ query }) => {
      const graph = await organisations.graph();
      const day = on(query.date);
      return maps(graph, `${day} ${query.within}`, async () =>
        systemMap(db, graph, await figures(graph), day, query.within),
      );
    },
  );

  app.get<{ Querystring: Static<typeof PartnersQuery> }>(
    '/api/organisations',
    { config: search, schema: { querystring: PartnersQuery } },
    async ({ query }) => {
      const { date, after, count, ...filter } = query;
      return listPartners(await organisations.graph(), on(date), filter, { after, count });
    },
  );

  app.get<{ Params: Static<typeof WithId>; Querystring: Static<typeof OnDay> }>(
    '/api/organisations/:id',
    { config: read, schema: { params: WithId, querystring: OnDay } },
    async ({ params, query }) => partnerView(db, await organisations.graph(), params.id, on(query.date)),
  );

  app.get<{ Querystring: Static<typeof AreasQuery> }>(
    '/api/areas',
    { config: search, schema: { querystring: AreasQuery } },
    async ({ query }) => {
      const { kind, localAuthority, body, after = '', count } = query;
      const codes =
        body === undefined ? undefined : areasOf(await organisations.graph(), body, on(query.date));
      const areas = await listAreas(db, { kind, within: localAuthority, codes }, { after, limit: count });
      return { areas, next: areas.length < count ? null : areas.at(-1)!.code };
    },
  );

  app.get<{ Params: Static<typeof WithCode>; Querystring: Static<typeof OnDay> }>(
    '/api/areas/:code',
    { config: read, schema: { params: WithCode, querystring: OnDay } },
    async ({ params, query }) => {
      const places = await organisations.placesOfArea(params.code, on(query.date));
      const area = (await areasByCode(db, [params.code])).get(params.code);
      if (places === undefined && area === undefined) throw unknownArea();
      return { ...area, ...places };
    },
  );

  // A postcode may tell where somebody lives, so it travels in the body and not in the address.
  app.post<{ Body: Static<typeof Find> }>(
    '/api/areas/find',
    { config: search, schema: { body: Find } },
    async ({ body }) => {
      const places = await organisations.placesOf(body.postcode, on(body.date));
      if (places === undefined) throw unknownPostcode();
      return places;
    },
  );
}

const unknownArea = (): Problem =>
  new Problem('organisations/unknown-area', 404, 'There is no area with this code.');

const unknownPostcode = (): Problem =>
  new Problem('organisations/unknown-postcode', 404, 'We do not know where this postcode is.', {
    wayOut: 'Check how it is written. A new postcode needs a newer postcode directory.',
  });
