/** Words of the pages about rules, roles and agreements. */
import { dateWords } from './dates.ts';
import { plain } from './privacy.ts';
import { purposesWords } from './purposes.ts';

const codes = /^[A-Z]{3,}(, [A-Z]{3,})*$/;
const slugs = /^[a-z-]+(, [a-z-]+)*$/;

/** A cell of the register as people read it: purposes and names in words, days as they are written. The sheets keep the codes. */
export function sheetCellWords(text: string): string {
  if (codes.test(text)) return purposesWords(text.split(', '));
  const parts = text
    .split('; ')
    .map((part) => (slugs.test(part) ? part.split(', ').map(plain).join(', ') : part));
  return parts.join('; ').replaceAll(/\d{4}-\d\d-\d\d/g, (day) => dateWords(day));
}

/** What each sort of statement does, in the order of the rule. */
export const placeWords: Readonly<Record<string, string>> = {
  branch: 'Reasons to look',
  need: 'What must be so',
  refusal: 'What refuses',
  duty: 'What must be done besides',
  role: 'What a role may do',
  label: 'Who sees what is sensitive',
  relationship: 'What ties a person to a service',
  'minimum view': 'The small part that some partners see',
  proxy: 'Who acts for somebody, at which age',
};

/** What a rule says, before it is filled with a case: each blank is an ellipsis. */
export const ruleText = (says: string): string => says.replaceAll(/\{[a-z-]+\}/g, '…');
