/** Runs in a thread of its own: gives staged events their places. See `apart.ts`. */
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../../platform/clock.ts';
import { openDb } from '../../platform/db/index.ts';
import { sent } from '../../platform/thread-errors.ts';
import type { FromThread, Setting, ToThread } from './apart.ts';
import { Keys } from './keys.ts';
import { runSequencer } from './running.ts';
import { Sequencer } from './sequencer.ts';

/** Those who answer requests go first. Elsewhere than on Linux the priority is of the whole process. Source: sched(7). */
if (process.platform === 'linux') setPriority(5);

const { connection, dataDir, everyMs } = workerData as Setting;
const port = parentPort!;
const say = (message: FromThread): void => port.postMessage(message, []);
const tell = (error: unknown): void => say({ kind: 'told', failure: sent(error) });

try {
  const db = await openDb({ connection, maxConnections: 2 });
  const running = runSequencer(new Sequencer(db, new Keys(db, dataDir, systemClock), systemClock), {
    onError: tell,
    everyMs,
  });

  const heed = async (message: ToThread): Promise<void> => {
    if (message.kind === 'stop') {
      await running.stop();
      await db.close();
      port.close();
      return;
    }
    const { call } = message;
    await running.placeAll().then(
      (events) => say({ kind: 'placed', call, events }),
      (error: unknown) => say({ kind: 'failed', call, failure: sent(error) }),
    );
  };

  port.on('message', (message: ToThread) => void heed(message));
} catch (error) {
  tell(error);
  port.close();
}
