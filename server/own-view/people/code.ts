import { createHash, randomInt } from 'node:crypto';

/** Letters and digits that are not taken for each other. */
const signs = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const length = 12;

/** A code to hand over: twelve signs, in groups of four. 59 bits, and it stands for a week only. */
export const newCode = (): string =>
  Array.from(
    { length },
    (_, at) => (at > 0 && at % 4 === 0 ? '-' : '') + signs[randomInt(signs.length)]!,
  ).join('');

/** What is kept of a code. Spaces, hyphens and letter case do not matter. */
export const hashOf = (code: string): Buffer =>
  createHash('sha256')
    .update(code.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''))
    .digest();
