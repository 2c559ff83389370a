import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import {
  actsFor,
  dataClasses,
  endFact,
  factsTold,
  putOnRecord,
  rulesInForce,
  state,
  type Viewing,
} from '../../access/index.ts';
import { dayOf } from '../../organisations/index.ts';
import { currentLinks, linksOfPerson } from '../../people/index.ts';
import { pastWallDb } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { observedPatients } from '../../record/operations/index.ts';
import { identityOf, mustBePermitted, myChoices, personNow, whoseView } from '../me/index.ts';
import type { OwnViewServices } from '../types.ts';
import { hashOf, newCode } from './code.ts';
import { actingAt, ageOn, spansOf } from './rules.ts';
import { addInvitation, endInvitation, invitationsOf, useInvitation } from './store.ts';

const see = { access: { action: 'read', resource: 'mine' } } as const;
const change = { access: { action: 'write', resource: 'mine' } } as const;

/** How long a code stands. */
const codeDays = 7;
/** From this age a person lets others act for them by themselves. Source: Mental Capacity Act 2005 section 2(5) (from memory). */
const inviteFromAge = 16;

/** Whoever may see something of a person sees whose it is. */
const alwaysShown = ['identity'] as const;

const Invite = Type.Object({
  classes: Type.Union([
    Type.Literal('all'),
    Type.Array(Type.Union(dataClasses.map((each) => Type.Literal(each))), { minItems: 1 }),
  ]),
});
const Code = Type.Object({ code: Type.String({ minLength: 1, maxLength: 60 }) });
const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
const End = Type.Object({ proxy: Type.String({ format: 'uuid' }) });

