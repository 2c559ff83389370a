import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import { Problem } from '../../platform/errors.ts';
import { reasonsToTell } from '../decide/explain.ts';
import type { PrivacyServices } from '../privacy/services.ts';
import type { Decision, Effect, Reason } from '../types.ts';

const see = { access: { action: 'read', resource: 'why' } } as const;
const Asked = Type.Object({
  type: Type.String({ pattern: '^[A-Z][A-Za-z]{1,60}$' }),
  id: Type.String({ pattern: '^[A-Za-z0-9\\-.]{1,64}$' }),
});

/** Why something may be seen, or not, in words for whoever asks. */
export type Why = { effect: Effect; reasons: Reason[]; obligations: readonly string[] };

/** Adds `GET /api/why?type=..&id=..`. What is silently refused answers as what was never there. */
export function registerWhy(app: FastifyInstance, { piecesOf }: Pick<PrivacyServices, 'piecesOf'>): void {
  app.get<{ Querystring: Static<typeof Asked> }>(
    '/api/why',
    { config: see, schema: { querystring: Asked } },
    async ({ viewing, query }): Promise<Why> => {
      if (viewing.seesAll) return { effect: 'permit', reasons: [onThisMachine], obligations: [] };
      const pieces = await piecesOf(query.type, query.id);
      const decisions = pieces === undefined ? [] : await viewing.decide('read', pieces);
      const decision = hardest(decisions);
      if (decision === undefined || decision.silent) throw nothingThere();
      const { effect, obligations } = decision;
      return { effect, reasons: [...reasonsToTell(decision)], obligations };
    },
  );
}

const order: Record<Effect, number> = { deny: 2, 'break-glass': 1, permit: 0 };

/** What decides where several pieces must all be permitted: a silent refusal before others. */
export const hardest = (decisions: readonly Decision[]): Decision | undefined =>
  decisions.toSorted((a, b) => order[b.effect] - order[a.effect] || Number(b.silent) - Number(a.silent))[0];

const onThisMachine: Reason = {
  rule: 'on-this-machine',
  says: 'Sign-in is not switched on, so whoever uses this machine sees everything.',
  wayOut: 'Switch sign-in on with --sign-in.',
  source: 'Decision of this project',
  confirmed: true,
};

const nothingThere = (): Problem =>
  new Problem('access/nothing-there', 404, 'There is nothing here that you may see.', {
    wayOut: 'If you think that there should be, ask your privacy officer.',
  });
