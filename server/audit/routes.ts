import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import type { Clock } from '../platform/clock.ts';
import type { Db } from '../platform/db/index.ts';
import { Problem } from '../platform/errors.ts';
import { tileWidth } from './log/edge.ts';
import { entryBundle } from './log/entries.ts';
import type { AuditLog } from './log/open.ts';
import { lastClosing, tilesNamed } from './log/store.ts';
import { readTilePath, type TilePath } from './log/tile-path.ts';
import type { Proofs } from './lists/proofs.ts';
import { cosignatures } from './lists/store.ts';
import { verifierAsOneFile } from './single-file.ts';
import { cosign, lastCosigned } from './witness/serve.ts';

const see = { access: { action: 'read', resource: 'audit-log' } } as const;
const seeList = { access: { action: 'read', resource: 'audit' } } as const;
const witness = { access: { action: 'write', resource: 'audit-witness' } } as const;
const seeWitness = { access: { action: 'read', resource: 'audit-witness' } } as const;

const forever = 'public, max-age=31536000, immutable';
const Since = Type.Object({ since: Type.Optional(Type.Integer({ minimum: 0 })) });
const OfPerson = Type.Object({ id: Type.String({ format: 'uuid' }) });
const OfUser = Type.Object({ id: Type.String({ minLength: 1, maxLength: 200 }) });

/**
 * Adds the log as static files under `/audit/log` (C2SP tlog-tiles: checkpoint, tiles, entries; hashes only), the witness under
 * `/audit/witness` (C2SP tlog-witness), the verifier to keep, and whole lists with their proofs under `/api/audit`.
 */
export function registerAudit(
  app: FastifyInstance,
  { db, clock, log, proofs }: { db: Db; clock: Clock; log: AuditLog; proofs: Proofs },
): void {
  app.get('/audit/log/checkpoint', { config: see }, async (_request, reply) => {
    const last = await lastClosing(db);
    if (last === undefined) throw new Problem('audit/empty', 404, 'The audit log is empty.');
    const lines = await cosignatures(db, last.size);
    return reply
      .type('text/plain; charset=utf-8')
      .header('cache-control', 'max-age=1')
      .send(last.note + lines.join(''));
  });

  app.get('/audit/log/keys', { config: see }, async (_request, reply) =>
    reply.type('text/plain; charset=utf-8').send((await log.keys.texts()).map((key) => `${key}\n`).join('')),
  );

  app.get<{ Params: { '*': string } }>(
    '/audit/log/tile/entries/*',
    { config: see },
    async (request, reply) => {
      const { n, width } = pathOf(request.params['*']);
      const bundle = await entryBundle(db, n * tileWidth, n * tileWidth + width);
      if (bundle === undefined) throw noTile();
      return reply.type('application/octet-stream').header('cache-control', forever).send(bundle);
    },
  );

  app.get<{ Params: { level: string; '*': string } }>(
    '/audit/log/tile/:level/*',
    { config: see },
    async (request, reply) => {
      const { n, width } = pathOf(request.params['*']);
      if (!/^(0|[1-9]\d?)$/.test(request.params.level)) throw noTile();
      const [tile] = await tilesNamed(db, [{ level: Number(request.params.level), n }]);
      if (tile === undefined || tile.hashes.length < 32 * width) throw noTile();
      return reply
        .type('application/octet-stream')
        .header('cache-control', forever)
        .send(tile.hashes.subarray(0, 32 * width));
    },
  );

  app.get('/audit/verifier.js', { config: see }, async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(verifierAsOneFile()),
  );

  app.post<{ Body: unknown }>(
    '/audit/witness/add-checkpoint',
    { config: witness, bodyLimit: 65_536 },
    async (request, reply) => {
      const body = typeof request.body === 'string' ? request.body : '';
      const answer = await cosign({ db, keys: log.keys, clock, name: `${log.origin}/witness` }, body);
      return reply.status(answer.status).type(answer.type).send(answer.body);
    },
  );

  app.get<{ Params: { hash: string } }>(
    '/audit/witness/:hash/checkpoint',
    { config: seeWitness },
    async (request, reply) => {
      const note = await lastCosigned(db, request.params.hash);
      if (note === undefined)
        throw new Problem('audit/never-cosigned', 404, 'No checkpoint of that log was co-signed here.');
      return reply.type('text/plain; charset=utf-8').send(note);
    },
  );

  app.get<{ Params: Static<typeof OfPerson>; Querystring: Static<typeof Since> }>(
    '/api/audit/people/:id/proof',
    { config: seeList, schema: { params: OfPerson, querystring: Since } },
    (request) => proofs.list({ kind: 'person', id: request.params.id }, request.query.since),
  );

  app.get<{ Params: Static<typeof OfUser>; Querystring: Static<typeof Since> }>(
    '/api/audit/users/:id/proof',
    { config: seeList, schema: { params: OfUser, querystring: Since } },
    (request) => proofs.list({ kind: 'user', id: request.params.id }, request.query.since),
  );
}

function pathOf(text: string): TilePath {
  const path = readTilePath(text);
  if (path === undefined) throw noTile();
  return path;
}

const noTile = (): Problem =>
  new Problem('audit/no-tile', 404, 'The log has no such tile.', {
    wayOut: 'Read the checkpoint first: its size says which tiles there are.',
  });
