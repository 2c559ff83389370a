/**
 * The first minor version of each major one from which no grave fault is known, as PostgreSQL's makers tell it. Read on 22 November 2026:
 * CVE-2026-14669 (high, 8.8), published on 13 August 2026, is mended in 17.11 and 18.6. https://www.postgresql.org/support/security/
 */
const mendedIn: Readonly<Record<string, number>> = { 17: 11, 18: 6 };

/**
 * The version to take instead of one with grave faults that are known; undefined where none is known of it. The version is as PostgreSQL
 * says it (`show server_version`).
 */
export function mendedVersion(version: string): string | undefined {
  const [, major = '', minor = ''] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  const first = mendedIn[major];
  return first !== undefined && Number(minor) < first ? `${major}.${first}` : undefined;
}
