/** A table of dated facts: every column that says something, with its type. All have fact_id, said_by and withdrawn_by too. */
export type FactTable = { name: string; columns: readonly (readonly [name: string, type: string])[] };

const span = [
  ['valid_from', 'date'],
  ['valid_to', 'date'],
] as const;

const owner = ['organisation_id', 'uuid'] as const;

export const factTables = {
  description: {
    name: 'description',
    columns: [owner, ['kind', 'text'], ['name', 'text'], ['status', 'text'], ...span],
  },
  odsRole: { name: 'ods_role', columns: [owner, ['code', 'text'], ['words', 'text'], ...span] },
  site: {
    name: 'site',
    columns: [
      owner,
      ['site_key', 'text'],
      ['name', 'text'],
      ['address', 'text[]'],
      ['postcode', 'text'],
      ['longitude', 'float8'],
      ['latitude', 'float8'],
      ...span,
    ],
  },
  service: {
    name: 'service',
    columns: [
      owner,
      ['service_key', 'text'],
      ['kind', 'text'],
      ['name', 'text'],
      ['site_key', 'text'],
      ...span,
    ],
  },
  contact: { name: 'contact', columns: [owner, ['kind', 'text'], ['value', 'text'], ...span] },
  post: {
    name: 'post',
    columns: [owner, ['role', 'text'], ['person', 'text'], ['phone', 'text'], ['email', 'text'], ...span],
  },
  feedNote: { name: 'feed_note', columns: [owner, ['settings', 'jsonb'], ...span] },
  membership: {
    name: 'membership',
    columns: [owner, ['body_id', 'uuid'], ['kind', 'text'], ['said_key', 'text'], ...span],
  },
  succession: {
    name: 'succession',
    columns: [
      ['kind', 'text'],
      ['on_date', 'date'],
      ['place_in_day', 'integer'],
      ['predecessors', 'uuid[]'],
      ['heirs', 'uuid[]'],
      ['taken', 'jsonb'],
      ['new_name', 'text'],
    ],
  },
} as const satisfies Record<string, FactTable>;

export type FactKind = keyof typeof factTables;

type Owned = { organisation_id: string };
type Dated = { valid_from: string | null; valid_to: string | null };

/** A row of each table, as it is said. Missing is null. */
export type FactRows = {
  description: Owned & Dated & { kind: string; name: string; status: 'active' | 'inactive' };
  odsRole: Owned & Dated & { code: string; words: string };
  site: Owned &
    Dated & {
      site_key: string;
      name: string;
      address: string[];
      postcode: string | null;
      longitude: number | null;
      latitude: number | null;
    };
  service: Owned & Dated & { service_key: string; kind: string; name: string; site_key: string | null };
  contact: Owned & Dated & { kind: 'phone' | 'email' | 'url'; value: string };
  post: Owned & Dated & { role: string; person: string | null; phone: string | null; email: string | null };
  feedNote: Owned & Dated & { settings: unknown };
  membership: Owned & Dated & { body_id: string; kind: string; said_key: string | null };
  succession: {
    kind: string;
    on_date: string;
    place_in_day: number;
    predecessors: string[];
    heirs: string[];
    taken: Readonly<Record<string, string[]>>;
    new_name: string | null;
  };
};

export type Facts = { [K in FactKind]?: FactRows[K][] };
