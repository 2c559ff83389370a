import { refuse, single, textOf, type Make } from '../context.ts';
import { hasValue, isTree, system } from '../node.ts';
import { bool } from '../operators.ts';
import { outer } from './collections.ts';

/** Functions FHIR adds. Source: http://hl7.org/fhir/R4/fhirpath.html#functions */
export const fhir: Record<string, Make> = {
  hasValue: () => (input) => bool(input.length === 1 && hasValue(input[0]!) && !isTree(input[0]!.value)),
  getValue: () => (input) => {
    const node = single(input, 'getValue()');
    return node && hasValue(node) ? [node] : [];
  },
  extension:
    ([url]) =>
    (input, context) => {
      const wanted = textOf(outer(url, context), 'extension()');
      return input
        .flatMap((node) => context.model.children(node, 'extension'))
        .filter((node) => isTree(node.value) && node.value['url'] === wanted);
    },
  resolve: () => (input, context) =>
    input.flatMap((node) => {
      const reference = isTree(node.value) ? node.value['reference'] : node.value;
      const found = typeof reference === 'string' ? context.surroundings.resolve?.(reference) : undefined;
      return found ?? [];
    }),
  memberOf:
    ([valueSet]) =>
    (input, context) => {
      const node = single(input, 'memberOf()');
      const url = textOf(outer(valueSet, context), 'memberOf()');
      return node && url !== undefined ? bool(context.surroundings.memberOf?.(node, url)) : [];
    },
  conformsTo:
    ([profile]) =>
    (input, context) => {
      const node = single(input, 'conformsTo()');
      const url = textOf(outer(profile, context), 'conformsTo()');
      if (!node || url === undefined) return [];
      if (!context.surroundings.conformsTo) throw refuse('conformsTo() cannot be answered here.');
      return bool(context.surroundings.conformsTo(node, url));
    },
  htmlChecks: () => () => [system.boolean(true)],
  elementDefinition: () => () => [],
  checkModifiers: () => (input) => input,
};
