/** The style sheets and pictures of the pages, held in memory with their compressed forms. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

export type Static = {
  type: string;
  plain: Buffer;
  compressed: { name: 'br' | 'gzip'; bytes: Buffer }[];
  /** The address changes with the contents. */
  lasting: boolean;
};

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
};

/** Reads every file under a folder, by its address. */
export async function readStatics(folder: string): Promise<Map<string, Static>> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const statics = new Map<string, Static>();
  for (const file of files) {
    const full = path.join(file.parentPath, file.name);
    const type = types[path.extname(file.name)];
    if (!file.isFile() || type === undefined) continue;
    const address = `/${path.relative(folder, full).split(path.sep).join('/')}`;
    statics.set(address, await readStatic(full, type, address.startsWith('/assets/')));
  }
  return statics;
}

async function readStatic(file: string, type: string, lasting: boolean): Promise<Static> {
  const plain = await readFile(file);
  if (type.startsWith('image/png')) return { type, plain, lasting, compressed: [] };
  const [br, gz] = await Promise.all([promisify(brotliCompress)(plain), promisify(gzip)(plain)]);
  return {
    type,
    plain,
    lasting,
    compressed: [
      { name: 'br', bytes: br },
      { name: 'gzip', bytes: gz },
    ],
  };
}

/** Sends a file in the smallest form the reader takes. Files whose address changes with them may be kept for a year. */
export function sendStatic(request: FastifyRequest, reply: FastifyReply, file: Static): FastifyReply {
  const takes = String(request.headers['accept-encoding'] ?? '');
  const form = file.compressed.find(({ name }) => takes.includes(name));
  if (form !== undefined) reply.header('content-encoding', form.name);
  return reply
    .headers({
      'cache-control': file.lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
      'content-type': file.type,
      vary: 'accept-encoding',
      'x-content-type-options': 'nosniff',
    })
    .send(form?.bytes ?? file.plain);
}
