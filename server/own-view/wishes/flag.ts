import type { Resource } from '../../record/types.ts';
import { staffWords } from './catalogue.ts';
import type { Wish } from './store.ts';

/** Who says a flag that came from a person's own view, where nobody is known who holds their record. */
export const ownViewSource = 'urn:openics:own-view';

export const wishSystem = 'urn:openics:codesystem:wish';

/** A wish as a FHIR Flag, which staff see at the top of the record. It ends with the wish. */
export function flagOf(wish: Wish, patient: string): Resource {
  const words = staffWords(wish) ?? wish.code;
  return {
    resourceType: 'Flag',
    id: wish.wishId,
    meta: { tag: [{ system: wishSystem, code: 'own-view', display: 'Said by the person' }] },
    status: wish.ended === null ? 'active' : 'inactive',
    category: [
      {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/flag-category', code: 'admin' }],
        text: wish.kind === 'adjustment' ? 'Reasonable adjustment' : 'How to reach and talk to this person',
      },
    ],
    code: {
      coding: [{ system: wishSystem, code: `${wish.kind}-${wish.code}`, display: words }],
      text: wish.detail === null ? words : `${words}: ${wish.detail}`,
    },
    subject: { reference: `Patient/${patient}` },
    period: {
      start: wish.said.toISOString(),
      ...(wish.ended === null ? {} : { end: wish.ended.toISOString() }),
    },
    author: { reference: `Patient/${patient}` },
  };
}
