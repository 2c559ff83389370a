import type { Make } from '../context.ts';
import { collections } from './collections.ts';
import { conversions } from './conversions.ts';
import { fhir } from './fhir.ts';
import { numbers } from './numbers.ts';
import { strings } from './strings.ts';
import { trees } from './trees.ts';

/** Every function by name. Source: http://hl7.org/fhirpath/N1/#functions and http://hl7.org/fhir/R4/fhirpath.html#functions */
export const functions: Record<string, Make | undefined> = {
  ...collections,
  ...trees,
  ...strings,
  ...numbers,
  ...conversions,
  ...fhir,
};
Object.setPrototypeOf(functions, null);
