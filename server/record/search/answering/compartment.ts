import type { Context } from '../conditions/context.ts';
import { referenceCondition } from '../conditions/references.ts';
import { none, or, type Condition } from '../conditions/types.ts';
import { ridOf } from '../../rid.ts';

/** In a patient's compartment: the patient, and what refers to the patient by one of the type's compartment parameters. */
export async function inCompartment(context: Context, type: string, patientId: string): Promise<Condition> {
  const codes = context.definitions.patientCompartment.resources.get(type) ?? [];
  const params = codes
    .map((code) => context.params(type).byCode.get(code))
    .filter((param) => param !== undefined);
  const parts = await Promise.all(
    params.map((param) => referenceCondition(context, param, undefined, [`Patient/${patientId}`])),
  );
  const rid = ridOf(patientId);
  const itself: Condition = type === 'Patient' ? { is: 'rows', rids: [rid], patients: [rid] } : none;
  return or([itself, ...parts]);
}
