import { getCompileCacheDir } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import type { DefinitionPackage } from '../../definitions/index.ts';
import type { Readers } from '../readers.ts';
import { ReadingThread } from './reading-thread.ts';

/** Files each thread may have before it: the next is there when one ends. */
const filesEach = 2;

/**
 * V8 learns where long-lived objects are made and puts those straight among the old ones, which then hold on to all they refer
 * to. Resources live until their bundle is made ready, look long-lived to it, and would each be carried along for nothing:
 * a fifth of the time of reading.
 */
const noGuessing = '--no-allocation-site-pretenuring';

/** Reads on threads of their own, so that reading and writing go on side by side. Each thread takes whole files. */
export function readerThreads(
  count: number,
  setting: { source: string; packages: DefinitionPackage[] },
): Readers {
  setFlagsFromString(noGuessing);
  const cacheFolder = getCompileCacheDir();
  const threads = Array.from({ length: count }, () => new ReadingThread({ ...setting, cacheFolder }));
  return {
    ahead: count * filesEach,
    begin(order) {
      // What one thread did not find, another may have read since.
      if (count > 1) threads.forEach((each) => each.forgetMisses());
      const free = threads.reduce((least, each) => (each.underWay < least.underWay ? each : least));
      return free.begin(order);
    },
    forgetMisses: () => threads.forEach((each) => each.forgetMisses()),
    async close() {
      await Promise.all(threads.map((each) => each.close()));
    },
  };
}
