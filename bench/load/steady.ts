import type { Connection, Reply } from './connection.ts';
import { connections, encoderFor, type Request, type Target } from './run.ts';

/** One answer: how long it took from the moment it was due, and what it was to. */
export type Answered = { name: string; ms: number; status: number; bytes: number };

/**
 * Sends so many requests a second, each when it is due, whether or not earlier ones were answered: as people come, who do not
 * wait for each other. Time counts from when a request was due, so that waiting for a connection counts too.
 */
export async function steady(
  target: Target,
  options: { perSecond: number; seconds: number },
  next: (number: number) => Request & { name: string },
): Promise<Answered[]> {
  const encode = encoderFor(target);
  const idle: Connection[] = await connections(target, 8);
  const all = [...idle];
  const began = performance.now();
  const send = async (number: number, due: number): Promise<Answered> => {
    const { name, ...request } = next(number);
    let connection = idle.pop();
    if (connection === undefined) {
      [connection] = await connections(target, 1);
      all.push(connection!);
    }
    const reply: Reply = await connection!.send(encode(request), false);
    idle.push(connection!);
    return { name, ms: performance.now() - due, status: reply.status, bytes: reply.bytes };
  };
  const answers: Promise<Answered>[] = [];
  for (let number = 0; number < options.perSecond * options.seconds; number++) {
    const due = began + (number * 1000) / options.perSecond;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    answers.push(send(number, due));
  }
  const answered = await Promise.all(answers);
  for (const connection of all) connection.close();
  return answered;
}
