import { readFileSync } from 'node:fs';
import { readKey, type Trust } from '../../audit/index.ts';
import { Problem } from '../../platform/errors.ts';

/** Options that say whom to believe. */
export type TrustOptions = {
  key?: string | undefined;
  held?: string | undefined;
  required?: string | undefined;
};

/** Whom to believe: the keys of a file, or those given, with witnesses and a kept checkpoint where there are. */
export function trustOf({ key, held, required }: TrustOptions, known?: readonly string[]): Trust {
  const lines = key === undefined ? (known ?? []) : readFileSync(key, 'utf8').split('\n');
  const keys = lines.map((line) => line.trim()).filter((line) => line !== '');
  const kinds = keys.map((line) => kindOf(line));
  const logKeys = keys.filter((_, at) => kinds[at] === 'log');
  if (logKeys.length === 0)
    throw new Problem('audit/no-trust', 400, 'Nobody said whose signature to believe.', {
      wayOut:
        'Give the key of the log with --key FILE. ./openics audit keys prints it; get it from somebody you trust.',
    });
  const count = Number(required ?? 0);
  if (!Number.isSafeInteger(count) || count < 0)
    throw new Problem('audit/wrong-use', 400, '--required takes a whole number.');
  return {
    keys: logKeys,
    witnesses: keys.filter((_, at) => kinds[at] === 'witness'),
    required: count,
    ...(held === undefined ? {} : { held: readFileSync(held, 'utf8') }),
  };
}

function kindOf(line: string): 'log' | 'witness' {
  try {
    return readKey(line).kind;
  } catch {
    throw new Problem('audit/wrong-key', 400, 'A line of the file of keys is not a key.');
  }
}
