import * as loader from 'highs';
import type { Highs } from 'highs';

/** Loads the solver once for a thread. Its types describe another kind of module than the one that is loaded. */
export const loadHighs = loader.default as unknown as () => Promise<Highs>;
