import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import { factsTold, putOnRecord, type Saying, type Viewing } from '../../access/index.ts';
import { dayOf } from '../../organisations/index.ts';
import { pastWallDb, type Tx } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import { sightOf } from '../../record/pieces/index.ts';
import type { RecordEntry } from '../../record/store/index.ts';
import { holderOf } from '../holder.ts';
import { mustBePermitted, myChoices, whoseView } from '../me/index.ts';
import { myEntry } from '../my-entry.ts';
import type { Me, OwnViewServices } from '../types.ts';
import { eventsOn, listsOf, organisationIdsIn } from '../who-looked/index.ts';
import { choose, takeBackChoice } from './change.ts';
import { choicesAt, historyOf, ownChoices } from './rules.ts';
import { openSeal, sealEntry, sealsAt } from './seals.ts';

const see = { access: { action: 'read', resource: 'mine' } } as const;
const write = { access: { action: 'write', resource: 'mine' } } as const;

const Choice = Type.Object(
  {
    kind: Type.Union(ownChoices.map((kind) => Type.Literal(kind))),
    organisation: Type.Optional(Type.String({ format: 'uuid' })),
  },
  { additionalProperties: false },
);
const Entry = Type.Object(
  {
    type: Type.String({ pattern: '^[A-Z][A-Za-z]{1,39}$' }),
    id: Type.String({ pattern: '^[A-Za-z0-9.-]{1,64}$' }),
  },
  { additionalProperties: false },
);

/** What a change of choices does; true where something changed. */
type Change = (tx: Tx, saying: Saying) => Promise<boolean>;

