import type { AllergyIntolerance, List } from '@medplum/fhirtypes';
import { conceptKey, conceptTitle, hasCode, mainCoding, statusCode } from '../reading/codes.ts';
import { dayOf, startOf } from '../reading/dates.ts';
import { practitionerName } from '../reading/sources.ts';
import type { Standing } from '../types.ts';
import { notes, together, type Reader } from './statement.ts';

/**
 * Codes that say somebody asked, and there is no known allergy: SNOMED CT "No known allergy" and its kinds (drug, food,
 * environmental, latex, insect, animal), and the older "No known allergies". They hold at most for their own kind.
 */
const noKnownAllergyAtAll = new Set(['716186003', '160244002', 'no-known-allergies']);
const noKnownAllergyOfAKind = new Set([
  '409137002',
  '429625007',
  '428607008',
  '428197003',
  '716184000',
  '716220001',
  'no-known-drug-allergies',
  'no-known-environmental-allergies',
  'no-known-food-allergies',
]);

/** List codes for a list of allergies: SNOMED CT record artefact, LOINC and the GP Connect list. */
const allergyLists = new Set(['886921000000105', '48765-2', '52472-8', 'allergies']);

/** Any other reason (not asked, unavailable, no content recorded) is silence, not an answer. */
const emptyBecauseNone = new Set(['nilknown']);

/** Reads an allergy or intolerance, or a statement that none is known. */
export const readAllergy: Reader = (filed, lookup) => {
  const allergy = filed.resource as unknown as AllergyIntolerance;
  const code = conceptKey(allergy.code ?? firstSubstance(allergy));
  const none = hasCode(allergy.code, noKnownAllergyAtAll) || hasCode(allergy.code, noKnownAllergyOfAKind);
  return {
    kind: none ? 'no-allergy' : 'allergy',
    group: code,
    key: none ? `${code} ${dayOf(allergy.recordedDate) ?? ''}` : code,
    title: conceptTitle(allergy.code ?? firstSubstance(allergy)) ?? 'Allergy without a name',
    code: mainCoding(allergy.code),
    when: allergy.onsetDateTime ?? startOf(allergy.onsetPeriod) ?? allergy.recordedDate,
    recorded: allergy.recordedDate,
    standing: standingOf(allergy),
    signedBy: practitionerName(allergy.asserter ?? allergy.recorder, filed.resource, lookup),
    facts: {
      status: statusCode(allergy.clinicalStatus),
      certainty: statusCode(allergy.verificationStatus),
      criticality: allergy.criticality,
      type: allergy.type,
      category: together(allergy.category),
      reaction: together(allergy.reaction?.flatMap((each) => each.manifestation.map(conceptTitle))),
      severity: together(allergy.reaction?.map((each) => each.severity)),
      exposure: together(allergy.reaction?.map((each) => conceptTitle(each.substance))),
      beganOn: dayOf(allergy.onsetDateTime ?? startOf(allergy.onsetPeriod)),
      lastReactionOn: dayOf(allergy.lastOccurrence),
      coversAll: none ? String(hasCode(allergy.code, noKnownAllergyAtAll)) : undefined,
      note: notes(allergy.note),
    },
  };
};

function firstSubstance(allergy: AllergyIntolerance) {
  return allergy.reaction?.find((reaction) => reaction.substance !== undefined)?.substance;
}

function standingOf(allergy: AllergyIntolerance): Standing {
  const certainty = statusCode(allergy.verificationStatus);
  if (certainty === 'entered-in-error' || certainty === 'refuted') return 'set-aside';
  const status = statusCode(allergy.clinicalStatus);
  if (status === 'inactive' || status === 'resolved') return 'past';
  return 'current';
}

/** True for a list that says by its empty reason that no allergy is known. */
export function saysNoAllergies(list: List): boolean {
  return hasCode(list.code, allergyLists) && hasCode(list.emptyReason, emptyBecauseNone);
}

/** Reads a list of allergies that is empty because none is known. */
export const readEmptyAllergyList: Reader = (filed, lookup) => {
  const list = filed.resource as unknown as List;
  return {
    kind: 'no-allergy',
    group: 'empty-list',
    key: `empty-list ${dayOf(list.date) ?? ''}`,
    title: conceptTitle(list.emptyReason) ?? 'No known allergies',
    when: list.date,
    recorded: list.date,
    standing:
      list.status === 'entered-in-error' ? 'set-aside' : list.status === 'retired' ? 'past' : 'current',
    signedBy: practitionerName(list.source, filed.resource, lookup),
    facts: { coversAll: 'true', note: notes(list.note) },
  };
};
