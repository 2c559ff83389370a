import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { readDemonstration } from './state.ts';

const Answer = Type.Union([
  Type.Object({ state: Type.Literal('none') }),
  Type.Object({
    people: Type.Integer(),
    state: Type.Union([Type.Literal('making'), Type.Literal('ready'), Type.Literal('failed')]),
    step: Type.String(),
    share: Type.Number(),
  }),
]);

/** Adds `/api/demonstration`: whether the people of this deployment are made up, and how far the making is. */
export function registerDemonstration(app: FastifyInstance, dataDir: string): void {
  app.get(
    '/api/demonstration',
    {
      config: { access: { action: 'operate', resource: 'demonstration' } },
      schema: { response: { 200: Answer } },
    },
    async () => readDemonstration(dataDir) ?? { state: 'none' as const },
  );
}
