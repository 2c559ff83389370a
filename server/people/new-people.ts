import type { CopyPart } from '../platform/db/index.ts';
import { newId } from '../platform/ids.ts';
import { model } from './candidates.ts';
import { keysOf, normalise } from './matching/index.ts';
import { changeRows } from './store/changes.ts';
import { linkRows, personRows } from './store/links.ts';
import { memberRows } from './store/members.ts';
import type { Member, ObservedPatient } from './types.ts';

/**
 * The rows of patients that are known to be as many different people: they are put into the index without being matched.
 * `mayStand` says whether a patient may stand under a key; a key under which too many stand takes no more.
 */
export function newPeopleRows(
  patients: readonly ObservedPatient[],
  at: Date,
  mayStand: (key: bigint) => boolean,
): CopyPart[] {
  const keys = new Map<string, string[]>();
  const members = patients.map((patient): Member => {
    const normalised = normalise(patient);
    keys.set(patient.patientId, keysOf(normalised, model).filter(mayStand).map(String));
    return {
      patientId: patient.patientId,
      homeId: newId(at.getTime()),
      active: true,
      nhsNumber: normalised.nhsNumber,
      restricted: patient.restricted ?? false,
      source: patient.source ?? '',
      model: model.version,
      normalised,
      body: JSON.stringify(normalised),
    };
  });
  const links = members.map(({ patientId, homeId }) => ({
    patientId,
    personId: homeId,
    method: 'alone' as const,
    seq: 1,
    via: undefined,
    model: undefined,
    weight: undefined,
    decidedBy: 'program',
    reason: undefined,
    from: at,
    to: undefined,
    recorded: at,
    recordedTo: undefined,
  }));
  return [
    ...personRows(
      members.map(({ homeId }) => homeId),
      at,
    ),
    ...linkRows(links),
    ...memberRows(members, (patientId) => keys.get(patientId)!, at),
    ...changeRows({ patients: [], joined: keys, keys: [] }, at),
  ];
}
