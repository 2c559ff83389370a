import { rm } from 'node:fs/promises';
import { after } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { filled, now, people, personIdOf, type Name } from '../../test/support/made-up-residents.ts';
import { walledDatabase } from '../../test/support/walled-database.ts';
import { openAsking, state, type RelationshipKind, type Standing, type Viewing } from '../access/index.ts';
import { openAuditLog, Proofs, type AuditLog } from '../audit/index.ts';
import { createOrganisations, odsSystem } from '../organisations/index.ts';
import { everyPatientOf, personOfNumber, personsBehind } from '../people/index.ts';
import type { Clock } from '../platform/clock.ts';
import { pastWallDb } from '../platform/db/index.ts';
import { createHttp, wallRequests } from '../platform/http/index.ts';
import { openFileDoor } from '../platform/scanning/index.ts';
import { ridOf } from '../record/rid.ts';
import type { Services } from '../services.ts';
import { decideEntry } from './copy/index.ts';
import { registerOwnView } from './index.ts';

/** Who asks in a test. */
export type Asks = Name | Standing;

export type House = {
  services: Services;
  log: AuditLog;
  app: FastifyInstance;
  /** Sets the clock. */
  at(moment: string): void;
  clock: Clock;
  personId(name: Name): Promise<string>;
  /** Signs somebody in as themselves. */
  resident(name: Name): Promise<Standing>;
  /** A member of staff in a role at an organisation, by its ODS code. */
  staff(id: string, role: string, odsCode: string, purpose?: string): Promise<Standing>;
  /** The privacy officer of the hospital, who oversees all that share by the agreement. */
  officer(): Promise<Standing>;
  /** States why an organisation is concerned with somebody. */
  relate(kind: RelationshipKind, name: Name, odsCode: string): Promise<void>;
  /** How somebody asks, outside a request. */
  viewing(who: Standing): Viewing;
  /** Decides on an entry of a copy in the place of a clinician who may read it. */
  decideFor(copyId: string, entry: { type: string; id: string; version: number }): Promise<void>;
  /** Asks over HTTP. */
  ask<Body>(
    who: Asks,
    method: 'GET' | 'POST',
    url: string,
    payload?: object,
  ): Promise<{ status: number; body: Body }>;
  take(who: Asks, url: string): Promise<Buffer>;
};

type Scope = { after(work: () => Promise<void>): void };

/** The own view of made-up people over a real database, with real decisions and a real audit log. */
export async function house(scope: Scope = { after }): Promise<House> {
  const undo: (() => Promise<void>)[] = [];
  scope.after(async () => {
    for (const work of undo.toReversed()) await work();
  });
  const { db } = await walledDatabase({ after: (work) => void undo.push(work) });
  let moment = Date.parse(now);
  // Each look at the clock is a millisecond later, as no two acts are of one moment.
  const clock: Clock = () => new Date(moment++);
  const { folder, services } = await filled(db, clock);
  const organisations = createOrganisations(db);
  const log = await openAuditLog({
    db: pastWallDb(db, 'noting'),
    dataDir: folder,
    clock,
    onError: (error) => {
      throw error;
    },
    everyMs: 3_600_000,
  });
  const asking = openAsking({
    db,
    clock,
    organisations,
    personsOf: (patientIds) => personsBehind(db, patientIds),
    everyPatientOf: (of) => everyPatientOf(db, of),
    personOfNumber: (number, born) => personOfNumber(db, number, born),
  });

  const known = new Map<string, Standing>();
  const app = createHttp({
    gate: async (request) => {
      const standing = known.get(String(request.headers['x-test-as'] ?? request.headers.cookie ?? ''));
      if (standing === undefined) throw new Error('A test asks as somebody.');
      request.viewing = asking.viewing(standing, () => []).viewing;
    },
  });
  wallRequests(app);
  registerOwnView(app, {
    db,
    clock,
    store: services.store,
    search: services.search,
    organisations,
    files: openFileDoor,
    proofs: new Proofs(db),
    logKeys: () => log.keys.texts(),
    askFor: (viewing, purpose) => asking.askFor(viewing, purpose),
  });
  undo.push(async () => {
    await app.close();
    await log.stop();
    await services.validator.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const personId = (name: Name): Promise<string> => personIdOf(db, name);
  const resident = async (name: Name): Promise<Standing> => {
    const subject = { kind: 'resident', id: `login:${name}`, person: await personId(name) } as const;
    return {
      asker: { kind: 'known', subject, purpose: 'PATRQT', signIn: 'P9', app: null, project: null },
      postId: null,
      homes: [],
    };
  };
  const standingOf = async (who: Asks): Promise<string> => {
    const standing = typeof who === 'string' ? await resident(who) : who;
    const name = standing.asker.subject.id;
    known.set(name, standing);
    return name;
  };

  const staff: House['staff'] = async (id, role, odsCode, purpose = 'TREAT') => {
    const organisation = (await organisations.organisationByIdentifier({
      system: odsSystem,
      value: odsCode,
    }))!;
    const day = clock().toISOString().slice(0, 10);
    const found = (await organisations.findOrganisation(organisation, day))!;
    const bodies = (await organisations.allBodiesOf(organisation, day)).map((body) => body.id);
    const party = { id: organisation, kind: found.kind, name: found.name, bodies };
    const post = { role, organisation: party, teams: [], from: Date.parse('2020-01-01'), to: null };
    return {
      asker: {
        kind: 'known',
        subject: { kind: 'staff', id, person: null, post },
        purpose: purpose as 'TREAT',
        signIn: 'AAL3',
        app: null,
        project: null,
      },
      postId: null,
      homes: [],
    };
  };

  return {
    services,
    log,
    app,
    clock,
    at: (text) => void (moment = Date.parse(text)),
    personId,
    resident,
    staff,
    officer: () => staff('pia', 'R0001', 'ZZR01', 'HCOMPL'),
    async decideFor(copyId, entry) {
      await db.transaction((tx) =>
        decideEntry(tx, copyId, {
          ...entry,
          gives: true,
          reason: null,
          decided: clock(),
          decidedBy: 'test',
        }),
      );
    },
    viewing: (who) => asking.viewing(who, () => []).viewing,
    async relate(kind, name, odsCode) {
      const organisation = await organisations.organisationByIdentifier({
        system: odsSystem,
        value: odsCode,
      });
      const fact = {
        kind,
        organisation: organisation!,
        team: null,
        user: null,
        evidence: 'a test',
        from: Date.parse('2026-01-01'),
        to: null,
      };
      await db.transaction((tx) =>
        state(tx, 'relationship', ridOf(people[name].id), fact, { by: 'test', at: clock() }),
      );
    },
    async ask<Body>(who: Asks, method: 'GET' | 'POST', url: string, payload?: object) {
      const as = await standingOf(who);
      const answer = await app.inject({
        method,
        url,
        headers: { host: 'localhost', 'x-test-as': as },
        ...(payload === undefined ? {} : { payload }),
      });
      return { status: answer.statusCode, body: JSON.parse(answer.body) as Body };
    },
    async take(who, url) {
      const as = await standingOf(who);
      const answer = await app.inject({
        method: 'GET',
        url,
        headers: { host: 'localhost', 'x-test-as': as },
      });
      if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${answer.body}`);
      return answer.rawPayload;
    },
  };
}
