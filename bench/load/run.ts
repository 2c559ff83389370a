import { Connection, type Reply } from './connection.ts';

/** Where requests go, and headers each of them carries. */
export type Target = { name: string; base: string; headers?: Record<string, string> };

export type Request = {
  method: string;
  path: string;
  body?: string | Buffer;
  headers?: Record<string, string>;
};

export type Measured = {
  requests: number;
  failures: number;
  seconds: number;
  perSecond: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
  bytes: number;
  /** Milliseconds that each answer took, as they came. */
  times: readonly number[];
};

/** Makes what encodes requests to a target: a head with ASCII text, and a body where there is one. */
export function encoderFor(target: Target): (request: Request) => Buffer | string {
  const url = new URL(target.base);
  const root = url.pathname.replace(/\/$/, '');
  const headersOf = (more: Record<string, string>): string =>
    Object.entries({ host: url.host, accept: 'application/fhir+json', ...target.headers, ...more })
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('');
  const plain = ` HTTP/1.1\r\n${headersOf({})}\r\n`;
  return ({ method, path, body, headers }) => {
    if (body === undefined && headers === undefined) return `${method} ${root}${path}${plain}`;
    if (body === undefined) return `${method} ${root}${path} HTTP/1.1\r\n${headersOf(headers!)}\r\n`;
    const bytes = Buffer.from(body);
    const all = headersOf({
      'content-type': 'application/fhir+json',
      'content-length': String(bytes.length),
      ...headers,
    });
    const head = Buffer.from(`${method} ${root}${path} HTTP/1.1\r\n${all}\r\n`, 'latin1');
    return Buffer.concat([head, bytes]);
  };
}

export async function connections(target: Target, count: number): Promise<Connection[]> {
  const url = new URL(target.base);
  return Promise.all(
    Array.from({ length: count }, () => Connection.open(url.hostname, Number(url.port || 80))),
  );
}

/** Sends one request and gives its answer. */
export async function once(target: Target, request: Request): Promise<Reply> {
  const [connection] = await connections(target, 1);
  try {
    return await connection!.send(encoderFor(target)(request), true);
  } finally {
    connection!.close();
  }
}

/**
 * Sends requests from `clients` connections, each as soon as its last one is answered, until the time is over or the
 * requests are used up. Only answers with status below 400 count as done; others count as failures.
 */
export async function load(
  target: Target,
  options: { clients: number; seconds: number; thinkMs?: number; most?: number },
  next: (number: number) => Request | undefined,
): Promise<Measured> {
  const open = await connections(target, options.clients);
  const encode = encoderFor(target);
  const times: number[] = [];
  let number = 0;
  let failures = 0;
  let bytes = 0;
  const start = performance.now();
  const until = start + options.seconds * 1000;
  await Promise.all(
    open.map(async (connection, index) => {
      if (options.thinkMs !== undefined) await pause((options.thinkMs * index) / options.clients);
      while (performance.now() < until && number < (options.most ?? Infinity)) {
        const request = next(number++);
        if (request === undefined) return;
        const bytesOut = encode(request);
        const sent = performance.now();
        const reply = await connection.send(bytesOut, false);
        times.push(performance.now() - sent);
        bytes += reply.bytes;
        if (reply.status >= 400) failures++;
        if (options.thinkMs !== undefined) await pause(options.thinkMs);
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  for (const connection of open) connection.close();
  return summary(times, failures, seconds, bytes);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function summary(times: number[], failures: number, seconds: number, bytes: number): Measured {
  const sorted = Float64Array.from(times).sort();
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return {
    requests: times.length,
    failures,
    seconds,
    perSecond: (times.length - failures) / seconds,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    max: sorted.at(-1) ?? Number.NaN,
    bytes,
    times,
  };
}
