import type { FastifyRequest } from 'fastify';
import type { Happening, Kind, Outcome } from '../audit/index.ts';
import type { AccessDeclaration } from '../platform/http/index.ts';
import type { Known } from './types.ts';

const kinds: Record<AccessDeclaration['action'], Kind> = {
  read: 'read',
  search: 'search',
  write: 'update',
  delete: 'delete',
  export: 'export',
  operate: 'operate',
};

/** A query longer than this is kept up to here, with a sign that more followed. */
const longestQuery = 10_000;

/**
 * What is put on record of one request: one happening for each person it showed or was refused, or one without a person. Nothing where
 * all of it is on record already, with what it changed.
 */
export function happeningsOf(
  request: FastifyRequest,
  { action, resource }: AccessDeclaration,
  { who, userName, accesses, isOnRecord }: Known,
  { at, status }: { at: Date; status: number },
): Happening[] {
  const query = queryOf(request, action);
  const base = {
    ...who,
    at,
    request: request.id,
    particulars: {
      userName,
      address: request.ip,
      target: pathOf(request),
      ...(query === undefined ? {} : { query }),
    },
  };
  const outcome = outcomeOf(action, status);
  const all = accesses();
  if (all.length === 0 && isOnRecord()) return [];
  if (all.length === 0) return [{ ...base, kind: kinds[action], outcome, resource }];
  return all.map((access) => ({
    ...base,
    kind: access.kind,
    purpose: access.purpose,
    outcome: access.outcome === 'permitted' && outcome === 'failed' ? 'failed' : access.outcome,
    ...(access.person === null ? {} : { person: access.person }),
    resource: access.types.length === 1 ? access.types[0]! : resource,
    ...(access.rule === null ? {} : { rule: access.rule }),
    ...(access.reason === undefined ? {} : { particulars: { ...base.particulars, reason: access.reason } }),
  }));
}

/** What was to be changed and was not, because of what was asked, has failed: nothing is on record as changed that is not. */
function outcomeOf(action: AccessDeclaration['action'], status: number): Outcome {
  if (status === 401 || status === 403 || status === 429) return 'refused';
  const isChange = action === 'write' || action === 'delete';
  return status >= (isChange ? 400 : 500) ? 'failed' : 'permitted';
}

const pathOf = ({ url }: FastifyRequest): string => url.split('?', 1)[0]!;

/** What was asked, as it came: after the question mark, or in the body of a search. */
function queryOf({ url, body }: FastifyRequest, action: AccessDeclaration['action']): string | undefined {
  const mark = url.indexOf('?');
  const inBody = action !== 'search' || body == null ? '' : textOf(body);
  const whole = [mark < 0 ? '' : url.slice(mark + 1), inBody].filter((text) => text !== '').join(' ');
  if (whole === '') return undefined;
  return whole.length > longestQuery ? `${whole.slice(0, longestQuery)} …` : whole;
}

function textOf(body: unknown): string {
  if (Buffer.isBuffer(body)) return body.toString();
  return typeof body === 'string' ? body : JSON.stringify(body);
}
