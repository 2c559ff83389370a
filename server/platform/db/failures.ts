import { Problem } from '../errors.ts';

/** PostgreSQL and socket codes that say the database cannot be reached now, rather than that the statement was wrong. */
const awayCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'EACCES',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
]);

const awayMessages = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'Client has encountered a connection error',
  'Client was closed and is not queryable',
  'Cannot use a pool after calling end',
];

/** The SQLSTATE or socket code of an error, where it has one. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** True when the database is away, so that the same request may succeed later. */
export function isAway(error: unknown): boolean {
  if (error instanceof Problem) return error.code === 'platform/database-away';
  const code = errorCode(error);
  if (code !== undefined && awayCodes.has(code)) return true;
  return error instanceof Error && awayMessages.some((text) => error.message.includes(text));
}

/** True when PostgreSQL asks for the transaction to be run again (deadlock, serialisation). */
export function asksForRetry(error: unknown): boolean {
  const code = errorCode(error);
  return code === '40001' || code === '40P01';
}

/** True when a unique key was already there. */
export function isUniqueViolation(error: unknown): boolean {
  return errorCode(error) === '23505';
}

/** What a text says of an error whose code was lost. The first that fits counts. */
const lostCodes = [
  ['violates unique constraint', '23505'],
  [' constraint "', '23000'],
  ['deadlock detected', '40P01'],
  ['invalid byte sequence', '22021'],
  [' exceeds ', '54000'],
] as const;

/** Citus tells what a worker refused of a COPY without its code: gives the error the code its text stands for. */
export function withLostCode(error: unknown): unknown {
  if (errorCode(error) !== 'XX000' || !(error instanceof Error)) return error;
  const found = lostCodes.find(([text]) => error.message.includes(text));
  return found === undefined ? error : Object.assign(error, { code: found[1] });
}

/** The same error, or a Problem with status 503 when the database is away. */
export function described(error: unknown): unknown {
  if (!isAway(error) || error instanceof Problem) return error;
  return new Problem('platform/database-away', 503, 'The database cannot be reached at the moment.', {
    wayOut: 'Nothing was stored. Send the request again in a few seconds.',
    cause: error,
  });
}
