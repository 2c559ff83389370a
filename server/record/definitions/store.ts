import type { Db, Queryable } from '../../platform/db/index.ts';
import type { Resource } from '../types.ts';
import type { DefinitionPackage } from './types.ts';

export type LoadedPackage = { name: string; version: string; loaded: Date; definitions: number };

/** Stores a package in place of what was stored under its name and version. */
export async function savePackage(db: Db, pack: DefinitionPackage, loaded: Date): Promise<void> {
  const rows = new Map<string, Resource>();
  for (const one of pack.resources)
    rows.set(`${one.resourceType}|${String(one['url'])}|${versionOf(one)}`, one);
  const resources = [...rows.values()];
  await db.transaction(async (tx) => {
    await deletePackage(tx, pack.name, pack.version);
    await tx.query('insert into record.package (name, version, loaded) values ($1, $2, $3)', [
      pack.name,
      pack.version,
      loaded,
    ]);
    await tx.query(
      `insert into record.definition (package_name, package_version, type, url, version, content)
       select $1, $2, type, url, version, content
       from unnest($3::text[], $4::text[], $5::text[], $6::text[]) as given (type, url, version, content)`,
      [
        pack.name,
        pack.version,
        resources.map((one) => one.resourceType),
        resources.map((one) => String(one['url'])),
        resources.map(versionOf),
        resources.map((one) => JSON.stringify(one)),
      ],
    );
  });
}

function versionOf(resource: Resource): string {
  return typeof resource['version'] === 'string' ? resource['version'] : '';
}

/** Removes a package; returns false when it was not there. */
export async function removePackage(db: Db, name: string, version: string): Promise<boolean> {
  return db.transaction((tx) => deletePackage(tx, name, version));
}

async function deletePackage(tx: Queryable, name: string, version: string): Promise<boolean> {
  await tx.query('delete from record.definition where package_name = $1 and package_version = $2', [
    name,
    version,
  ]);
  const gone = await tx.query('delete from record.package where name = $1 and version = $2 returning name', [
    name,
    version,
  ]);
  return gone.length > 0;
}

/** Lists the packages stored, first loaded first. */
export async function listPackages(db: Queryable): Promise<LoadedPackage[]> {
  return db.query<LoadedPackage>(
    `select p.name, p.version, p.loaded, count(d.url)::integer as definitions
     from record.package p
     left join record.definition d on d.package_name = p.name and d.package_version = p.version
     group by p.name, p.version, p.loaded
     order by p.loaded, p.name, p.version`,
  );
}

/** Reads every stored package with its definitions, first loaded first, ready for `openDefinitions`. */
export async function storedPackages(db: Queryable): Promise<DefinitionPackage[]> {
  const listed = await listPackages(db);
  const rows = await db.query<{ package_name: string; package_version: string; content: string }>(
    `select package_name, package_version, content
     from record.definition
     order by package_name, package_version, type, url, version`,
  );
  return listed.map(({ name, version }) => ({
    name,
    version,
    resources: rows
      .filter((row) => row.package_name === name && row.package_version === version)
      .map((row) => JSON.parse(row.content) as Resource),
  }));
}
