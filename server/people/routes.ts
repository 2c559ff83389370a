import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import type { Viewing } from '../access/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { Problem } from '../platform/errors.ts';
import { decideSame, supersede, takeBack, unlink, unsupersede, type Decided } from './decisions.ts';
import { registerReview, Reviewer, sideOf, sourceNamer, type ReviewServices } from './review/index.ts';
import { onRecordOfPersons, reviewerOf } from './on-record.ts';
import { currentLinks, linkHistory, linksOfPerson } from './store/links.ts';
import { patientAtHome } from './store/members.ts';
import { tiesOf } from './store/ties.ts';
import type { Link, Tie } from './types.ts';

const see = { access: { action: 'read', resource: 'identity' } } as const;
const change = { access: { action: 'write', resource: 'identity' } } as const;

const Id = Type.String({ format: 'uuid' });
const Why = { reviewer: Reviewer, reason: Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' }) };
const Unlink = Type.Object({ patientId: Id, ...Why });
const Merge = Type.Object({ patientId: Id, otherId: Id, ...Why });
const TakeBack = Type.Object({ patientId: Id, decision: Type.Integer({ minimum: 0 }), ...Why });
const Supersede = Type.Object({
  losing: Id,
  surviving: Id,
  source: Type.String({ minLength: 1, maxLength: 300 }),
  from: Type.Optional(Type.String({ format: 'date-time' })),
});

/** Adds all about who is who under `/api/identity`: the review, a person's links, and their correction. */
export function registerIdentity(app: FastifyInstance, services: ReviewServices): void {
  registerReview(app, services);
  const { db, clock, readPatients } = services;
  const nameSources = sourceNamer(services);
  const personNow = async (patientId: string): Promise<{ personId: string | null }> => ({
    personId: (await currentLinks(db, [patientId])).get(patientId)?.personId ?? null,
  });

  app.get<{ Params: { id: string } }>(
    '/api/identity/people/:id',
    { config: see, schema: { params: Type.Object({ id: Id }) } },
    async (request) => {
      const personId = request.params.id;
      const links = await linksOfPerson(db, personId);
      if (links.length === 0) {
        const patientId = await patientAtHome(db, personId);
        const movedTo = patientId === undefined ? null : (await personNow(patientId)).personId;
        if (movedTo === null) throw noPerson();
        return { movedTo };
      }
      const ids = links.map(({ patientId }) => patientId);
      const [patients, ties, history] = await Promise.all([
        readPatients(ids),
        tiesOf(db, ids),
        linkHistory(db, ids),
      ]);
      const shown = ties.filter(({ kind }) => kind !== 'sealed');
      const said = new Map(patients.map((patient) => [patient.patientId, patient]));
      const names = await nameSources(patients);
      return {
        personId,
        records: links.map((link) => {
          const patient = said.get(link.patientId);
          return {
            link: linkOnWire(link),
            side: patient === undefined ? null : sideOf(patient, personId, names),
            evidence: tieBetween(shown, link)?.evidence ?? null,
          };
        }),
        decisions: decisionsIn(shown),
        history: withoutSealed(history, personId, ties).map(linkOnWire),
      };
    },
  );

  const inOne = async <T>(
    viewing: Viewing,
    body: { patientId: string; otherId?: string; reviewer: string; reason: string },
    rule: string,
    work: (tx: Tx, by: Decided) => Promise<T>,
  ) => {
    const patientIds = [body.patientId, ...(body.otherId === undefined ? [] : [body.otherId])];
    const reason = body.reason.trim();
    const act = { kind: 'link', type: 'Patient', rule, reason, patientIds } as const;
    const decided = { by: reviewerOf(viewing, body.reviewer), reason, at: clock() };
    return db.transaction((tx) => onRecordOfPersons(tx, viewing, act, () => work(tx, decided)));
  };
  app.post<{ Body: Static<typeof Unlink> }>(
    '/api/identity/unlink',
    { config: change, schema: { body: Unlink } },
    async ({ viewing, body }) => {
      const { ord } = await inOne(viewing, body, 'unlinked', (tx, by) => unlink(tx, body.patientId, by));
      return { decision: ord, ...(await personNow(body.patientId)) };
    },
  );

  app.post<{ Body: Static<typeof Merge> }>(
    '/api/identity/merge',
    { config: change, schema: { body: Merge } },
    async ({ viewing, body }) => {
      const { ord } = await inOne(viewing, body, 'linked', (tx, by) => decideSame(tx, body, by));
      return { decision: ord, ...(await personNow(body.patientId)) };
    },
  );

  app.post<{ Body: Static<typeof TakeBack> }>(
    '/api/identity/take-back',
    { config: change, schema: { body: TakeBack } },
    async ({ viewing, body }) => {
      const { patientId, decision: ord } = body;
      await inOne(viewing, body, 'decision-taken-back', (tx, by) => takeBack(tx, { patientId, ord }, by));
      return personNow(body.patientId);
    },
  );

  for (const [path, work, rule] of [
    ['/api/identity/supersede', supersede, 'superseded'],
    ['/api/identity/unsupersede', unsupersede, 'unsuperseded'],
  ] as const) {
    app.post<{ Body: Static<typeof Supersede> }>(
      path,
      { config: change, schema: { body: Supersede } },
      async ({ viewing, body }) => {
        const { from, ...rest } = body;
        const event = { ...rest, at: clock(), from: from === undefined ? undefined : new Date(from) };
        const patientIds = [body.losing, body.surviving];
        const act = { kind: 'link', type: 'Patient', rule, patientIds } as const;
        const done = await db.transaction((tx) => onRecordOfPersons(tx, viewing, act, () => work(tx, event)));
        return { done, ...(await personNow(body.losing)) };
      },
    );
  }
}

/** A record that was parted from another person under seal does not tell which person that was. */
function withoutSealed(history: readonly Link[], personId: string, ties: readonly Tie[]): Link[] {
  const sealed = new Set(
    ties.filter(({ kind }) => kind === 'sealed').flatMap((tie) => [tie.patientId, tie.otherId]),
  );
  return history.filter((link) => link.personId === personId || !sealed.has(link.patientId));
}

const linkOnWire = ({ recordedTo, to, ...link }: Link) => ({
  ...link,
  to: to ?? null,
  recordedTo: recordedTo ?? null,
});

const tieBetween = (ties: readonly Tie[], { patientId, via }: Link): Tie | undefined =>
  ties.find(
    (tie) =>
      (tie.patientId === patientId && tie.otherId === via) ||
      (tie.otherId === patientId && tie.patientId === via),
  );

/** What people and sources decided about these records. One decision may concern several pairs. */
function decisionsIn(ties: readonly Tie[]) {
  const decided = ties.filter(({ kind }) => kind !== 'matched');
  const groups = Map.groupBy(decided, ({ patientId, ord }) => `${patientId} ${ord}`);
  return [...groups.values()].map((group) => {
    const { patientId, ord, kind, decidedBy, reason, recorded } = group[0]!;
    return {
      decision: ord,
      patientId,
      kind,
      others: group.map(({ otherId }) => otherId),
      by: decidedBy,
      reason: reason ?? null,
      recorded,
      mayBeTakenBack: kind !== 'superseded',
    };
  });
}

const noPerson = (): Problem =>
  new Problem('identity/no-such-person', 404, 'No record is linked to this person now.', {
    wayOut: 'Its records may belong to another person now. Search for the person again.',
  });
