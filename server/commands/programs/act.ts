import { readFileSync } from 'node:fs';
import {
  admitClient,
  clientsAt,
  dismissClient,
  exceptionInWords,
  findClient,
  metadataFrom,
  type Client,
  type Registration,
  type ShortRsa,
} from '../../access/sign-in/index.ts';
import { openAuditLog, type Happening } from '../../audit/index.ts';
import { createOrganisations, dayOf, organisationBehind, sourceOfCode } from '../../organisations/index.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Db, Tx } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { operator, type Operator } from '../on-record/index.ts';

/** What was said of a program or app at the command line. */
export type ProgramOptions = {
  name?: string | undefined;
  organisation?: string | undefined;
  scope?: string | undefined;
  jwks?: string | undefined;
  'rsa2048-until'?: string | undefined;
  'rsa2048-reason'?: string | undefined;
  role?: string | undefined;
  redirect?: string[] | undefined;
  launch?: string | undefined;
  home?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  by?: string | undefined;
};

/** Prints who may ask for tokens. */
export async function listPrograms(db: Db, all: boolean): Promise<number> {
  const now = systemClock();
  const clients = await clientsAt(db, all ? undefined : now);
  if (clients.length === 0) console.log('No program or app is registered.');
  for (const client of clients) {
    console.log(lineOf(client));
    const exception = client.registration['rsa2048Until'] as ShortRsa | undefined;
    if (exception !== undefined) console.log(`    ${exceptionInWords(exception, dayOf(now))}`);
  }
  return 0;
}

/** Registers a program or app, in one transaction with its place in the audit log. */
export async function addProgram(
  db: Db,
  dataDir: string,
  kind: Client['kind'],
  clientId: string,
  given: ProgramOptions,
): Promise<number> {
  const at = systemClock();
  const who = operator(given.by);
  const by = given.by ?? who.user;
  const { organisation, name = '', jwks } = given;
  const scopes = (given.scope ?? '').split(/\s+/).filter(Boolean);
  const day = given['rsa2048-until'];
  const said: Registration = {
    clientId,
    name,
    kind,
    scopes,
    redirects: given.redirect ?? [],
    ...(jwks === undefined ? {} : /^https?:/.test(jwks) ? { jwksAddress: jwks } : { jwks: keysIn(jwks) }),
    ...(given.launch === undefined ? {} : { launchAddress: given.launch }),
    ...(given.home === undefined ? {} : { home: given.home }),
    ...(day === undefined ? {} : { rsa2048Until: { day, reason: given['rsa2048-reason'] ?? '' } }),
  };
  const registration = metadataFrom(said, dayOf(at));
  if (organisation === undefined) throw wrong('--organisation', 'Say who answers for it.');
  const from = dateIn('--from', given.from) ?? at;
  const to = dateIn('--to', given.to);
  if (to !== undefined && to <= from) throw wrong('--to', 'It would end before it begins.');
  const organisationId = await organisationBehind(createOrganisations(db), sourceOfCode(organisation));
  if (organisationId === undefined)
    throw wrong('--organisation', `No organisation with the code ${organisation} is known.`);
  if ((await clientsAt(db, undefined)).some((each) => each.clientId === clientId))
    throw wrong('id', 'This id was used before. Choose another, so that what its tokens meant stays known.');
  const role = given.role ?? 'L-PROGRAM-CARE';
  const client: Client = {
    clientId,
    name,
    kind,
    organisation,
    registration,
    scopes,
    registeredBy: by,
    from,
    to,
  };
  const post = kind === 'program' ? { role, organisationId } : undefined;
  await recorded(db, dataDir, { at, who, organisation, clientId, rule: `${kind}-registered` }, (tx) =>
    admitClient(tx, client, post, { by, at }),
  );
  console.log(lineOf(client));
  return 0;
}

/** Ends a registration now. */
export async function endProgram(
  db: Db,
  dataDir: string,
  clientId: string,
  given: ProgramOptions,
): Promise<number> {
  const at = systemClock();
  const who = operator(given.by);
  const by = given.by ?? who.user;
  const client = await findClient(db, clientId, at);
  if (client === undefined) throw wrong('id', 'No program or app of this id is in force.');
  const { organisation } = client;
  await recorded(db, dataDir, { at, who, organisation, clientId, rule: `${client.kind}-ended` }, (tx) =>
    dismissClient(tx, clientId, { by, at }),
  );
  console.log(`${clientId} may ask for nothing from now on.`);
  return 0;
}

type Act = { at: Date; who: Operator; organisation: string; clientId: string; rule: string };

/** Does something and puts it on record in the same transaction. */
async function recorded(
  db: Db,
  dataDir: string,
  { clientId, who: { user, purpose, userName }, ...act }: Act,
  work: (tx: Tx) => Promise<unknown>,
): Promise<void> {
  const log = await openAuditLog({
    db,
    dataDir,
    clock: systemClock,
    onError: (error) => console.error(error),
  });
  const happening: Happening = {
    ...act,
    user,
    purpose,
    kind: 'policy',
    outcome: 'permitted',
    resource: 'client',
    particulars: { target: `client/${clientId}`, ...(userName === undefined ? {} : { userName }) },
  };
  try {
    await db.transaction(async (tx) => {
      await work(tx);
      await log.append(tx, [happening], newId());
    });
    await log.placeAll();
  } finally {
    await log.stop();
  }
}

function lineOf({ clientId, kind, name, organisation, scopes, from, to }: Client): string {
  const until = to === undefined ? '' : ` to ${to.toISOString().slice(0, 10)}`;
  const since = from.toISOString().slice(0, 10);
  return `${clientId.padEnd(24)} ${kind.padEnd(8)} ${organisation.padEnd(8)} from ${since}${until}  ${name}\n    ${scopes.join(' ')}`;
}

function keysIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw wrong('--jwks', 'The file of keys cannot be read, or is not JSON.');
  }
}

function dateIn(place: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw wrong(place, `${text} is no date. It looks like 2026-04-01.`);
  return date;
}

const wrong = (place: string, message: string): Problem =>
  new Problem('programs/registration', 400, message, {
    place,
    wayOut: './openics programs --help shows what is needed.',
  });
