import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import type { Piece, Viewing } from '../../access/index.ts';
import { Problem } from '../../platform/errors.ts';
import type { FileDoor } from '../../platform/scanning/index.ts';
import { withoutContents } from '../formats/index.ts';
import { isOpen, refusalOf } from '../pieces/index.ts';
import { heldAttachment } from './attachments.ts';
import { keptBack } from './kept-back.ts';
import { createLoader, type Loaded } from './load.ts';
import { findPeople } from './people.ts';
import type { ViewServices } from './services.ts';
import { createSeenLoader } from './load-seen.ts';
import { sightIn, withSight } from './seen.ts';
import { stateOf } from './statements/index.ts';
import { timelineOf } from './timeline.ts';
import { createWriter } from './written.ts';
import { codeInAddress, parts, sendRecord, sendSeries, type Part } from './wire.ts';

const read = { access: { action: 'read', resource: 'record' } } as const;
const search = { access: { action: 'search', resource: 'people' } } as const;

const Id = Type.String({ format: 'uuid' });
const PersonParams = Type.Object({ id: Id });
const Name = Type.String({ pattern: '^[A-Za-z0-9.-]{1,64}$' });

const RecordQuery = Type.Object({
  parts: Type.Optional(Type.String({ maxLength: 200 })),
  latest: Type.Optional(Type.Integer({ minimum: 0 })),
  points: Type.Optional(Type.Integer({ minimum: 0 })),
});

const PeopleSearch = Type.Object({
  name: Type.Optional(Type.String({ maxLength: 200 })),
  born: Type.Optional(Type.String({ maxLength: 40 })),
  nhsNumber: Type.Optional(Type.String({ maxLength: 40 })),
  count: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  cursor: Type.Optional(Type.String({ maxLength: 2000 })),
});

const StatementParams = Type.Object({ id: Id, type: Name, resource: Name });
const AttachmentParams = Type.Object({
  id: Id,
  type: Name,
  resource: Name,
  index: Type.Integer({ minimum: 0 }),
});

type Asking = { viewing: Viewing; params: { id: string } };

/** Adds the JSON API behind the record pages under `/api`. */
export function registerRecordView(app: FastifyInstance, services: ViewServices & { files: FileDoor }): void {
  const load = createLoader(services);
  const loadSeen = createSeenLoader(services);
  const { files } = services;
  const write = createWriter(services, load);

  const loadOr404 = async ({ viewing, params }: Asking): Promise<Loaded> => {
    const sight = sightIn(services, viewing);
    const loaded = sight === undefined ? await load(params.id) : await loadSeen(sight, params.id);
    if (loaded === undefined) throw noPerson();
    return loaded;
  };

  app.get('/api/overview', { config: read }, async ({ viewing }, reply) => {
    await mayCountAll(viewing);
    return sendPrivately(reply, await services.overview());
  });

  app.post<{ Body: Static<typeof PeopleSearch> }>(
    '/api/people/search',
    { config: search, schema: { body: PeopleSearch } },
    async (request, reply) => {
      const { count = 20, cursor, ...typed } = request.body;
      const sight = sightIn(services, request.viewing);
      const seen = sight === undefined ? services : withSight(services, sight);
      const found = await findPeople(seen, typed, { count, cursor });
      return sendPrivately(reply, found, 'misfits' in found ? 400 : 200);
    },
  );

  app.get<{ Params: Static<typeof PersonParams>; Querystring: Static<typeof RecordQuery> }>(
    '/api/people/:id/record',
    { config: read, schema: { params: PersonParams, querystring: RecordQuery } },
    async (request, reply) => {
      const { latest, points } = request.query;
      const wanted = partsIn(request.query.parts);
      const name = `record ${wanted.join()} ${latest} ${points}`;
      const send = ({ view }: Loaded) => sendRecord(view, wanted, { latest, points });
      if (!request.viewing.seesAll) {
        const loaded = await loadOr404(request);
        return unlessKnown(request, reply, loaded.version, () => send(loaded));
      }
      const written = await write(request.params.id, name, send);
      if (written === undefined) throw noPerson();
      return unlessKnown(request, reply, written.version, () => written.bytes);
    },
  );

  app.get<{ Params: Static<typeof PersonParams> }>(
    '/api/people/:id/banner',
    { config: read, schema: { params: PersonParams } },
    async (request, reply) => {
      const { view, version } = await loadOr404(request);
      return unlessKnown(request, reply, version, () => view.banner);
    },
  );

  app.get<{ Params: Static<typeof PersonParams>; Querystring: { year?: number } }>(
    '/api/people/:id/timeline',
    {
      config: read,
      schema: {
        params: PersonParams,
        querystring: Type.Object({ year: Type.Optional(Type.Integer({ minimum: 1800, maximum: 2200 })) }),
      },
    },
    async (request, reply) => {
      const { view, version } = await loadOr404(request);
      return unlessKnown(request, reply, version, () => ({
        banner: view.banner,
        ...timelineOf(view, request.query.year),
      }));
    },
  );

  app.get<{ Params: { id: string; code: string } }>(
    '/api/people/:id/results/:code',
    { config: read, schema: { params: Type.Object({ id: Id, code: Type.String({ maxLength: 1000 }) }) } },
    async (request, reply) => {
      const { view, version } = await loadOr404(request);
      const series = view.results.find((each) => codeInAddress(each.key) === request.params.code);
      if (series === undefined) throw nothingHere();
      return unlessKnown(request, reply, version, () => ({ banner: view.banner, ...sendSeries(series) }));
    },
  );

  app.get<{ Params: Static<typeof StatementParams> }>(
    '/api/people/:id/statements/:type/:resource',
    { config: read, schema: { params: StatementParams } },
    async (request, reply) => {
      const loaded = await loadOr404(request);
      const filed = filedIn(loaded, request.params);
      const statement = stateOf(filed, loaded.lookup);
      if (statement === undefined) throw nothingHere();
      const { tree: sent } = await withoutContents(filed.resource, files);
      const { key: _key, group: _group, source, ...rest } = statement;
      return unlessKnown(request, reply, loaded.version, () => ({
        banner: loaded.view.banner,
        statement: { ...rest, source: source.name, deliveredBy: filed.source },
        sent: JSON.stringify(sent, null, 2),
      }));
    },
  );

  app.get<{ Params: Static<typeof AttachmentParams> }>(
    '/api/people/:id/attachments/:type/:resource/:index',
    { config: read, schema: { params: AttachmentParams } },
    async (request, reply) => {
      const loaded = await loadOr404(request);
      const { resource } = filedIn(loaded, request.params);
      const held = heldAttachment(resource, request.params.index, loaded.lookup);
      if (held === undefined) throw nothingHere();
      const page = await keptBack(files, held.bytes, request, reply);
      if (page !== undefined) return page;
      return reply.headers(held.headers).send(held.bytes);
    },
  );
}

