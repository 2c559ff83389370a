import type { FhirPath } from '../../fhirpath/index.ts';
import type { Resource } from '../../types.ts';
import type { Param } from '../parameters/types.ts';
import type { IndexRow } from './index-row.ts';
import { addBoolean, addCodeableConcept, addPlainCode } from './tokens.ts';
import { addString } from './texts.ts';
import { addDate } from './moments.ts';
import { addReference } from './references.ts';

/** Indexes the few parameters whose expressions are more than steps, by evaluating FHIRPath for each resource. */
export function evaluated(
  params: readonly Param[],
  fhirPath: FhirPath,
): (resource: Resource, row: IndexRow) => void {
  const compiled = params.map((param) => ({ param, expression: fhirPath.compile(param.expression!) }));
  return (resource, row) => {
    const input = fhirPath.node(resource);
    for (const { param, expression } of compiled) {
      for (const { value } of expression.nodes(input)) addValue(row, param, value);
    }
  };
}

function addValue(row: IndexRow, param: Param, value: unknown): void {
  if (value === null || value === undefined) return;
  if (param.kind === 'token' && typeof value === 'boolean') addBoolean(row, param, value);
  else if (param.kind === 'token' && typeof value === 'string') addPlainCode(row, param, value);
  else if (param.kind === 'token') addCodeableConcept(row, param, asConcept(value));
  else if (param.kind === 'string') addString(row, param, value);
  else if (param.kind === 'date') addDate(row, param, value);
  else if (param.kind === 'reference') addReference(row, param, value, undefined);
}

type Coding = { system?: unknown; code?: unknown };

function asConcept(value: object): { coding?: Coding[] } {
  return 'coding' in value ? (value as { coding?: Coding[] }) : { coding: [value] };
}
