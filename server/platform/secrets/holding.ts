import { problems } from './problems.ts';
import type { Keeper } from './types.ts';

/** A secret that the program made for itself. It lies at home (a file of ours, a row), or only its name does and a keeper has it. */
export type Holding = {
  readonly name: string;
  /** What it is for. */
  readonly about: string;
  /** Where home is. */
  readonly home: string;
  /** The secret, where it lies at home. */
  atHome(): Promise<string | undefined>;
  /** Puts it at home. */
  bring(value: string): Promise<void>;
  /** Leaves only its name at home, where it has this value still. */
  leave(value: string): Promise<void>;
  /** Takes away what is at home, value or name. Undefined while the program needs the secret. */
  end?: (() => Promise<void>) | undefined;
};

/**
 * Moves a secret from home to a keeper. Broken off anywhere, the secret lies in at least one of the two, and the next try goes on. True
 * where it was moved, false where it lay there already.
 */
export async function moveOut(holding: Holding, to: Keeper): Promise<boolean> {
  const value = await holding.atHome();
  if (value === undefined) {
    await mustLie(holding.name, to);
    return false;
  }
  await to.add(holding.name, value);
  const [kept] = (await to.read(holding.name)) ?? [];
  if (kept !== value) throw problems.taken(holding.name, to.place);
  await holding.leave(value);
  return true;
}

/** Moves a secret back home, then destroys it where it was. False where it lay at home already. */
export async function moveHome(holding: Holding, from: Keeper): Promise<boolean> {
  const there = await holding.atHome();
  if (there === undefined) {
    await holding.bring(await mustLie(holding.name, from));
  }
  const kept = (await from.list()).find(({ name }) => name === holding.name);
  if (kept?.state === 'kept') {
    if ((await mustLie(holding.name, from)) !== (await holding.atHome()))
      throw problems.taken(holding.name, from.place);
    await from.destroy(holding.name);
  }
  return there === undefined;
}

async function mustLie(name: string, keeper: Keeper): Promise<string> {
  const values = await keeper.read(name);
  if (values === undefined) throw problems.missing(name, keeper.place);
  return values[0];
}
