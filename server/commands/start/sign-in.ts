import type { ProviderSettings } from '../../access/sign-in/index.ts';
import { dayOf } from '../../organisations/index.ts';
import { Problem } from '../../platform/errors.ts';
import type { Demonstration } from '../../synthetic/index.ts';

/** Whether and how people sign in. */
export type SignInChoice = {
  /** Providers of the ICS; none where made-up people are chosen from a page. */
  providers: ProviderSettings[];
  isDemonstration: boolean;
  /** The address others than this machine use, without a slash at its end; undefined for this machine only. */
  address: string | undefined;
};

/** The options of `start` about signing in, for `parseArgs`. */
export const signInOptions = {
  'sign-in': { type: 'string' },
  address: { type: 'string' },
  'unmended-postgres': { type: 'boolean' },
} as const;

export const signInHelp = `  --sign-in demonstration   everybody signs in, as somebody made up: no password
  --sign-in FILE    everybody signs in with the providers named there (docs/security/sign-in.md)
  --address URL     the https address people use, where a server in front ends TLS
  --unmended-postgres   with providers: go on although PostgreSQL has grave faults that are known`;

type Given = { 'sign-in'?: string | undefined; address?: string | undefined };

/** What the options ask for; undefined when sign-in stays off. */
export async function signInChoice(given: Given): Promise<SignInChoice | undefined> {
  const { 'sign-in': how, address } = given;
  if (how === undefined) {
    if (address === undefined) return undefined;
    throw refused('--address is only for a server that people sign in to.', 'Add --sign-in FILE.');
  }
  if (how === 'demonstration') {
    if (address === undefined) return { providers: [], isDemonstration: true, address: undefined };
    throw refused(
      'A demonstration is served on this machine only: anybody could be anybody.',
      'Leave out --address, or give the providers of your ICS with --sign-in FILE.',
    );
  }
  const { readProviders } = await import('../../access/sign-in/index.ts');
  return { providers: readProviders(how), isDemonstration: false, address: httpsAddress(address) };
}

/** Providers whose RSA keys may be short, one line each. */
export async function shortKeyLines(choice: SignInChoice | undefined, now: Date): Promise<string[]> {
  const { exceptionInWords } = await import('../../access/sign-in/index.ts');
  return (choice?.providers ?? []).flatMap(({ label, rsa2048Until }) =>
    rsa2048Until === undefined ? [] : [`${label}: ${exceptionInWords(rsa2048Until, dayOf(now))}`],
  );
}

/** What is said where people of an ICS sign in and nobody keeps secrets but the program. */
export function secretsLine(
  choice: SignInChoice | undefined,
  setting: string | undefined,
): string | undefined {
  if (choice === undefined || choice.isDemonstration || (setting ?? '') !== '') return undefined;
  return 'No vault keeps the secrets: they lie in files of this account and in the database (docs/security/secrets.md).';
}

/**
 * Where the people of an ICS sign in, PostgreSQL has no grave fault that is known, unless whoever starts it says that they know. The
 * version is as PostgreSQL says it.
 */
export async function mustBeMended(
  choice: SignInChoice | undefined,
  { version, isKnown }: { version: string; isKnown: boolean },
): Promise<void> {
  if (choice === undefined || choice.isDemonstration || isKnown) return;
  const { mendedVersion } = await import('../../platform/postgres/index.ts');
  const better = mendedVersion(version);
  if (better === undefined) return;
  throw refused(
    `PostgreSQL ${version} has grave faults that are known, and that ${better} mends.`,
    `Give a PostgreSQL of ${better} or later by DATABASE_URL. Until you can: --unmended-postgres.`,
  );
}

/** Made-up users come only where the people are made up too. */
export function mustFit(
  choice: SignInChoice | undefined,
  there: { demonstration: Demonstration | undefined; isEmpty: boolean },
): void {
  if (choice?.isDemonstration !== true || there.demonstration !== undefined || there.isEmpty) return;
  throw refused(
    'The people in this database are not of a demonstration, so nobody may sign in as somebody made up.',
    'Give the providers of your ICS with --sign-in FILE.',
  );
}

/**
 * Where people signed in once, everything goes on record; a server without sign-in would show it all to this machine off the record.
 * Only made-up people may be looked at so.
 */
export function mustStayOnRecord(
  choice: SignInChoice | undefined,
  there: { demonstration: Demonstration | undefined; hasLog: boolean },
): void {
  if (choice !== undefined || !there.hasLog || there.demonstration !== undefined) return;
  throw refused(
    'This database has an audit log. Without sign-in, what is shown and changed would not be in it.',
    'Start it with --sign-in FILE, as before.',
  );
}

function httpsAddress(address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  const url = URL.parse(address);
  if (url?.protocol === 'https:' && url.pathname === '/' && url.search === '') return url.origin;
  throw refused(
    `--address ${address} is not an https address alone.`,
    'Give it as https://ics.example.nhs.uk',
  );
}

const refused = (says: string, wayOut: string): Problem =>
  new Problem('start/sign-in', 400, says, { wayOut });
