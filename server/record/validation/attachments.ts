import type { Tree } from './run.ts';

/** Says whether the stated size of an attachment is that of its data; true when one of them is absent. */
export function hasTrueSize(attachment: Tree): boolean {
  const { size, data } = attachment;
  if (typeof size !== 'number' || typeof data !== 'string') return true;
  const characters = data.replaceAll(/\s/g, '');
  const padding = characters.endsWith('==') ? 2 : characters.endsWith('=') ? 1 : 0;
  return (characters.length / 4) * 3 - padding === size;
}
