import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { Problem } from '../errors.ts';
import { LatestFew } from '../latest-few.ts';
import { askClamd, type Place, type Said } from './clamd.ts';

/** Whether files are scanned before they leave: by a scanner, by nobody because the operator says so, or nobody said. */
export type Scanning =
  { by: 'scanner'; place: Place; patienceMs?: number } | { by: 'nobody' } | { by: 'not-said' };

/** Whether a content may leave, and why not. */
export type Answer = 'clear' | 'malicious' | 'not-scanned' | 'no-scanner';

/** The one way by which a content that others sent may leave as a file. */
export type FileDoor = {
  /** True when nothing is asked: every content may leave. */
  isOpen: boolean;
  ask(bytes: Uint8Array): Promise<Answer>;
  /** Throws a Problem unless the content may leave. */
  mayLeave(bytes: Uint8Array): Promise<void>;
};

export type Telling = {
  /** Told, before the answer, of each malicious content: its SHA-256 and what the scanner calls it. */
  onFound(digest: string, name: string): Promise<void>;
  /** Told why a scanner gave no answer. */
  onSilent(why: string): void;
};

/** Signatures change: what was said is asked anew after this. */
const holdsMs = 60 * 60 * 1000;
const mostKept = 100_000;
const usualPatienceMs = 30_000;

/** A door without a scanner where only this machine is served. */
export const openFileDoor: FileDoor = {
  isOpen: true,
  ask: async () => 'clear',
  mayLeave: async () => undefined,
};

/** Makes the door. It fails closed: only what a scanner called clean leaves, or all where the operator wants no scanner. */
export function createFileDoor(scanning: Scanning, clock: Clock, telling: Telling): FileDoor {
  if (scanning.by === 'nobody') return openFileDoor;
  const ask =
    scanning.by === 'scanner' ? askOnce(scanning, clock, telling) : async () => 'no-scanner' as const;
  return {
    isOpen: false,
    ask,
    async mayLeave(bytes) {
      const answer = await ask(bytes);
      if (answer !== 'clear') throw refusals[answer]();
    },
  };
}

/** Asks once for each content, however many want it at the same time. Silence is not kept. */
function askOnce(
  { place, patienceMs = usualPatienceMs }: Extract<Scanning, { by: 'scanner' }>,
  clock: Clock,
  { onFound, onSilent }: Telling,
): FileDoor['ask'] {
  const kept = new LatestFew<{ answer: Answer; until: number }>(mostKept);
  const underWay = new Map<string, Promise<Answer>>();

  const scan = async (digest: string, bytes: Uint8Array): Promise<Answer> => {
    const said: Said = await askClamd(place, bytes, patienceMs);
    if (said.is === 'silent') {
      onSilent(said.why);
      return 'not-scanned';
    }
    if (said.is === 'found') await onFound(digest, said.name);
    const answer = said.is === 'found' ? 'malicious' : 'clear';
    kept.set(digest, { answer, until: clock().getTime() + holdsMs }, 1);
    return answer;
  };

  return async (bytes) => {
    const digest = createHash('sha256').update(bytes).digest('hex');
    const found = kept.get(digest);
    if (found !== undefined && clock().getTime() < found.until) return found.answer;
    const asked = underWay.get(digest) ?? scan(digest, bytes).finally(() => underWay.delete(digest));
    underWay.set(digest, asked);
    return asked;
  };
}

const refusals: Record<Exclude<Answer, 'clear'>, () => Problem> = {
  malicious: () =>
    new Problem('files/malicious', 403, 'A virus scanner found something harmful in this file.', {
      wayOut: 'It is kept and not given out. Tell who sent it, and your IT security team.',
    }),
  'not-scanned': () =>
    new Problem(
      'files/not-scanned',
      503,
      'This file could not be checked for viruses, so it is not given out.',
      {
        wayOut: 'Try again in a minute. If it happens again, tell your IT team: the scanner does not answer.',
      },
    ),
  'no-scanner': () =>
    new Problem(
      'files/no-scanner',
      503,
      'Files are not given out here, because nothing checks them for viruses.',
      {
        wayOut:
          'Ask your IT team to start OpenICS with --scanner, or with --no-scanner if others check them.',
      },
    ),
};
