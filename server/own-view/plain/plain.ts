import type { Appointment, Encounter, ServiceRequest } from '@medplum/fhirtypes';
import type { RecordView } from '../../record/view/index.ts';
import type { Resource } from '../../record/types.ts';
import { timesOf } from './appointments.ts';
import { contactsOf, type Find } from './contacts.ts';
import { itemOf, itemOfGroup, testOf, type Entry, type Group } from './items.ts';
import { courseOf, isReferral } from './referrals.ts';
import type { PlainAppointment, PlainDocument, PlainItem, PlainRecord, PlainReferral } from './types.ts';
import { conditions, findWords, medicines, partsOfLife, tests } from './words/index.ts';

/** A person's record in words for them. `resources` are those that may be shown; `find` also knows organisations and staff. */
export function plainRecord(
  view: RecordView,
  resources: readonly Resource[],
  find: Find,
  at: Date,
): PlainRecord {
  const { banner } = view;
  return {
    name: banner.name,
    born: banner.born ?? null,
    nhsNumbers: banner.nhsNumbers,
    address: banner.address ?? null,
    phone: banner.phone ?? null,
    conditions: {
      now: view.problems.active.filter(isIllness).map(conditionOf),
      past: view.problems.past.filter(isIllness).map(conditionOf),
    },
    medicines: { now: view.medicines.current.map(medicineOf), past: view.medicines.past.map(medicineOf) },
    allergies: { state: view.allergies.state, items: view.allergies.active.map(allergyOf) },
    tests: view.results.map((series) => testOf(series, findWords(tests, series.title))),
    vaccinations: view.immunisations
      .filter(({ standing }) => standing !== 'not-done')
      .map((entry) => itemOf(entry, undefined, [dose(entry)])),
    ...movesOf(view, resources, at),
    plans: view.plans.filter(({ facts }) => facts['sort'] !== 'care-team').map(planOf),
    documents: view.documents.map(documentOf),
    contacts: contactsOf(resources, find),
    sources: [...new Set(view.sources.map(({ name }) => name))],
  };
}

/** Records of hospitals hold many things of life among the problems; those are no illness. */
const isIllness = (group: Group): boolean => !partsOfLife.test(group.title);

const conditionOf = (group: Group): PlainItem =>
  itemOfGroup(group, findWords(conditions, group.title), [
    group.ruledOutBy === undefined
      ? undefined
      : `Not all agree: ${group.ruledOutBy.join(', ')} says you do not have it.`,
  ]);

const medicineOf = (group: Group): PlainItem => {
  const { facts } = group.entries[0]!;
  return itemOfGroup(group, findWords(medicines, group.title), [
    facts['dose'],
    facts['reason'] === undefined ? undefined : `Given for: ${facts['reason']}.`,
  ]);
};

const allergyOf = (group: Group): PlainItem => {
  const { facts } = group.entries[0]!;
  return itemOfGroup(group, undefined, [
    facts['reaction'] === undefined ? undefined : `What it did: ${facts['reaction']}.`,
    facts['criticality'] === 'high' ? 'This could be very bad for you. Tell all who treat you.' : undefined,
  ]);
};

const dose = ({ facts }: Entry): string | undefined =>
  facts['doseNumber'] === undefined ? undefined : `Dose ${facts['doseNumber']}.`;

const planOf = (entry: Entry): PlainItem =>
  itemOf(entry, undefined, [
    entry.facts['sort'] === 'goal' ? 'This is a goal.' : undefined,
    entry.facts['about'],
    entry.facts['activity'] === undefined ? undefined : `What will be done: ${entry.facts['activity']}.`,
    entry.facts['dueOn'] === undefined ? undefined : `To be reached by ${entry.facts['dueOn']}.`,
    entry.standing === 'past' ? 'This is in the past.' : undefined,
  ]);

const documentOf = (entry: Entry): PlainDocument => ({
  ...itemOf(entry, undefined, [entry.facts['about']]),
  files: (entry.attachments ?? []).map(({ title, held, type, id, index }) => ({
    title,
    address: held === 'here' || held === 'binary' ? `${type}/${id}/${index}` : null,
  })),
});

const nameOf = ({ resourceType, id }: Resource): string => `${resourceType}/${id}`;

/** Appointments and referrals, each referral with where it stands. */
function movesOf(
  view: RecordView,
  resources: readonly Resource[],
  at: Date,
): Pick<PlainRecord, 'appointments' | 'referrals'> {
  const byName = new Map(resources.map((each) => [nameOf(each), each]));
  const all = resources as unknown as (Appointment | Encounter)[];
  const others = view.others.filter(({ standing }) => standing !== 'set-aside');
  const found = others.flatMap((entry) => {
    const first = entry.said[0];
    const resource = first === undefined ? undefined : byName.get(`${first.type}/${first.id}`);
    return resource === undefined ? [] : [{ entry, resource }];
  });
  const appointments = found
    .filter(({ resource }) => resource.resourceType === 'Appointment')
    .map(({ entry, resource }): PlainAppointment => {
      const { description, participant } = resource as unknown as Appointment;
      const where = participant
        ?.map(({ actor }) => actor)
        .filter((actor) => /^(Location|HealthcareService)\//.test(actor?.reference ?? ''))
        .map((actor) => actor?.display);
      return {
        ...itemOf(entry, undefined, [
          description === entry.title ? undefined : description,
          ...(where ?? []),
        ]),
        ...timesOf(resource as unknown as Appointment, at),
      };
    })
    .sort((a, b) => ((a.at ?? '') < (b.at ?? '') ? 1 : -1));
  const referrals = found
    .filter(({ resource }) => isReferral(resource))
    .map(({ entry, resource }): PlainReferral => {
      const referral = resource as unknown as ServiceRequest;
      const its = all.filter((each) => each.basedOn?.some(({ reference }) => reference === nameOf(resource)));
      const reasons = referral.reasonCode?.map(({ text, coding }) => text ?? coding?.[0]?.display) ?? [];
      return {
        ...itemOf(
          entry,
          undefined,
          reasons.map((reason) => (reason === undefined ? undefined : `Why: ${reason}.`)),
        ),
        to: referral.performer?.map(({ display }) => display).find((name) => name !== undefined) ?? null,
        ...courseOf(
          referral,
          its.filter(({ resourceType }) => resourceType === 'Appointment') as Appointment[],
          its.filter(({ resourceType }) => resourceType === 'Encounter') as Encounter[],
          at,
        ),
      };
    });
  return { appointments, referrals };
}
