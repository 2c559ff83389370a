import type { OrganisationId } from '../../organisations/index.ts';
import type { UserId } from '../types.ts';
import type { RelationshipKind } from '../words.ts';

/** A relationship that a resource is evidence of. Null from: since it was first said. */
export type Evidenced = {
  kind: RelationshipKind;
  organisation: OrganisationId;
  team: string | null;
  user: UserId | null;
  from: number | null;
  to: number | null;
};

/** Who references in resources mean here; undefined when they mean nobody known. */
export type Directory = {
  organisation(reference: Reference): OrganisationId | undefined;
  user(reference: Reference): UserId | undefined;
};

export type Reference = { reference?: string; identifier?: { system?: string; value?: string } };

type Period = { start?: string; end?: string };

/** The parts of FHIR R4 resources that are evidence of a relationship. */
export type Evidence = {
  resourceType: string;
  id?: string;
  status?: string;
  active?: boolean;
  class?: { code?: string };
  period?: Period;
  authoredOn?: string;
  serviceProvider?: Reference;
  managingOrganization?: Reference | Reference[];
  performer?: Reference[];
  participant?: { member?: Reference; onBehalfOf?: Reference; period?: Period }[];
  team?: Reference[];
  generalPractitioner?: Reference[];
};

/**
 * The relationships a resource is evidence of as it now stands; none when it no longer is. `changed` is the moment of this
 * version: where a resource says that something ended and not when, it ended then.
 */
export function evidencedBy(resource: Evidence, changed: number, directory: Directory): Evidenced[] {
  switch (resource.resourceType) {
    case 'Encounter':
      return fromEncounter(resource, changed, directory);
    case 'ServiceRequest':
      return fromServiceRequest(resource, changed, directory);
    case 'CareTeam':
      return fromCareTeam(resource, changed, directory);
    case 'EpisodeOfCare':
      return fromEpisode(resource, changed, directory);
    case 'Patient':
      return fromPatient(resource, directory);
    default:
      return [];
  }
}

/** Classes of encounters in which somebody stays. Source: v3-ActEncounterCode. */
const stays = new Set(['IMP', 'ACUTE', 'NONAC', 'SS', 'OBSENC']);

/** A stay is an admission, anything else an attendance. What is planned, cancelled or a mistake is neither. */
function fromEncounter(resource: Evidence, changed: number, directory: Directory): Evidenced[] {
  const { status = '', period, serviceProvider } = resource;
  const over = status === 'finished';
  if (!over && !['arrived', 'triaged', 'in-progress', 'onleave'].includes(status)) return [];
  const kind = stays.has(resource.class?.code ?? '') ? 'admission' : 'attendance';
  return withOrganisations(kind, [serviceProvider], spanOf(period, over, changed), directory);
}

/** A referral ties the one it goes to: a user where one is named, else the organisation. */
function fromServiceRequest(resource: Evidence, changed: number, directory: Directory): Evidenced[] {
  const { status = '', performer = [], authoredOn } = resource;
  const over = status === 'completed' || status === 'revoked';
  if (!over && status !== 'active' && status !== 'on-hold') return [];
  return withOrganisations(
    'referral',
    performer,
    { from: momentOf(authoredOn), to: over ? changed : null },
    directory,
  );
}

/** A care team ties each organisation it works for, narrowed to the team. */
function fromCareTeam(resource: Evidence, changed: number, directory: Directory): Evidenced[] {
  const { status = '', period, participant = [] } = resource;
  const over = status === 'inactive';
  if (!over && status !== 'active' && status !== 'suspended') return [];
  const team = `CareTeam/${resource.id ?? ''}`;
  const span = spanOf(period, over, changed);
  const whole = withOrganisations('care-team', list(resource.managingOrganization), span, directory);
  const members = participant.flatMap(({ member, onBehalfOf, period: own }) => {
    const stay =
      own === undefined
        ? span
        : { from: momentOf(own.start) ?? span.from, to: earlier(momentOf(own.end), span.to) };
    return withOrganisations('care-team', [onBehalfOf ?? member], stay, directory);
  });
  return distinct([...whole, ...members].map((each) => ({ ...each, team, user: null })));
}

/** An episode of care puts a person on a caseload: of its teams where it names some, else of the organisation. */
function fromEpisode(resource: Evidence, changed: number, directory: Directory): Evidenced[] {
  const { status = '', period, team = [] } = resource;
  const over = status === 'finished';
  if (!over && status !== 'active' && status !== 'onhold') return [];
  const found = withOrganisations(
    'caseload',
    list(resource.managingOrganization),
    spanOf(period, over, changed),
    directory,
  );
  const teams = team.flatMap(({ reference }) => reference ?? []);
  return teams.length === 0 ? found : found.flatMap((each) => teams.map((name) => ({ ...each, team: name })));
}

/** A person is registered with the practices their Patient names. */
function fromPatient({ active, generalPractitioner = [] }: Evidence, directory: Directory): Evidenced[] {
  if (active === false) return [];
  const practices = generalPractitioner.filter((reference) => directory.user(reference) === undefined);
  return withOrganisations('registered', practices, { from: null, to: null }, directory);
}

type Span = { from: number | null; to: number | null };

function withOrganisations(
  kind: RelationshipKind,
  references: readonly (Reference | undefined)[],
  span: Span,
  directory: Directory,
): Evidenced[] {
  return distinct(
    references.flatMap((reference) => {
      const organisation = reference && directory.organisation(reference);
      if (organisation === undefined) return [];
      return [{ kind, organisation, team: null, user: directory.user(reference!) ?? null, ...span }];
    }),
  );
}

const keyOf = ({ kind, organisation, team, user }: Evidenced): string =>
  JSON.stringify([kind, organisation, team, user]);

/** One relationship for each tie, though several references mean it: the earliest beginning, the latest end. */
const distinct = (all: Evidenced[]): Evidenced[] =>
  [...Map.groupBy(all, keyOf).values()].map((same) => ({
    ...same[0]!,
    from: same.some(({ from }) => from === null) ? null : Math.min(...same.map(({ from }) => from!)),
    to: same.some(({ to }) => to === null) ? null : Math.max(...same.map(({ to }) => to!)),
  }));

const spanOf = (period: Period | undefined, over: boolean, changed: number): Span => ({
  from: momentOf(period?.start),
  to: momentOf(period?.end) ?? (over ? changed : null),
});

const earlier = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b);

/** A FHIR date or dateTime as a moment; a date without a time is its beginning in Greenwich. Null when there is none. */
function momentOf(text: string | undefined): number | null {
  const at = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? null : at;
}

const list = <Each>(value: Each | Each[] | undefined): Each[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