/** Counts over everybody tell of people whom whoever asks may not see: they are for those who operate the system. */
async function mayCountAll(viewing: Viewing): Promise<void> {
  if (viewing.seesAll) return;
  const [decision] = await viewing.decide('operate', [everything]);
  if (!isOpen(decision!)) throw refusalOf(decision!);
}

const everything: Piece = {
  type: 'MeasureReport',
  id: 'overview',
  patientId: null,
  dataClass: 'directory',
  labels: [],
  source: null,
};

function filedIn(loaded: Loaded, params: { type: string; resource: string }) {
  const found = loaded.filed.find(
    ({ resource }) => resource.resourceType === params.type && resource.id === params.resource,
  );
  if (found === undefined) throw nothingHere();
  return found;
}

function partsIn(text: string | undefined): readonly Part[] {
  if (text === undefined) return parts;
  const names = text.split(',').filter((name) => name !== '');
  const unknown = names.filter((name) => !(parts as readonly string[]).includes(name));
  if (unknown.length > 0) {
    throw new Problem('record/view-part-unknown', 400, 'The record has no such part.', {
      place: 'parts',
      wayOut: `Ask for some of: ${parts.join(', ')}.`,
    });
  }
  return names as Part[];
}

/** Answers 304 when the caller already has this version. */
function unlessKnown(
  request: FastifyRequest,
  reply: FastifyReply,
  version: string,
  body: () => unknown,
): FastifyReply {
  const etag = `"${version}"`;
  reply.header('etag', etag);
  if (request.headers['if-none-match'] === etag) {
    return reply.header('cache-control', 'no-store').status(304).send();
  }
  return sendPrivately(reply, body());
}

/** Sends a person's data so that nothing on the way keeps it. */
function sendPrivately(reply: FastifyReply, body: unknown, status = 200): FastifyReply {
  return reply
    .status(status)
    .headers({ 'cache-control': 'no-store', 'content-type': 'application/json; charset=utf-8' })
    .send(Buffer.isBuffer(body) ? body : JSON.stringify(body));
}

function noPerson(): Problem {
  return new Problem('record/no-such-person', 404, 'There is no person at this address.', {
    wayOut: 'Search for the person again: their records may have been linked or unlinked since.',
  });
}

function nothingHere(): Problem {
  return new Problem('record/not-in-this-record', 404, 'This record holds nothing at this address.', {
    wayOut: 'Go back to the record: it may have been changed or taken back since.',
  });
}