/** Adds a person's choices about their information, and the entries they sealed, under `/api/mine`. */
export function registerChoices(app: FastifyInstance, services: OwnViewServices): void {
  const { db, clock, organisations } = services;
  const nameOf = async (id: string): Promise<string> =>
    (await organisations.findOrganisation(id, dayOf(clock())))?.name ?? id;
  const changing = async (viewing: Viewing): Promise<Me> => {
    const me = await whoseView(db, viewing);
    await mustBePermitted(viewing, 'write', myChoices(me));
    return me;
  };

  /** Changes what a person chose, with the event of it. Where it is so already nothing changes, and they only looked. */
  const change = async (viewing: Viewing, me: Me, rule: string, work: Change) => {
    const changed = await pastWallDb(db, 'writing').transaction(async (tx) => {
      const isNew = await work(tx, { by: me.user, at: clock() });
      const { home: patientId } = me;
      if (isNew) putOnRecord(tx, viewing, { kind: 'update', patientId, type: 'Consent', rule });
      return isNew;
    });
    if (!changed) viewing.shows({ kind: 'read', patientId: me.home, type: 'Consent' });
    return { changed };
  };

  app.get('/api/mine/choices', { config: see }, async ({ viewing }, reply) => {
    const me = await whoseView(db, viewing);
    await mustBePermitted(viewing, 'read', myChoices(me));
    const now = clock().getTime();
    const facts = await factsTold(db, 'choice', me.patientIds);
    const shown = await shownTo(services, viewing, me);
    const names = new Set(shown.map(({ type, id }) => `${type}/${id}`));
    const seals = (await sealsAt(db, me, now)).filter(
      ({ saidBy, resourceType, resourceId }) =>
        saidBy === me.user || names.has(`${resourceType}/${resourceId}`),
    );
    const [choices, history] = [choicesAt(facts, now), historyOf(facts, now)];
    const ids = new Set([...choices, ...history, ...seals].flatMap(({ organisation }) => organisation ?? []));
    const organisationNames = Object.fromEntries(
      await Promise.all([...ids].map(async (id) => [id, await nameOf(id)] as const)),
    );
    viewing.shows({ kind: 'read', patientId: me.home, type: 'Consent' });
    return reply.header('cache-control', 'no-store').send({
      choices,
      history,
      seals: seals.map(({ resourceType, resourceId, level, organisation, from, saidBy }) => ({
        type: resourceType,
        id: resourceId,
        level,
        organisation,
        since: from,
        mine: saidBy === me.user,
      })),
      names: organisationNames,
      known: await knownTo(me, shown),
    });
  });

  app.post<{ Body: Static<typeof Choice> }>(
    '/api/mine/choices',
    { config: write, schema: { body: Choice } },
    async ({ viewing, body }) => {
      const me = await changing(viewing);
      const which = await whichChoice(body);
      return change(viewing, me, `chose-${which.kind}`, (tx, saying) => choose(tx, me, which, saying));
    },
  );

  app.post<{ Body: Static<typeof Choice> }>(
    '/api/mine/choices/end',
    { config: write, schema: { body: Choice } },
    async ({ viewing, body }) => {
      const me = await changing(viewing);
      const { kind, organisation = null } = body;
      return change(viewing, me, `took-back-${kind}`, (tx, saying) =>
        takeBackChoice(tx, me, { kind, organisation }, saying),
      );
    },
  );

  app.post<{ Body: Static<typeof Entry> }>(
    '/api/mine/seals',
    { config: write, schema: { body: Entry } },
    async ({ viewing, body }) => {
      const me = await changing(viewing);
      const { entry, source } = await myEntry(services, viewing, me, body);
      const holder = await holderOf(organisations, source);
      if (holder === undefined)
        throw new Problem(
          'own-view/holder-unknown',
          409,
          'We cannot tell who wrote this, so we cannot hide it from others.',
          {
            wayOut: 'Ask the privacy officer to hide it for you.',
          },
        );
      const sealed = { ...body, patientId: entry.patientId, holder };
      return change(viewing, me, 'sealed', (tx, saying) => sealEntry(tx, me, sealed, saying));
    },
  );

  app.post<{ Body: Static<typeof Entry> }>(
    '/api/mine/seals/end',
    { config: write, schema: { body: Entry } },
    async ({ viewing, body }) => {
      const me = await changing(viewing);
      return change(viewing, me, 'unsealed', (tx, saying) => openSeal(tx, me, body, saying));
    },
  );

  /** The organisations that hold something of a person that they may see, or looked at it: those there is a reason to block. */
  async function knownTo(me: Me, entries: readonly RecordEntry[]): Promise<{ id: string; name: string }[]> {
    const { ids } = await listsOf(db, me);
    const sources = new Set(entries.map(({ content, source }) => sourceIn(content) ?? source));
    const holders = await Promise.all([...sources].map((source) => holderOf(organisations, source)));
    const { events } = await eventsOn(services, me, ids);
    const lookers = await organisationIdsIn(events, organisations);
    const day = dayOf(clock());
    const named = await Promise.all(
      [...new Set([...holders, ...lookers])].map((id) =>
        id === undefined ? undefined : organisations.findOrganisation(id, day),
      ),
    );
    return named
      .filter((each) => each !== undefined)
      .map(({ id, name }) => ({ id, name }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** A block needs an organisation that there is; other choices have none. */
  async function whichChoice({ kind, organisation }: Static<typeof Choice>) {
    if (kind !== 'blocks-organisation') return { kind, organisation: null };
    const found =
      organisation === undefined
        ? undefined
        : await organisations.findOrganisation(organisation, dayOf(clock()));
    if (found === undefined)
      throw new Problem('own-view/no-such-organisation', 400, 'Say which organisation you want to block.', {
        place: 'organisation',
        wayOut: 'Choose one from the list.',
      });
    return { kind, organisation: found.id };
  }
}

/** What of their record a person may see. */
async function shownTo({ store }: OwnViewServices, viewing: Viewing, me: Me): Promise<RecordEntry[]> {
  const entries = await store.patientRecord([...me.patientIds]);
  const sources = new Map(entries.map((entry) => [entry, entry.source]));
  const sight = sightOf(viewing, async (rows) => rows.map((row) => sources.get(row as RecordEntry) ?? null));
  if (sight === undefined) return entries;
  const listed = await sight.lists(entries);
  return entries.filter((_, at) => listed[at]);
}

/** Who a stored resource says it comes from. */
const sourceIn = (content: string): string | undefined =>
  (JSON.parse(content) as { meta?: { source?: string } }).meta?.source;
