import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import { Problem } from '../../platform/errors.ts';
import type { Piece } from '../asking/types.ts';
import type { PrivacyServices } from '../privacy/services.ts';
import { ukDay } from '../moments.ts';
import { rulesInForce } from '../store/in-force.ts';
import type { Decision, Reason } from '../types.ts';
import { dataClasses, type DataClass, type Label } from '../words.ts';

const see = { access: { action: 'read', resource: 'why' } } as const;
const OfId = Type.Object({ id: Type.String({ format: 'uuid' }) });

/** How much of one sort of information whoever asks may see: what every known organisation holds, what some hold, or none. */
export type Part = {
  kind: 'class' | 'label';
  name: DataClass | Label;
  /** The label in words; null for a class. */
  words: string | null;
  state: 'open' | 'some' | 'closed';
  /** True where breaking the glass opens more. */
  mayBreak: boolean;
  reasons: Told[];
};
export type Told = Pick<Reason, 'rule' | 'says' | 'wayOut'>;

/** Why a record is open to whoever asks, and what the rules keep from them, whether or not there is any. */
export type WhyOfPerson = { because: Told[]; parts: Part[] };

/** Classes that stand in no section of a record. */
const notInRecord: readonly DataClass[] = ['directory', 'choices', 'access-list'];

/**
 * Adds `GET /api/why/people/:id`. It asks the rules about every sort of information, as held by organisations whose entry of the person
 * is open, and looks at nothing in the record: so the answer is the same whatever is hidden there.
 */
export function registerWhyOfPerson(
  app: FastifyInstance,
  services: Omit<PrivacyServices, 'log' | 'userNameOf'>,
): void {
  const { db, clock, recordsOf, piecesOf } = services;

  app.get<{ Params: Static<typeof OfId> }>(
    '/api/why/people/:id',
    { config: see, schema: { params: OfId } },
    async ({ viewing, params }, reply): Promise<WhyOfPerson> => {
      reply.header('cache-control', 'no-store');
      if (viewing.seesAll) return { because: [onThisMachine], parts: [] };
      const records = (await recordsOf([params.id])).get(params.id) ?? [];
      const entries = await Promise.all(
        records.map(async ({ id }) => {
          const pieces = (await piecesOf('Patient', id)) ?? [];
          const decisions = await viewing.decide('read', pieces);
          const isOpen = decisions.length > 0 && decisions.every(({ effect }) => effect === 'permit');
          return isOpen ? { piece: pieces[0]!, decision: decisions[0]! } : undefined;
        }),
      );
      const open = entries.filter((each) => each !== undefined);
      if (open.length === 0) throw nothingThere();
      for (const { piece } of open)
        viewing.shows({ kind: 'read', patientId: piece.patientId!, type: 'Patient' });
      const { policy } = await rulesInForce(db, ukDay(clock().getTime()));
      const ask = (dataClass: DataClass, own: Label[]) =>
        viewing.decide(
          'read',
          open.map(({ piece }): Piece => ({ ...piece, type: 'Basic', id: '', dataClass, labels: own })),
        );
      const classes = dataClasses.filter((each) => !notInRecord.includes(each));
      const parts = await Promise.all([
        ...classes.map(async (name) => partOf('class', name, null, await ask(name, []))),
        ...policy.labels.map(async ({ label, words }) =>
          partOf('label', label, words, await ask('conditions', [label])),
        ),
      ]);
      const conditions = parts.find(({ name }) => name === 'conditions')!;
      return {
        because: told(open.map(({ decision }) => decision)),
        parts: parts
          .filter((part) => part.reasons.length > 0 || part.state === 'open')
          .filter(({ kind }) => kind === 'class' || conditions.state !== 'closed'),
      };
    },
  );
}

function partOf(kind: Part['kind'], name: Part['name'], words: string | null, decisions: Decision[]): Part {
  const open = decisions.filter(({ effect }) => effect === 'permit').length;
  const against = decisions.filter(({ effect, silent }) => effect !== 'permit' && !silent);
  return {
    kind,
    name,
    words,
    state: open === decisions.length ? 'open' : open > 0 ? 'some' : 'closed',
    mayBreak: against.some(({ effect }) => effect === 'break-glass'),
    reasons: told(against),
  };
}

/** Reasons, each once. */
function told(decisions: readonly Decision[]): Told[] {
  const all = decisions.flatMap(({ reasons }) => reasons);
  return [...new Map(all.map(({ rule, says, wayOut }) => [says, { rule, says, wayOut }])).values()];
}

const onThisMachine: Told = {
  rule: 'on-this-machine',
  says: 'Sign-in is not switched on, so whoever uses this machine sees everything.',
  wayOut: null,
};

const nothingThere = (): Problem =>
  new Problem('access/nothing-there', 404, 'There is nothing here that you may see.', {
    wayOut: 'If you think that there should be, ask your privacy officer.',
  });
