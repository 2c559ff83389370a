import {
  Kind,
  valueFromASTUntyped,
  type ArgumentNode,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type TypeNode,
  type ValueNode,
  type VariableDefinitionNode,
} from 'graphql';
import { invalid } from './failure.ts';
import { parseQuery } from './parse-query.ts';

/** One operation ready to run: what it selects, its fragments, and the values of its variables. */
export type Operation = {
  definition: OperationDefinitionNode;
  fragments: Map<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
  document: DocumentNode;
};

/** Reads a document and chooses its operation. Throws a GraphQLError for syntax and a failure for the rest. */
export function readOperation(
  text: string,
  name: string | undefined,
  given: Record<string, unknown>,
): Operation {
  const document = parseQuery(text);
  const operations: OperationDefinitionNode[] = [];
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition);
    else if (definition.kind !== Kind.FRAGMENT_DEFINITION)
      throw invalid('Only operations and fragments may stand in a query', definition);
    else if (fragments.has(definition.name.value))
      throw invalid('Two fragments have the same name', definition);
    else fragments.set(definition.name.value, definition);
  }
  const definition = chooseOperation(operations, name);
  return { definition, fragments, variables: readVariables(definition, given), document };
}

function chooseOperation(
  operations: OperationDefinitionNode[],
  name: string | undefined,
): OperationDefinitionNode {
  const wanted =
    name === undefined || name === '' ? operations : operations.filter((one) => one.name?.value === name);
  const [operation] = wanted;
  if (operation === undefined) throw invalid('There is no such operation in the query');
  if (wanted.length > 1) throw invalid('The query has several operations: give an operationName');
  if (operation.operation !== 'query')
    throw invalid('Only queries are served: use the FHIR API to change the record', operation);
  return operation;
}

function readVariables(
  operation: OperationDefinitionNode,
  given: Record<string, unknown>,
): Record<string, unknown> {
  const variables: Record<string, unknown> = {};
  for (const definition of operation.variableDefinitions ?? []) {
    const name = definition.variable.name.value;
    const value = Object.hasOwn(given, name) ? given[name] : defaultOf(definition);
    if (value === undefined && definition.type.kind !== Kind.NON_NULL_TYPE) continue;
    if (!fits(value, definition.type))
      throw invalid(`The variable $${name} is missing or not of its type`, definition);
    variables[name] = value;
  }
  return variables;
}

function defaultOf({ defaultValue }: VariableDefinitionNode): unknown {
  return defaultValue === undefined ? undefined : valueFromASTUntyped(defaultValue);
}

function fits(value: unknown, type: TypeNode): boolean {
  if (type.kind === Kind.NON_NULL_TYPE)
    return value !== null && value !== undefined && fits(value, type.type);
  if (value === null) return true;
  if (type.kind === Kind.LIST_TYPE) {
    return Array.isArray(value) ? value.every((item) => fits(item, type.type)) : fits(value, type.type);
  }
  switch (type.name.value) {
    case 'Boolean':
      return typeof value === 'boolean';
    case 'Int':
      return Number.isInteger(value);
    case 'Float':
      return typeof value === 'number';
    case 'String':
      return typeof value === 'string';
    default:
      return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  }
}

/** The values of the arguments of a field or directive, by name; an argument whose variable has no value is left out. */
export function argumentsOf(
  node: { arguments?: readonly ArgumentNode[] },
  operation: Operation,
): Map<string, unknown> {
  const values = new Map<string, unknown>();
  for (const argument of node.arguments ?? []) {
    const value = valueOf(argument.value, operation);
    if (value !== undefined && value !== null) values.set(argument.name.value, value);
  }
  return values;
}

function valueOf(node: ValueNode, operation: Operation): unknown {
  return valueFromASTUntyped(node, operation.variables);
}

export function directiveNamed(
  directives: readonly DirectiveNode[] | undefined,
  name: string,
): DirectiveNode | undefined {
  return directives?.find((directive) => directive.name.value === name);
}

/** Says whether `@skip` and `@include` let a selection through. */
export function isIncluded(directives: readonly DirectiveNode[] | undefined, operation: Operation): boolean {
  return (
    condition('skip', directives, operation) !== true && condition('include', directives, operation) !== false
  );
}

function condition(
  name: string,
  directives: readonly DirectiveNode[] | undefined,
  operation: Operation,
): boolean | undefined {
  const directive = directiveNamed(directives, name);
  if (directive === undefined) return undefined;
  const value = argumentsOf(directive, operation).get('if');
  if (typeof value !== 'boolean') throw invalid(`@${name} needs if: true or false`, directive);
  return value;
}
