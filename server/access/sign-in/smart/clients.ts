import type { Queryable } from '../../../platform/db/index.ts';

/** A program (SMART Backend Services) or app that may ask for tokens. */
export type Client = {
  clientId: string;
  name: string;
  kind: 'program' | 'app';
  /** Who answers for it: a code of the directory. */
  organisation: string;
  /** OpenID client metadata: keys, addresses it returns to. */
  registration: Record<string, unknown>;
  scopes: string[];
  registeredBy: string;
  from: Date;
  to: Date | undefined;
};

type Row = {
  client_id: string;
  name: string;
  kind: Client['kind'];
  organisation: string;
  registration: Record<string, unknown>;
  scopes: string[];
  registered_by: string;
  valid_from: Date;
  valid_to: Date | null;
};

const columns =
  'client_id, name, kind, organisation, registration, scopes, registered_by, valid_from, valid_to';

/** Writes a client. Its id is new; a change is a new client, so that what a token meant stays known. */
export async function insertClient(db: Queryable, client: Client): Promise<void> {
  await db.query(`insert into access.client (${columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, [
    client.clientId,
    client.name,
    client.kind,
    client.organisation,
    JSON.stringify(client.registration),
    client.scopes,
    client.registeredBy,
    client.from,
    client.to ?? null,
  ]);
}

/** The client of this id whose registration holds at `at`. */
export async function findClient(db: Queryable, clientId: string, at: Date): Promise<Client | undefined> {
  const [row] = await db.query<Row>(
    `select ${columns} from access.client
     where client_id = $1 and valid_from <= $2 and (valid_to is null or valid_to > $2)`,
    [clientId, at],
    { name: 'access-client' },
  );
  return row === undefined ? undefined : clientOf(row);
}

/** The apps whose registration holds at `at`, by name. */
export async function appsInForce(db: Queryable, at: Date): Promise<Client[]> {
  return (await clientsAt(db, at)).filter(({ kind }) => kind === 'app');
}

/** All programs and apps whose registration holds at `at`, by name; without a moment, the ended ones too. */
export async function clientsAt(db: Queryable, at: Date | undefined): Promise<Client[]> {
  const rows = await db.query<Row>(
    `select ${columns} from access.client
     where $1::timestamptz is null or (valid_from <= $1 and (valid_to is null or valid_to > $1))
     order by name, client_id`,
    [at ?? null],
    { name: 'access-clients' },
  );
  return rows.map(clientOf);
}

/** Where programs and apps whose registration holds at `at` publish their keys. */
export async function keyAddresses(db: Queryable, at: Date): Promise<Set<string>> {
  const clients = await clientsAt(db, at);
  const addresses = clients.flatMap(({ registration: { jwks_uri: address } }) =>
    typeof address === 'string' ? [new URL(address).href] : [],
  );
  return new Set(addresses);
}

/** Ends a client's registration. Its tokens stop working at once. */
export async function endClient(db: Queryable, clientId: string, at: Date): Promise<boolean> {
  const rows = await db.query(
    `update access.client set valid_to = $2
     where client_id = $1 and (valid_to is null or valid_to > $2) returning 1`,
    [clientId, at],
  );
  return rows.length > 0;
}

function clientOf(row: Row): Client {
  return {
    clientId: row.client_id,
    name: row.name,
    kind: row.kind,
    organisation: row.organisation,
    registration: row.registration,
    scopes: row.scopes,
    registeredBy: row.registered_by,
    from: row.valid_from,
    to: row.valid_to ?? undefined,
  };
}
