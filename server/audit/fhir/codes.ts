import type { Kind } from '../types.ts';

export type Coding = { system: string; code: string; display: string };

const dicom = 'http://dicom.nema.org/resources/ontology/DCM';
const terminology = 'http://terminology.hl7.org/CodeSystem';
const balp = 'https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit';

const coding = (system: string, code: string, display: string): Coding => ({ system, code, display });

export const restful = coding(`${terminology}/audit-event-type`, 'rest', 'Restful Operation');
const interaction = (code: string): Coding => coding('http://hl7.org/fhir/restful-interaction', code, code);
const dcm = (code: string, display: string): Coding => coding(dicom, code, display);

/** What an event of each kind is in FHIR. `profile` is the last part of the name of its BALP profile, where it has one. */
export const codesOfKind: Record<
  Kind,
  { type: Coding; subtype?: Coding; action: 'C' | 'R' | 'U' | 'D' | 'E'; profile?: string }
> = {
  read: { type: restful, subtype: interaction('read'), action: 'R', profile: 'Read' },
  search: { type: restful, subtype: interaction('search-type'), action: 'E', profile: 'Query' },
  create: { type: restful, subtype: interaction('create'), action: 'C', profile: 'Create' },
  update: { type: restful, subtype: interaction('update'), action: 'U', profile: 'Update' },
  delete: { type: restful, subtype: interaction('delete'), action: 'D', profile: 'Delete' },
  operate: { type: restful, subtype: interaction('operation'), action: 'E' },
  decision: { type: dcm('110113', 'Security Alert'), action: 'E' },
  export: { type: dcm('110106', 'Export'), action: 'R' },
  link: {
    type: coding(`${terminology}/iso-21089-lifecycle`, 'link', 'Link Record Lifecycle Event'),
    action: 'U',
  },
  'break-glass': {
    type: dcm('110113', 'Security Alert'),
    subtype: dcm('110127', 'Emergency Override Started'),
    action: 'E',
  },
  policy: {
    type: dcm('110113', 'Security Alert'),
    subtype: dcm('110129', 'Security Configuration'),
    action: 'U',
  },
  'sign-in': { type: dcm('110114', 'User Authentication'), subtype: dcm('110122', 'Login'), action: 'E' },
  'sign-out': { type: dcm('110114', 'User Authentication'), subtype: dcm('110123', 'Logout'), action: 'E' },
};

/** The profile of an event; those about a person have one of their own. */
export const profileOf = (name: string, aboutPerson: boolean): string =>
  `${balp}.${aboutPerson ? 'Patient' : ''}${name}`;

/** The two machines of an access. Whoever deletes is told of otherwise in BALP. */
export const machines = (kind: Kind): { client: Coding; server: Coding } =>
  kind === 'delete'
    ? {
        client: dcm('110150', 'Application'),
        server: coding(`${terminology}/provenance-participant-type`, 'custodian', 'Custodian'),
      }
    : { client: dcm('110153', 'Source Role ID'), server: dcm('110152', 'Destination Role ID') };

export const userType = (kind: Kind): Coding => {
  const writes = kind === 'create' || kind === 'update' || kind === 'delete';
  return writes
    ? coding(`${terminology}/v3-ParticipationType`, 'AUT', 'author (originator)')
    : coding(`${terminology}/v3-ParticipationType`, 'IRCP', 'information recipient');
};

export const entity = {
  person: {
    type: coding(`${terminology}/audit-entity-type`, '1', 'Person'),
    role: coding(`${terminology}/object-role`, '1', 'Patient'),
  },
  data: {
    type: coding(`${terminology}/audit-entity-type`, '2', 'System Object'),
    role: coding(`${terminology}/object-role`, '4', 'Domain Resource'),
  },
  query: {
    type: coding(`${terminology}/audit-entity-type`, '2', 'System Object'),
    role: coding(`${terminology}/object-role`, '24', 'Query'),
  },
  request: {
    type: coding(
      'https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType',
      'XrequestId',
      'X-Request-Id',
    ),
  },
};

export const purposeSystem = `${terminology}/v3-ActReason`;
export const applicationServer = coding(`${terminology}/security-source-type`, '4', 'Application Server');
