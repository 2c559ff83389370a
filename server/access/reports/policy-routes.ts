import type { FastifyInstance } from 'fastify';
import { dayOf } from '../../organisations/index.ts';
import type { PrivacyServices } from '../privacy/services.ts';
import { namesOfOrganisations } from '../privacy/events.ts';
import { rulesInForce } from '../store/in-force.ts';
import { csvOf } from './csv.ts';
import { differences } from './differences.ts';
import { registerRows, sensitivityRows, unconfirmed, type Sheet } from './processing.ts';

const see = { access: { action: 'read', resource: 'policy' } } as const;

/** Adds the policy, its versions and agreements under `/api/policy`, with the register of processing and the DPIA table as CSV too. */
export function registerPolicy(
  app: FastifyInstance,
  { db, clock, organisations }: Pick<PrivacyServices, 'db' | 'clock' | 'organisations'>,
): void {
  const now = () => rulesInForce(db, dayOf(clock()));
  const named = (parties: readonly string[]) => namesOfOrganisations(organisations, parties, dayOf(clock()));

  app.get('/api/policy', { config: see }, async () => {
    const { policy, versions, agreements } = await now();
    const names = await named(agreements.flatMap(({ parties }) => parties));
    const today = dayOf(clock());
    return {
      policy,
      versions: versions.map((version, at) => ({
        version: version.version,
        from: version.from,
        note: version.note ?? null,
        inForce: version === policy,
        changes: versions[at + 1] === undefined ? null : differences(versions[at + 1]!, version),
      })),
      agreements: agreements.map((each) => ({
        ...each,
        parties: each.parties.map((party) => names.get(party) ?? party),
        inForce: each.from <= today && (each.to === null || today < each.to),
      })),
      unconfirmed: unconfirmed(policy),
    };
  });

  const sheets = {
    register: async (): Promise<Sheet> => {
      const { agreements } = await now();
      const names = await named(agreements.flatMap(({ parties }) => parties));
      return registerRows(agreements, (party) => names.get(party));
    },
    dpia: async (): Promise<Sheet> => sensitivityRows((await now()).policy),
  };
  for (const [name, sheet] of Object.entries(sheets)) {
    app.get(`/api/policy/${name}`, { config: see }, sheet);
    app.get(`/api/policy/${name}.csv`, { config: see }, async (_request, reply) =>
      reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${name}.csv"`)
        .send(csvOf(await sheet())),
    );
  }
}
