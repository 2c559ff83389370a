import type {
  CareTeam,
  ContactPoint,
  Organization,
  Patient,
  Practitioner,
  Reference,
} from '@medplum/fhirtypes';
import type { Resource } from '../../record/types.ts';
import type { PlainContact } from './types.ts';

/** Finds a resource by `Type/id`; undefined when it is not at hand. */
export type Find = (reference: string) => Resource | undefined;

/** Who looks after a person, and how to reach them: the practice they are registered with, and the teams named in the record. */
export function contactsOf(resources: readonly Resource[], find: Find): PlainContact[] {
  const contacts = [
    ...resources
      .filter(ofType('Patient'))
      .flatMap((patient) => practicesOf(patient as unknown as Patient, find)),
    ...resources.filter(ofType('CareTeam')).flatMap((team) => membersOf(team as unknown as CareTeam, find)),
  ];
  const known = new Map(contacts.map((contact) => [JSON.stringify(contact), contact]));
  return [...known.values()];
}

const ofType = (type: string) => (resource: Resource) => resource.resourceType === type;

const practicesOf = (patient: Patient, find: Find): PlainContact[] =>
  (patient.generalPractitioner ?? []).flatMap((reference) => {
    const contact = contactOf(reference, 'GP practice', find);
    return contact === undefined ? [] : [contact];
  });

function membersOf(team: CareTeam, find: Find): PlainContact[] {
  if (team.status !== undefined && team.status !== 'active' && team.status !== 'proposed') return [];
  const [phone] = phonesIn(team.telecom);
  const organisation =
    team.managingOrganization?.map((each) => nameOf(each, find)).find(Boolean) ?? team.name ?? null;
  const members = (team.participant ?? []).flatMap(({ member, role }) => {
    const text = role?.[0]?.text ?? role?.[0]?.coding?.[0]?.display;
    const contact = isPerson(member) ? undefined : contactOf(member, text ?? null, find);
    return contact === undefined
      ? []
      : [
          {
            ...contact,
            organisation: contact.organisation ?? organisation,
            phone: contact.phone ?? phone ?? null,
          },
        ];
  });
  return members.length > 0 || team.name === undefined
    ? members
    : [{ name: team.name, role: null, organisation, phone: phone ?? null }];
}

/** The person and their family are in their team too, but are no contacts to show. */
const isPerson = (reference: Reference | undefined): boolean =>
  /^(Patient|RelatedPerson)\//.test(reference?.reference ?? '');

function contactOf(
  reference: Reference | undefined,
  role: string | null,
  find: Find,
): PlainContact | undefined {
  const name = nameOf(reference, find);
  if (name === undefined) return undefined;
  const found = find(reference?.reference ?? '') as unknown as Organization | Practitioner | undefined;
  const [phone] = phonesIn(found?.telecom);
  return { name, role, organisation: null, phone: phone ?? null };
}

function nameOf(reference: Reference | undefined, find: Find): string | undefined {
  const found = find(reference?.reference ?? '');
  if (found?.resourceType === 'Organization')
    return (found as unknown as Organization).name ?? reference?.display;
  if (found?.resourceType === 'Practitioner') {
    const [name] = (found as unknown as Practitioner).name ?? [];
    const text =
      name?.text ?? [...(name?.prefix ?? []), ...(name?.given ?? []), name?.family].filter(Boolean).join(' ');
    return text === '' ? reference?.display : text;
  }
  return reference?.display;
}

const phonesIn = (points: ContactPoint[] | undefined): string[] =>
  (points ?? []).flatMap(({ system, value }) => (system === 'phone' && value !== undefined ? [value] : []));
