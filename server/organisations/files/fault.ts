import { Problem } from '../../platform/errors.ts';

/** A refusal that says where in a file it is. Columns count from 1. */
export function fault(name: string, line: number, text: string, column?: number, heading?: string): Problem {
  const at = column === undefined ? '' : `, column ${column}${heading === undefined ? '' : ` (${heading})`}`;
  return new Problem('organisations/file-wrong', 400, text, {
    place: `${name}, line ${line}${at}`,
    wayOut: 'Nothing of this file was stored. Put it right, then load it again.',
  });
}
