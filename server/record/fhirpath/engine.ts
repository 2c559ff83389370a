import { openDefinitions, type Definitions } from '../definitions/index.ts';
import type { Resource } from '../types.ts';
import { compileAst, compileSteps } from './compile.ts';
import { truth, type Context, type Surroundings } from './context.ts';
import type { Ast } from './parse.ts';
import { createModel, isTree, system, type Model, type Node } from './node.ts';

/** An expression ready to run. */
export type Compiled = {
  /** Every value the expression gives, with types. */
  nodes(input: Node, variables?: Record<string, Node[]>, surroundings?: Surroundings): Node[];
  /** The expression as a truth value; undefined when it gives nothing. */
  test(input: Node, variables?: Record<string, Node[]>, surroundings?: Surroundings): boolean | undefined;
};

/** FHIRPath over the types of one set of definitions. */
export type FhirPath = {
  /** Reads and compiles an expression, once. Throws a Problem when it cannot be read. */
  compile(expression: string | Ast): Compiled;
  /** Evaluates an expression over a resource or any FHIR value and gives plain JSON values. */
  evaluate(expression: string, input: unknown, variables?: Record<string, unknown>): unknown[];
  node(value: unknown, type?: string): Node;
  model: Model;
};

/** Makes a FHIRPath engine for a set of definitions. */
export function createFhirPath(definitions: Definitions): FhirPath {
  const model = createModel(definitions);
  const engine: FhirPath = {
    model,
    node: toNode,
    compile(expression) {
      const steps = typeof expression === 'string' ? compileSteps(expression) : compileAst(expression);
      const nodes: Compiled['nodes'] = (input, variables = {}, surroundings = {}) => {
        const self = [input];
        const context: Context = {
          model,
          surroundings,
          variables: { ...standard(self), ...variables },
          self,
          index: 0,
          total: [],
        };
        return steps(self, context);
      };
      return {
        nodes,
        test: (input, variables, surroundings) => truth(nodes(input, variables, surroundings)),
      };
    },
    evaluate(expression, input, variables = {}) {
      const given = Object.entries(variables).map(
        ([name, value]) => [name.replace(/^%/, ''), toNodes(value)] as const,
      );
      return engine
        .compile(expression)
        .nodes(toNode(input), Object.fromEntries(given))
        .map((node) => node.value);
    },
  };
  return engine;
}

function standard(self: Node[]): Record<string, Node[]> {
  return { context: self, resource: self, rootResource: self };
}

function toNodes(value: unknown): Node[] {
  return Array.isArray(value) ? value.map((one) => toNode(one)) : [toNode(value)];
}

function toNode(value: unknown, type?: string): Node {
  if (type !== undefined) return { value, type };
  if (isTree(value))
    return { value, type: typeof value['resourceType'] === 'string' ? value['resourceType'] : 'Element' };
  if (typeof value === 'boolean') return system.boolean(value);
  if (typeof value === 'string') return system.string(value);
  return { value, type: Number.isInteger(value) ? 'System.Integer' : 'System.Decimal' };
}

let shared: FhirPath | undefined;

function base(): FhirPath {
  shared ??= createFhirPath(openDefinitions());
  return shared;
}

/** Evaluates an expression over a resource with the base R4 types. Variables may be named with or without `%`. */
export function evaluate(
  expression: string,
  resource: Resource,
  variables?: Record<string, unknown>,
): unknown[] {
  return base().evaluate(expression, resource, variables);
}

/** Compiles an expression for the base R4 types. */
export function compile(expression: string): Compiled {
  return base().compile(expression);
}
