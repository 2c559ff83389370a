import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { Problem } from '../../errors.ts';

const Path = Type.String({ pattern: '^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*$', maxLength: 200 });
const File = Type.String({ minLength: 1, maxLength: 1000 });
const closed = { additionalProperties: false };
const Settings = Type.Object(
  {
    address: Type.String({ pattern: '^https?://', maxLength: 300 }),
    /** Where the KV engine, version 2, is mounted. */
    mount: Path,
    /** Where in it the secrets of this OpenICS lie. No other shares it. */
    path: Path,
    namespace: Type.Optional(Path),
    /** A file with the authority of the vault's certificate, where it is one of your own. */
    authority: Type.Optional(File),
    timeoutMs: Type.Optional(Type.Integer({ minimum: 100, maximum: 60_000 })),
    login: Type.Union([
      Type.Object({ tokenFile: File }, closed),
      Type.Object(
        { roleId: Type.String({ minLength: 1 }), secretIdFile: File, at: Type.Optional(Path) },
        closed,
      ),
      Type.Object({ role: Type.String({ minLength: 1 }), jwtFile: File, at: Type.Optional(Path) }, closed),
    ]),
  },
  closed,
);
const checked = Compile(Settings);

/** Where a vault is, where in it our secrets lie, and how we show who we are. */
export type VaultSettings = Static<typeof Settings>;

/** Reads the settings of a vault from a JSON file. Throws a Problem that names the place of the first fault. */
export function readVaultSettings(file: string): VaultSettings {
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw wrong(file, error instanceof SyntaxError ? 'They are not JSON.' : 'The file cannot be read.');
  }
  return checkVaultSettings(given, file);
}

/** The same for settings that were read already. */
export function checkVaultSettings(given: unknown, place: string): VaultSettings {
  if (!checked.Check(given)) {
    const [first] = checked.Errors(given);
    throw wrong(`${place} ${first?.instancePath ?? ''}`.trim(), 'Something is missing or not as it must be.');
  }
  const url = URL.parse(given.address);
  if (url === null || url.pathname !== '/' || url.search !== '' || url.username !== '')
    throw wrong(`${place} /address`, 'The address is more, or less, than scheme, host and port.');
  const isHere = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  if (url.protocol !== 'https:' && !isHere)
    throw wrong(`${place} /address`, 'Only a vault on this machine may go without https.');
  for (const each of [given.mount, given.path, given.namespace ?? ''])
    if (/(^|\/)\.\.?(\/|$)/.test(each)) throw wrong(place, 'A path may not lead upwards.');
  return given;
}

/** A file that shows who we are. `credential:NAME` is one that systemd handed over. */
export function loginFile(given: string): string {
  const name = /^credential:([\w.-]+)$/.exec(given)?.[1];
  return name === undefined ? given : path.join(process.env['CREDENTIALS_DIRECTORY'] ?? '/', name);
}

const wrong = (place: string, says: string): Problem =>
  new Problem('secrets/vault-settings', 400, `The settings of the vault are not right. ${says}`, {
    place,
    wayOut: 'docs/security/secrets.md shows a file.',
  });
