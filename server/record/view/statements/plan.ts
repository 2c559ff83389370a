import type { CarePlan, CareTeam, CodeableConcept, Goal } from '@medplum/fhirtypes';
import { conceptKey, conceptTitle, mainCoding, plainWording } from '../reading/codes.ts';
import { dayOf, startOf } from '../reading/dates.ts';
import { practitionerName } from '../reading/sources.ts';
import type { Standing } from '../types.ts';
import { notes, together, type Reader } from './statement.ts';

const takenBack = 'entered-in-error';
const live = new Set(['active', 'on-hold', 'accepted', 'planned', 'proposed', 'draft']);

/** Reads a care plan. */
export const readCarePlan: Reader = (filed, lookup) => {
  const plan = filed.resource as unknown as CarePlan;
  const code = conceptKey(plan.category?.[0] ?? { text: plan.title ?? '' });
  const activities = plan.activity?.map(
    (each) => conceptTitle(each.detail?.code) ?? each.detail?.description,
  );
  return {
    kind: 'plan',
    group: code,
    key: ['plan', code, dayOf(startOf(plan.period)), together(activities)].join(' '),
    title: plan.title ?? conceptTitle(namedCategory(plan.category)) ?? 'Care plan',
    code: mainCoding(plan.category?.[0]),
    when: startOf(plan.period) ?? plan.created,
    recorded: plan.created,
    standing: standingOf(plan.status),
    signedBy: practitionerName(plan.author, filed.resource, lookup),
    facts: {
      sort: 'care-plan',
      status: plan.status,
      endedOn: dayOf(plan.period?.end),
      activity: together(activities),
      about: plan.description,
      note: notes(plan.note),
    },
  };
};

/** Some categories only say that it is a plan; a named one tells more. */
function namedCategory(categories: CodeableConcept[] | undefined): CodeableConcept | undefined {
  return categories?.find(
    (category) => conceptTitle(category) !== undefined && category.coding?.[0]?.code !== 'assess-plan',
  );
}

/** Reads a goal. */
export const readGoal: Reader = (filed, lookup) => {
  const goal = filed.resource as unknown as Goal;
  const title = conceptTitle(goal.description) ?? 'Goal without a name';
  return {
    kind: 'plan',
    group: `goal:${plainWording(title)}`,
    key: ['goal', conceptKey(goal.description), goal.startDate].join(' '),
    title,
    code: mainCoding(goal.description),
    when: goal.startDate ?? goal.statusDate,
    standing: goal.lifecycleStatus === 'rejected' ? 'not-done' : standingOf(goal.lifecycleStatus),
    signedBy: practitionerName(goal.expressedBy, filed.resource, lookup),
    facts: {
      sort: 'goal',
      status: goal.lifecycleStatus,
      achieved: conceptTitle(goal.achievementStatus),
      dueOn: goal.target?.[0]?.dueDate,
      note: notes(goal.note),
    },
  };
};

/** Reads a care team: who looks after the person together. */
export const readCareTeam: Reader = (filed, lookup) => {
  const team = filed.resource as unknown as CareTeam;
  const title = team.name ?? conceptTitle(team.category?.[0]) ?? 'Care team';
  const members = team.participant?.map((each) => {
    const name = practitionerName(each.member, filed.resource, lookup);
    return [name, conceptTitle(each.role?.[0])].filter(Boolean).join(', ') || undefined;
  });
  return {
    kind: 'plan',
    group: `team:${plainWording(title)}`,
    key: ['team', plainWording(title), dayOf(startOf(team.period))].join(' '),
    title,
    when: startOf(team.period),
    standing: standingOf(team.status),
    facts: { sort: 'care-team', status: team.status, members: together(members), note: notes(team.note) },
  };
};

function standingOf(status: string | undefined): Standing {
  if (status === takenBack) return 'set-aside';
  if (status === undefined || status === 'unknown') return 'unclear';
  return live.has(status) ? 'current' : 'past';
}
