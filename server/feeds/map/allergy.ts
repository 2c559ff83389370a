import type { Claim } from '../types.ts';
import { codeable, codeKey, codeSystem, conceptOf } from './codes.ts';
import { idOf, missing, wholeClaim, type Context } from './context.ts';
import { elementsOf } from './datatypes.ts';

/** Allergen type in AL1-2. Source: HL7 table 0127. */
const categories: Record<string, string> = {
  DA: 'medication',
  FA: 'food',
  EA: 'environment',
  MA: 'environment',
  LA: 'environment',
  PA: 'environment',
  AA: 'environment',
};
/** Severity in AL1-4. Source: HL7 table 0128. */
const criticalities: Record<string, string> = { SV: 'high', MI: 'low', MO: 'low', U: 'unable-to-assess' };

/** AL1: each allergy as an AllergyIntolerance. */
export function allergiesOf(context: Context, patientId: string): Claim[] {
  return context.message.all('AL1').map((segment) => {
    const code = codeable(segment.first(3), context.sender);
    if (code === undefined) throw missing(segment, 3, 'What the allergy is to');
    const category = categories[segment.value(2).toUpperCase()];
    const reactions = segment
      .repeats(5)
      .map((value) => value.text)
      .filter((text) => text !== '');
    const elements = elementsOf({
      meta: { source: context.sender.source },
      clinicalStatus: conceptOf(codeSystem.allergyClinical, 'active'),
      verificationStatus: conceptOf(codeSystem.allergyVerification, 'unconfirmed'),
      category: category === undefined ? [] : [category],
      criticality: criticalities[segment.value(4).toUpperCase()],
      code,
      patient: { reference: `Patient/${patientId}` },
      onsetDateTime: context.dates.moment(segment, 6),
      reaction: reactions.length === 0 ? [] : [{ manifestation: reactions.map((text) => ({ text })) }],
    });
    const id = idOf(context, 'allergy', patientId, codeKey(code));
    return wholeClaim(context, 'AllergyIntolerance', id, elements, segment.at(3));
  });
}
