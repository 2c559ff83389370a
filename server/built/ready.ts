import { builtProgram } from './read.ts';

/** The folder of the program as built from the present sources. It is built now if need be; undefined where that cannot be. */
export async function readyProgram(tell: (text: string) => void): Promise<string | undefined> {
  const ready = builtProgram();
  if (ready !== undefined) return ready;
  tell('Getting the program ready. This takes a few seconds, when it is new or changed.');
  try {
    const { buildProgram } = await import('./build.ts');
    return await buildProgram();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    tell(`It starts from its sources instead, which is slower: ${why}`);
    return undefined;
  }
}
