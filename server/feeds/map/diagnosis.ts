import type { Claim } from '../types.ts';
import { codeable, codeKey, codeSystem, conceptOf } from './codes.ts';
import { idOf, missing, wholeClaim, type Context } from './context.ts';
import { elementsOf } from './datatypes.ts';

const verification: Record<string, string> = { F: 'confirmed', W: 'provisional', A: 'provisional' };

/** DG1: each diagnosis as a Condition of the stay. */
export function diagnosesOf(context: Context, patientId: string, stay: string | undefined): Claim[] {
  return context.message.all('DG1').map((segment) => {
    const said = codeable(segment.first(3), context.sender);
    const text = segment.value(4);
    const code = said ?? (text === '' ? undefined : { text });
    if (code === undefined) throw missing(segment, 3, 'The diagnosis');
    const id = idOf(context, 'diagnosis', patientId, stay ?? '', codeKey(code));
    const elements = elementsOf({
      meta: { source: context.sender.source },
      clinicalStatus: conceptOf(codeSystem.conditionClinical, 'active'),
      verificationStatus: conceptOf(
        codeSystem.conditionVerification,
        verification[segment.value(6)] ?? 'unconfirmed',
      ),
      category: [conceptOf(codeSystem.conditionCategory, 'encounter-diagnosis', 'Encounter Diagnosis')],
      code: code.text === undefined && text !== '' ? { ...code, text } : code,
      subject: { reference: `Patient/${patientId}` },
      encounter: stay === undefined ? undefined : { reference: `Encounter/${stay}` },
      recordedDate: context.dates.moment(segment, 5),
    });
    return wholeClaim(context, 'Condition', id, elements, segment.at(3));
  });
}
