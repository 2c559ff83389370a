import type { Resource } from '../types.ts';
import { isTree, report, type Run } from './run.ts';

/** A value set names code systems by absolute URL. Source: http://hl7.org/fhir/R4/valueset-definitions.html#ValueSet.compose.include.system */
export function checkValueSet(run: Run, valueSet: Resource, path: string): void {
  const compose = isTree(valueSet['compose']) ? valueSet['compose'] : {};
  for (const part of ['include', 'exclude']) {
    const list = Array.isArray(compose[part]) ? compose[part].filter(isTree) : [];
    list.forEach((one, at) => {
      const { system } = one;
      if (typeof system !== 'string' || system.includes(':')) return;
      const text = 'The system must be an absolute URL, also of a code system contained here.';
      report(run, 'error', 'value', `${path}.compose.${part}[${at}].system`, text);
    });
  }
}
