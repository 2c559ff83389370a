import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const cli = path.resolve(import.meta.dirname, '../server/cli.ts');

/** Runs a command of OpenICS to its end. Gives what it printed and how long it took; throws when it failed. */
export async function runCommand(
  args: string[],
  env: Record<string, string> = {},
): Promise<{ output: string; seconds: number; pid: number }> {
  const began = performance.now();
  const child = spawn(process.execPath, [cli, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`openics ${args[0]} ended with ${code}: ${output.slice(-2000)}`);
  return { output, seconds: (performance.now() - began) / 1000, pid: child.pid ?? 0 };
}

export type Server = {
  fhir: string;
  base: string;
  mllpPort: number | undefined;
  child: ChildProcess;
  stop(): Promise<void>;
};

/** Starts the real server in a process of its own, on a free port. */
export async function startServer(
  dataDir: string,
  env: Record<string, string> = {},
  more: string[] = [],
): Promise<Server> {
  const child = spawn(
    process.execPath,
    [
      cli,
      'start',
      '--data',
      dataDir,
      '--port',
      '0',
      ...(more.includes('--people') ? [] : ['--empty']),
      ...more,
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...env },
    },
  );
  let output = '';
  const base = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk;
      const address = /Ready after[^\n]*?(http:\/\/localhost:\d+)/.exec(output);
      if (address?.[1] !== undefined) resolve(address[1].replace('localhost', '127.0.0.1'));
    });
    child.once('exit', () => reject(new Error(`The server ended before it was ready: ${output}`)));
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  const mllp = /\(MLLP\) are taken on port (\d+)/.exec(output)?.[1];
  return { base, fhir: `${base}/fhir`, mllpPort: mllp === undefined ? undefined : Number(mllp), child, stop };
}
