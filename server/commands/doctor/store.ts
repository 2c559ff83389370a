import type { Db } from '../../platform/db/index.ts';

const settings = [
  'server_version',
  'server_encoding',
  'fsync',
  'full_page_writes',
  'synchronous_commit',
  'data_checksums',
  'max_connections',
];

/** What a PostgreSQL server says of its settings, its clock and its connections. */
export async function readServer(
  db: Db,
): Promise<{ settings: Record<string, string>; timeMs: number; connections: number }> {
  const [clock] = await db.query<{ ms: number; connections: number }>(
    `select extract(epoch from clock_timestamp())::float8 * 1000 as ms,
       (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as connections`,
  );
  const rows = await db.query<{ name: string; setting: string }>(
    'select name, setting from pg_settings where name = any($1)',
    [settings],
  );
  const version = await db.query<{ version: string }>(`select current_setting('server_version') as version`);
  return {
    settings: {
      ...Object.fromEntries(rows.map((row) => [row.name, row.setting])),
      server_version: version[0]?.version ?? '',
    },
    timeMs: clock?.ms ?? 0,
    connections: clock?.connections ?? 0,
  };
}
