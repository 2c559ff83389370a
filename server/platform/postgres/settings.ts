/** What the settings depend on. */
export type Machine = {
  memoryBytes: number;
  cores: number;
  /** Free space where the data folder is. */
  freeDiskBytes: number;
  /** Size of the shared memory file system, 0 where there is none. Containers often give 64 MB. */
  sharedMemoryBytes: number;
};

/** `keep`: data survives a power cut. `discard`: test data, which survives a killed process but not a power cut. */
export type Purpose = 'keep' | 'discard';

const mib = 1024 * 1024;
const gib = 1024 * mib;

/**
 * PostgreSQL settings for one machine that also runs OpenICS itself.
 * Shares of memory follow the PostgreSQL manual (section 20.4: a quarter for shared_buffers). Errors are logged without
 * statements, details or values, because those can hold a person's data.
 */
export function settingsFor(machine: Machine, purpose: Purpose): Record<string, string> {
  const share = (fraction: number, low: number, high: number): number =>
    Math.round(Math.min(Math.max(machine.memoryBytes * fraction, low), high) / mib);
  const walMax = Math.round(Math.min(Math.max(machine.freeDiskBytes * 0.1, gib), 16 * gib) / mib);
  const parallel = Math.max(1, Math.floor(machine.cores / 2));
  const kept = purpose === 'keep';

  return {
    listen_addresses: '',
    unix_socket_permissions: '0700',
    max_connections: kept ? '100' : '400',
    shared_buffers: kept ? `${share(0.25, 128 * mib, 8 * gib)}MB` : `${share(0.02, 128 * mib, 512 * mib)}MB`,
    effective_cache_size: `${share(0.6, 256 * mib, 64 * gib)}MB`,
    maintenance_work_mem: `${share(1 / 32, 64 * mib, gib)}MB`,
    work_mem: `${share(1 / 512, 8 * mib, 64 * mib)}MB`,
    dynamic_shared_memory_type: machine.sharedMemoryBytes >= gib ? 'posix' : 'sysv',
    fsync: kept ? 'on' : 'off',
    synchronous_commit: 'on',
    full_page_writes: kept ? 'on' : 'off',
    wal_level: 'minimal',
    max_wal_senders: '0',
    wal_buffers: '64MB',
    max_wal_size: `${kept ? walMax : 1024}MB`,
    min_wal_size: kept ? `${Math.min(1024, walMax)}MB` : '80MB',
    checkpoint_timeout: '15min',
    checkpoint_completion_target: '0.9',
    random_page_cost: '1.1',
    effective_io_concurrency: '200',
    jit: 'off',
    max_parallel_workers: String(machine.cores),
    max_parallel_workers_per_gather: String(parallel),
    max_parallel_maintenance_workers: String(parallel),
    autovacuum_max_workers: String(Math.min(3, Math.max(1, machine.cores))),
    autovacuum_vacuum_cost_limit: '1000',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_line_prefix: '%m [%p] ',
    log_statement: 'none',
    log_min_duration_statement: '-1',
    log_parameter_max_length_on_error: '0',
  };
}

/** The settings as the text of a PostgreSQL configuration file. */
export function settingsFile(settings: Record<string, string>): string {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`);
  return [
    '# Written by OpenICS at each start for this machine. To change a setting for good: alter system set ...',
    ...lines,
    '',
  ].join('\n');
}
