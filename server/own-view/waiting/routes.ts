import type { FastifyInstance } from 'fastify';
import type { Viewing } from '../../access/index.ts';
import { corrections } from '../corrections/index.ts';
import { copies } from '../copy/index.ts';
import { accessListOf } from '../me/index.ts';
import { questions } from '../questions/index.ts';
import type { OwnViewServices } from '../types.ts';

const see = { access: { action: 'read', resource: 'privacy' } } as const;

type Row = { patientId: string; source: string | null; due: string };

/** How much waits, and by when the first of it is due (YYYY-MM-DD). */
export type AskedWaiting = { waiting: number; due: string | null };

/** Adds `/api/privacy/asked`: how much of what people asked for waits for an office, of those whom whoever asks may check on. */
export function registerWaiting(app: FastifyInstance, { db }: OwnViewServices): void {
  app.get('/api/privacy/asked', { config: see }, async ({ viewing }, reply) => {
    const [asked, wrong, wanted] = await Promise.all([
      questions.waiting(db),
      corrections.waiting(db),
      copies.waiting(db),
    ]);
    return reply.header('cache-control', 'no-store').send({
      questions: await countedFor(viewing, asked),
      corrections: await countedFor(viewing, wrong),
      copies: await countedFor(viewing, wanted),
    });
  });
}

/** Rows come with the one due first before others. */
async function countedFor(viewing: Viewing, rows: readonly Row[]): Promise<AskedWaiting> {
  const may = await viewing.lists(rows.map(({ patientId, source }) => accessListOf(patientId, source)));
  const listed = rows.filter((_, at) => may[at]);
  return { waiting: listed.length, due: listed[0]?.due ?? null };
}
