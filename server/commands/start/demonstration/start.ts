import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { keepDemonstration, type Demonstration } from '../../../synthetic/index.ts';
import { seconds, type Steps } from '../../terminal/index.ts';

/** A demonstration under way. */
export type Making = { stop(): Promise<void> };

const worker = path.join(import.meta.dirname, 'worker.ts');
const keepEveryMs = 500;
const tellEveryMs = 5_000;

/** Makes the demonstration in a process of its own, so that pages stay quick, and says how far it is. */
export function startDemonstration(dataDir: string, people: number, steps: Steps): Making {
  const began = performance.now();
  let now: Demonstration = { people, state: 'making', step: 'Starting', share: 0 };
  let kept = -Infinity;
  let told = began;
  const keep = (next: Demonstration): void => keepDemonstration(dataDir, (now = next));
  keep(now);
  steps.line(`Making up a care system of ${people.toLocaleString('en-GB')} people, and loading it:`);
  const child = fork(worker, [dataDir, String(people)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  child.on('message', ({ step, share }: { step: string; share: number }) => {
    const time = performance.now();
    const isNewStep = step !== now.step;
    if (!isNewStep && time - kept < keepEveryMs) return;
    kept = time;
    keep({ ...now, step, share });
    if (!isNewStep && time - told < tellEveryMs) return;
    told = time;
    steps.line(`  ${step}: ${Math.floor(share * 100)}% (${seconds(time - began)})`);
  });
  child.on('exit', (code) => {
    if (code === 0) {
      keep({ people, state: 'ready', step: 'Ready', share: 1 });
      steps.line(`  All loaded after ${seconds(performance.now() - began)}.`);
    } else if (code !== null && code !== 3) {
      keep({ ...now, state: 'failed' });
      steps.line('  The demonstration could not be finished. The next start goes on with it.');
    }
  });
  return {
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
