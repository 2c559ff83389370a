import { Problem } from '../../platform/errors.ts';
import { askClamd, placeOfScanner, type Scanning } from '../../platform/scanning/index.ts';
import type { SignInChoice } from './sign-in.ts';

/** The options of `start` about scanning files, for `parseArgs`. */
export const scannerOptions = { scanner: { type: 'string' }, 'no-scanner': { type: 'boolean' } } as const;

export const scannerHelp = `  --scanner PLACE   files are given out once clamd at this socket, or HOST:PORT here, calls them clean
  --no-scanner      files are given out unscanned, because others scan them`;

/** A start does not wait longer for a scanner. */
const patienceMs = 3000;

type Given = { scanner?: string | undefined; 'no-scanner'?: boolean | undefined };

/** Who scans files before they leave. Where the people of an ICS sign in and nothing is said, no file leaves. */
export function scanningChoice(given: Given, signIn: SignInChoice | undefined): Scanning {
  const { scanner, 'no-scanner': none = false } = given;
  if (scanner !== undefined && none)
    throw new Problem('start/scanner', 400, '--scanner and --no-scanner say two things.', {
      wayOut: 'Leave one out.',
    });
  if (scanner !== undefined) return { by: 'scanner', place: placeOfScanner(scanner) };
  return none || signIn === undefined || signIn.isDemonstration ? { by: 'nobody' } : { by: 'not-said' };
}

/** What the terminal says of it, where files are kept back. */
export async function scanningWords(scanning: Scanning): Promise<string | undefined> {
  if (scanning.by === 'not-said')
    return 'No file is given out, because nothing scans them: add --scanner PLACE, or --no-scanner.';
  if (scanning.by === 'nobody') return undefined;
  const said = await askClamd(scanning.place, Buffer.from('OpenICS'), patienceMs);
  return said.is === 'silent'
    ? `The scanner gives no answer (${said.why}): no file is given out until it does.`
    : undefined;
}
