/** The style sheets and pictures of the pages, held in memory. A compressed form is made when it is first asked for. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

export type Static = {
  type: string;
  plain: Buffer;
  /** The compressed forms asked for so far. */
  compressed: Map<Form, Promise<Buffer>>;
  /** The address changes with the contents. */
  lasting: boolean;
};

type Form = 'br' | 'gzip';

/** The smallest first. Brotli's own default takes twenty times as long to be a twelfth smaller. */
const compress: Record<Form, (plain: Buffer) => Promise<Buffer>> = {
  br: (plain) => promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (plain) => promisify(gzip)(plain),
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
    const plain = await readFile(full);
    statics.set(address, { type, plain, lasting: address.startsWith('/assets/'), compressed: new Map() });
  }
  return statics;
}

/** Sends a file in the smallest form the reader takes. Files whose address changes with them may be kept for a year. */
export async function sendStatic(
  request: FastifyRequest,
  reply: FastifyReply,
  file: Static,
): Promise<FastifyReply> {
  const takes = String(request.headers['accept-encoding'] ?? '');
  const forms = Object.keys(compress) as Form[];
  const form = file.type === types['.png'] ? undefined : forms.find((name) => takes.includes(name));
  if (form !== undefined) reply.header('content-encoding', form);
  return reply
    .headers({
      'cache-control': file.lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
      'content-type': file.type,
      vary: 'accept-encoding',
      'x-content-type-options': 'nosniff',
    })
    .send(form === undefined ? file.plain : await compressedTo(form, file));
}

async function compressedTo(form: Form, file: Static): Promise<Buffer> {
  const made = file.compressed.get(form) ?? compress[form](file.plain);
  file.compressed.set(form, made);
  return made;
}
