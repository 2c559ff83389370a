import { Problem } from '../../platform/errors.ts';
import { hasValue, isTree, kindOf, numberOf, type Model, type Node, type Quantity } from './node.ts';

/** What an expression may ask of its surroundings. */
export type Surroundings = {
  /** Finds a resource by reference or canonical. */
  resolve?: (reference: string) => Node | undefined;
  /** Whether a code is in a value set; undefined when unknown. */
  memberOf?: (node: Node, valueSet: string) => boolean | undefined;
  /** Whether a value follows a profile; undefined when unknown. */
  conformsTo?: (node: Node, profile: string) => boolean | undefined;
  now?: Date;
  /** Refuse names that the types do not have, rather than giving nothing. */
  strict?: boolean;
};

export type Context = {
  model: Model;
  surroundings: Surroundings;
  variables: Record<string, Node[]>;
  self: Node[];
  index: number;
  total: Node[];
};

/** A compiled expression or part of one. */
export type Step = (input: Node[], context: Context) => Node[];

/** A function's argument, with its name where it is a plain name (for types), and what follows a leading minus (for sort keys). */
export type Argument = Step & { typeName?: string; descending?: Step };

/** Makes the step of a function from its arguments. */
export type Make = (args: Argument[]) => Step;

/** The expression cannot be evaluated over this data. */
export function refuse(text: string): Problem {
  return new Problem('record/fhirpath-failed', 422, text, {
    wayOut: 'Correct the expression, or the data it runs over.',
  });
}

/** The only node of a collection; undefined when empty. Throws when there are several. */
export function single(nodes: Node[], what: string): Node | undefined {
  if (nodes.length > 1) throw refuse(`${what} needs one value, found ${nodes.length}.`);
  return nodes[0];
}

/** A collection as a truth value: empty stays undefined, one value that is not a Boolean counts as true. */
export function truth(nodes: Node[]): boolean | undefined {
  const node = single(nodes, 'A condition');
  if (!node) return undefined;
  return typeof node.value === 'boolean' ? node.value : true;
}

export function textOf(nodes: Node[], what: string): string | undefined {
  const node = single(nodes, what);
  if (!node || !hasValue(node)) return undefined;
  if (typeof node.value !== 'string') throw refuse(`${what} needs text.`);
  return node.value;
}

export function integerOf(nodes: Node[], what: string): number | undefined {
  const node = single(nodes, what);
  if (!node || !hasValue(node)) return undefined;
  const number = numberOf(node);
  if (typeof node.value === 'string' || !Number.isInteger(number))
    throw refuse(`${what} needs a whole number.`);
  return number;
}

/** A FHIR or system quantity as one shape. */
export function quantityOf(node: Node): Quantity | undefined {
  if (node.type === 'System.Quantity') return node.value as Quantity;
  if (kindOf(node) !== 'quantity' || !isTree(node.value)) return undefined;
  const { value, code, unit, system } = node.value;
  if (value === undefined) return undefined;
  const number = numberOf({ value, type: 'decimal' });
  const isUcum = system === 'http://unitsofmeasure.org';
  return { value: number, unit: String((isUcum ? code : (code ?? unit)) ?? '1'), isCalendar: false };
}
