import {
  executeSync,
  Kind,
  recommendedRules,
  specifiedRules,
  validate,
  type DocumentNode,
  type FieldNode,
} from 'graphql';
import type { Definitions } from '../definitions/index.ts';
import type { Operation } from './document.ts';
import { invalid } from './failure.ts';
import { schemaFor } from './schema.ts';

/** Answers `__schema` or `__type` from the schema of the definitions; `queryType` is `Query` or the type of the focus. */
export function introspect(
  node: FieldNode,
  operation: Operation,
  queryType: string,
  definitions: Definitions,
): unknown {
  const schema = schemaFor(definitions, queryType);
  const document = only(node, operation);
  const [fault] = validate(
    schema,
    document,
    [...specifiedRules, ...recommendedRules].filter((rule) => rule.name !== 'NoUnusedFragmentsRule'),
  );
  if (fault !== undefined) throw invalid('The introspection is not right, or goes too deep', node);
  const { data, errors } = executeSync({ schema, document, variableValues: operation.variables });
  if (errors !== undefined) throw invalid('The introspection cannot be answered', node);
  return data?.[node.alias?.value ?? node.name.value];
}

/** The document with nothing but one field of one operation, and the fragments on the types of introspection. */
function only(node: FieldNode, { definition, fragments }: Operation): DocumentNode {
  const field = { ...node, directives: [] };
  return {
    kind: Kind.DOCUMENT,
    definitions: [
      { ...definition, selectionSet: { kind: Kind.SELECTION_SET, selections: [field] } },
      ...[...fragments.values()].filter((fragment) => fragment.typeCondition.name.value.startsWith('__')),
    ],
  };
}