/** Adds who acts for a person, and for whom they act, under `/api/mine/people`. */
export function registerPeople(app: FastifyInstance, services: OwnViewServices): void {
  const { db, clock } = services;

  app.get('/api/mine/people', { config: see }, async ({ viewing }, reply) => {
    const me = await whoseView(db, viewing);
    await mustBePermitted(viewing, 'read', myChoices(me));
    const now = clock();
    const { policy } = await rulesInForce(db, dayOf(now));
    const mine = await whoIs(me.personId);
    const proxies = actingAt(await factsTold(db, 'proxy', me.patientIds), now.getTime());
    const others = actingAt(await actsFor(pastWallDb(db, 'finding'), me.personId), now.getTime());
    const theirs = await Promise.all(
      others.map(async (fact) => {
        const them = await whoIs(await personOf(fact.patientId));
        const isOpen = await mayLook(viewing, fact.patientId);
        const { personId, name, age } = them;
        return {
          ...toldOf(fact),
          personId,
          name: isOpen ? name : null,
          isOpen,
          spans: spansOf(policy, fact.kind, age),
        };
      }),
    );
    const invitations = (await invitationsOf(db, me.patientIds))
      .filter(({ ended, expires }) => ended === null && expires > now)
      .map(({ invitationId, classes, expires }) => ({ invitationId, classes, expires }));
    viewing.shows({ kind: 'read', patientId: me.home, type: 'RelatedPerson' });
    return reply.header('cache-control', 'no-store').send({
      age: mine.age ?? null,
      mayInvite: mine.age !== undefined && mine.age >= inviteFromAge,
      forMe: await Promise.all(
        proxies.map(async (fact) => ({
          ...toldOf(fact),
          proxy: fact.proxy,
          name: (await whoIs(fact.proxy)).name,
          spans: spansOf(policy, fact.kind, mine.age),
        })),
      ),
      iActFor: theirs.filter(
        (each, at) => theirs.findIndex(({ personId }) => personId === each.personId) === at,
      ),
      invitations,
    });
  });

  app.post<{ Body: Static<typeof Invite> }>(
    '/api/mine/people/invitations',
    { config: change, schema: { body: Invite } },
    async ({ viewing, body }, reply) => {
      const me = await whoseView(db, viewing);
      await mustBePermitted(viewing, 'write', myChoices(me));
      const { age } = await whoIs(me.personId);
      if (age === undefined || age < inviteFromAge)
        throw new Problem(
          'own-view/too-young-to-invite',
          403,
          `You can let others act for you from the age of ${inviteFromAge}.`,
          {
            wayOut: 'Ask your GP practice. They can help you.',
          },
        );
      const made = clock();
      const code = newCode();
      const expires = new Date(made.getTime() + codeDays * 86_400_000);
      const invitation = {
        invitationId: newId(made.getTime()),
        codeHash: hashOf(code),
        patientId: me.home,
        personId: me.personId,
        classes: body.classes === 'all' ? null : [...new Set([...alwaysShown, ...body.classes])],
        made,
        expires,
      };
      await db.transaction(async (tx) => {
        await addInvitation(tx, invitation);
        const rule = 'invited';
        putOnRecord(tx, viewing, { kind: 'create', patientId: me.home, type: 'RelatedPerson', rule });
      });
      return reply.status(201).header('cache-control', 'no-store').send({ code, expires });
    },
  );

  app.post<{ Params: Static<typeof Id> }>(
    '/api/mine/people/invitations/:id/end',
    { config: change, schema: { params: Id } },
    async ({ viewing, params }) => {
      const me = await whoseView(db, viewing);
      await mustBePermitted(viewing, 'write', myChoices(me));
      const which = { invitationId: params.id, patientIds: me.patientIds, at: clock() };
      const changed = await db.transaction(async (tx) => {
        const ended = await endInvitation(tx, which);
        const rule = 'invitation-ended';
        if (ended)
          putOnRecord(tx, viewing, { kind: 'update', patientId: me.home, type: 'RelatedPerson', rule });
        return ended;
      });
      if (!changed) viewing.shows({ kind: 'read', patientId: me.home, type: 'RelatedPerson' });
      return { changed };
    },
  );

  app.post<{ Body: Static<typeof Code> }>(
    '/api/mine/people/accept',
    { config: change, schema: { body: Code } },
    async ({ viewing, body }) => {
      const me = await whoseView(db, viewing);
      await mustBePermitted(viewing, 'write', myChoices(me));
      const at = clock();
      const accepted = await pastWallDb(db, 'writing').transaction(async (tx) => {
        const used = await useInvitation(tx, hashOf(body.code), { at, by: me.personId });
        if (used === undefined) return undefined;
        const them = await personNow(tx, me.user, used.personId);
        const proxy = {
          proxy: me.personId,
          kind: 'consented',
          classes: used.classes,
          from: at.getTime(),
          to: null,
        } as const;
        for (const patientId of them.patientIds)
          await state(tx, 'proxy', patientId, proxy, { by: used.personId, at });
        const { home: patientId, personId: person } = them;
        putOnRecord(tx, viewing, {
          kind: 'create',
          patientId,
          person,
          type: 'RelatedPerson',
          rule: 'accepted',
        });
        return them;
      });
      if (accepted === undefined)
        throw new Problem('own-view/code-not-known', 404, 'This code does not work.', {
          place: 'code',
          wayOut: 'Check it. A code works once, and for a week. Ask for a new one.',
        });
      return { personId: accepted.personId };
    },
  );

  app.post<{ Body: Static<typeof End> }>(
    '/api/mine/people/end',
    { config: change, schema: { body: End } },
    async ({ viewing, body }) => {
      const me = await whoseView(db, viewing);
      await mustBePermitted(viewing, 'write', myChoices(me));
      const saying = { by: me.user, at: clock() };
      const changed = await pastWallDb(db, 'writing').transaction(async (tx) => {
        const facts = await factsTold(tx, 'proxy', me.patientIds);
        const open = facts.filter(
          (fact) =>
            fact.recordedTo === null &&
            fact.to === null &&
            fact.proxy === body.proxy &&
            fact.kind === 'consented',
        );
        for (const { patientId, factId } of open)
          await endFact(tx, 'proxy', patientId, factId, saying.at, saying);
        const rule = 'proxy-ended';
        if (open.length > 0)
          putOnRecord(tx, viewing, { kind: 'update', patientId: me.home, type: 'RelatedPerson', rule });
        return open.length > 0;
      });
      if (!changed) viewing.shows({ kind: 'read', patientId: me.home, type: 'RelatedPerson' });
      return { changed };
    },
  );

  /** What a person is called and how old they are, by their records. */
  async function whoIs(personId: string) {
    const finding = pastWallDb(db, 'finding');
    const links = await linksOfPerson(finding, personId);
    const ids = links.length === 0 ? [personId] : links.map(({ patientId }) => patientId);
    const seen = await observedPatients(finding, ids);
    const [name] = seen.map(
      ({ given = [], family = [], fullNames = [] }) => fullNames[0] ?? [...given, ...family].join(' '),
    );
    const born = seen.map(({ birthDate }) => birthDate).find((each) => each !== undefined);
    return { personId, name: name ?? null, age: ageOn(dayOf(clock()), born) };
  }

  /** True when somebody may see who it is for whom they act, as family or by a power of attorney. */
  async function mayLook(viewing: Viewing, patientId: string): Promise<boolean> {
    const asked = [identityOf(patientId)];
    const [asFamily] = await services.askFor(viewing, 'FAMRQT').lists(asked);
    const [asAttorney] = asFamily === true ? [true] : await services.askFor(viewing, 'PWATRNY').lists(asked);
    return asAttorney === true;
  }

  async function personOf(patientId: string): Promise<string> {
    return (await currentLinks(pastWallDb(db, 'finding'), [patientId])).get(patientId)?.personId ?? patientId;
  }
}

const toldOf = ({
  kind,
  classes,
  from,
  to,
}: {
  kind: string;
  classes: readonly string[] | null;
  from: number;
  to: number | null;
}) => ({
  kind,
  classes,
  since: from,
  until: to,
});
