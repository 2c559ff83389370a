import type { Kind, Particulars } from '../types.ts';
import type { LoggedEvent } from '../verifier/index.ts';
import {
  applicationServer,
  codesOfKind,
  entity,
  machines,
  profileOf,
  purposeSystem,
  userType,
} from './codes.ts';

/** FHIR outcomes: success, minor failure (refused), serious failure. */
const outcomes: Record<string, string> = { permitted: '0', refused: '4', failed: '8' };

/** A value that is not known, or was erased. */
const absent = (code: 'unknown' | 'masked') => ({
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: code }],
});

/**
 * An event as a FHIR R4 AuditEvent in the shape of IHE BALP 1.1. Particulars that were erased are told as masked.
 * `site` is the origin of the log.
 */
export function toAuditEvent(event: LoggedEvent, particulars: Particulars | undefined, site: string) {
  const kind = event.kind as Kind;
  const { type, subtype, action, profile } = codesOfKind[kind];
  const isMasked = particulars === undefined && event.text !== undefined;
  const follows = event.outcome === 'permitted' && profile !== undefined;
  const purposes =
    event.purpose === undefined ? [] : [{ coding: [{ system: purposeSystem, code: event.purpose }] }];
  return {
    resourceType: 'AuditEvent' as const,
    id: event.id,
    ...(follows ? { meta: { profile: [profileOf(profile, event.person !== undefined)] } } : {}),
    type,
    ...(subtype === undefined ? {} : { subtype: [subtype] }),
    action,
    recorded: event.at,
    outcome: outcomes[event.outcome]!,
    ...(event.rule === undefined ? {} : { outcomeDesc: event.rule }),
    ...(purposes.length === 0 ? {} : { purposeOfEvent: purposes }),
    agent: agentsOf(event, kind, particulars, { site, isMasked, purposes }),
    source: { site, observer: { display: site }, type: [applicationServer] },
    entity: entitiesOf(event, kind, particulars, isMasked),
  };
}

function agentsOf(
  event: LoggedEvent,
  kind: Kind,
  particulars: Particulars | undefined,
  { site, isMasked, purposes }: { site: string; isMasked: boolean; purposes: object[] },
) {
  const { client, server } = machines(kind);
  const address = particulars?.address;
  return [
    {
      type: { coding: [client] },
      who: { display: 'client' },
      requestor: false,
      network:
        address === undefined
          ? { _address: absent(isMasked ? 'masked' : 'unknown') }
          : { address, type: '2' },
    },
    {
      type: { coding: [server] },
      who: { display: site },
      requestor: false,
      network: { address: site, type: '5' },
    },
    {
      type: { coding: [userType(kind)] },
      ...(event.role === undefined ? {} : { role: [{ text: event.role }] }),
      who: { identifier: { value: event.user } },
      ...(particulars?.userName === undefined ? {} : { name: particulars.userName }),
      requestor: true,
      ...(purposes.length === 0 ? {} : { purposeOfUse: purposes }),
    },
    ...(event.organisation === undefined
      ? []
      : [
          {
            type: {
              coding: [
                {
                  system: 'http://terminology.hl7.org/CodeSystem/v3-RoleClass',
                  code: 'PROV',
                  display: 'healthcare provider',
                },
              ],
            },
            who: {
              identifier: {
                system: 'https://fhir.nhs.uk/Id/ods-organization-code',
                value: event.organisation,
              },
            },
            requestor: false,
          },
        ]),
  ];
}

function entitiesOf(event: LoggedEvent, kind: Kind, particulars: Particulars | undefined, isMasked: boolean) {
  const entities: object[] = [];
  if (event.request !== undefined)
    entities.push({ what: { identifier: { value: event.request } }, ...entity.request });
  if (event.person !== undefined)
    entities.push({
      what: {
        type: 'Patient',
        identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${event.person}` },
      },
      ...entity.person,
    });
  if (kind === 'search') {
    const query = particulars?.query;
    entities.push({
      ...entity.query,
      ...(query === undefined
        ? { _query: absent(isMasked ? 'masked' : 'unknown') }
        : { query: Buffer.from(query).toString('base64') }),
    });
  } else {
    const target = particulars?.target;
    entities.push({
      what:
        target === undefined ? { display: event.resource ?? 'unknown' } : { identifier: { value: target } },
      ...entity.data,
    });
  }
  return entities;
}
