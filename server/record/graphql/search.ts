import type { FieldNode } from 'graphql';
import { invalid } from './failure.ts';
import type { Definitions } from '../definitions/index.ts';
import type { SearchRequest } from './types.ts';

/** Parameters of the result, not of a type, that are passed on to the search. */
const resultParameters = new Set(['_count', '_sort', '_total', '_filter']);
const ownArguments = new Set(['fhirpath', '_fhirpath', '_reference', '_cursor', 'cursor', '_count']);

/** The search parameter that an argument names: GraphQL names cannot hold `-`, so it is spelt `_`. */
export function parameterNamed(type: string, name: string, definitions: Definitions): string | undefined {
  if (resultParameters.has(name)) return name;
  return definitions
    .searchParameters(type)
    .find(({ code }) => code === name || code.replaceAll('-', '_') === name)?.code;
}

/** The search that a List or Connection field asks for. `focus` is the reference that a reverse search looks for. */
export function searchRequest(
  node: FieldNode,
  type: string,
  values: Map<string, unknown>,
  focus: string | undefined,
  definitions: Definitions,
): SearchRequest {
  const parameters: [string, string][] = [];
  for (const [name, value] of values) {
    const code = ownArguments.has(name) ? undefined : parameterNamed(type, name, definitions);
    if (code !== undefined) parameters.push([code, joined(value, node)]);
  }
  const reference = values.get('_reference');
  if (focus !== undefined)
    parameters.push([parameterNamed(type, String(reference), definitions) ?? '', focus]);
  const count = values.get('_count');
  const cursor = values.get('_cursor') ?? values.get('cursor');
  if (count !== undefined && (!Number.isInteger(count) || Number(count) < 0))
    throw invalid('_count must be a whole number', node);
  if (cursor !== undefined && parameters.length > 0)
    throw invalid('A cursor stands alone: it holds the search already', node);
  return {
    type,
    parameters,
    ...(count === undefined ? {} : { count: Number(count) }),
    ...(cursor === undefined ? {} : { cursor: String(cursor) }),
  };
}

/** A list means any of its values. A comma within a value is part of the value. */
function joined(value: unknown, node: FieldNode): string {
  const list = Array.isArray(value) ? value : [value];
  if (list.some((item) => typeof item === 'object'))
    throw invalid('A search argument must be a value or a list of values', node);
  return list.map((item) => String(item).replaceAll(',', '\\,')).join(',');
}
