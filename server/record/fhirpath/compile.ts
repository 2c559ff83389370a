import { refuse, single, type Argument, type Step } from './context.ts';
import { exact } from './exact.ts';
import { functions } from './functions/index.ts';
import { kindOf, numberOf, numberText, system, type Node, type Quantity } from './node.ts';
import { operators } from './operators.ts';
import { parse, type Ast } from './parse.ts';
import { castTo, isOfType } from './types-of.ts';

const made = new Map<string, Step>();

/** Turns an expression into a function over collections; each expression is compiled once. */
export function compileSteps(expression: string): Step {
  const known = made.get(expression);
  if (known) return known;
  const step = toStep(parse(expression));
  if (made.size > 5000) made.clear();
  made.set(expression, step);
  return step;
}

/** Turns a parsed expression into a function over collections. */
export function compileAst(ast: Ast): Step {
  return toStep(ast);
}

function toStep(ast: Ast): Step {
  switch (ast.kind) {
    case 'literal': {
      const nodes = [literal(ast)];
      return () => nodes;
    }
    case 'empty':
      return () => [];
    case 'this':
      return (_, context) => context.self;
    case 'index':
      return (_, context) => [system.integer(context.index)];
    case 'total':
      return (_, context) => context.total;
    case 'variable':
      return variable(ast.name);
    case 'member':
      return member(ast.name, ast.isFirst);
    case 'call':
      return call(ast.name, ast.args);
    case 'dot':
      return dot(toStep(ast.left), toStep(ast.right));
    case 'at':
      return at(toStep(ast.left), toStep(ast.index));
    case 'sign':
      return sign(ast.operator, toStep(ast.of));
    case 'binary':
      return operators[ast.operator]!(toStep(ast.left), toStep(ast.right));
    case 'type':
      return typeStep(ast.operator, toStep(ast.left), ast.type);
  }
}

function literal(ast: Ast & { kind: 'literal' }): Node {
  switch (ast.type) {
    case 'Boolean':
      return system.boolean(ast.text === 'true');
    case 'Integer':
    case 'Long':
      return { value: Number(ast.text), type: `System.${ast.type}` };
    case 'Decimal':
      return { value: exact(ast.text), type: 'System.Decimal' };
    case 'Quantity': {
      const isCalendar = ast.unit!.startsWith(' ');
      return system.quantity({ value: Number(ast.text), unit: ast.unit!.trim(), isCalendar });
    }
    default:
      return { value: ast.text, type: `System.${ast.type}` };
  }
}

function variable(name: string): Step {
  const constant = constants[name] ?? prefixed(name);
  if (constant !== undefined) {
    const nodes = [system.string(constant)];
    return () => nodes;
  }
  return (_, context) => {
    const found = context.variables[name];
    if (!found) throw refuse(`The variable %${name} is not known here.`);
    return found;
  };
}

const constants: Record<string, string> = {
  ucum: 'http://unitsofmeasure.org',
  sct: 'http://snomed.info/sct',
  loinc: 'http://loinc.org',
};

function prefixed(name: string): string | undefined {
  if (name.startsWith('vs-')) return `http://hl7.org/fhir/ValueSet/${name.slice(3)}`;
  if (name.startsWith('ext-')) return `http://hl7.org/fhir/StructureDefinition/${name.slice(4)}`;
  return undefined;
}

/** A name at the start of a path may be the type of the value itself: `Patient.name` on a Patient. */
function member(name: string, isFirst: boolean): Step {
  const mayBeType = isFirst && /^[A-Z]/.test(name);
  return (input, context) => {
    if (mayBeType) {
      const own = input.filter((node) => context.model.isA(node.type, name));
      if (own.length > 0) return own;
    }
    if (
      context.surroundings.strict &&
      input.length > 0 &&
      input.every((node) => context.model.lacks(node.type, name))
    ) {
      throw refuse(`The element ${name} does not exist there.`);
    }
    if (input.length === 1) return context.model.children(input[0]!, name);
    const found: Node[] = [];
    for (const node of input) for (const child of context.model.children(node, name)) found.push(child);
    return found;
  };
}

function call(name: string, args: Ast[]): Step {
  const make = functions[name];
  if (!make) throw refuse(`The function ${name}() is not known.`);
  return make(args.map(argument));
}

function argument(ast: Ast): Argument {
  const inner = toStep(ast);
  const step: Argument = (input, context) => inner(input, context);
  const typeName = nameOf(ast);
  if (typeName !== undefined) step.typeName = typeName;
  if (ast.kind === 'sign' && ast.operator === '-') step.descending = toStep(ast.of);
  return step;
}

function nameOf(ast: Ast): string | undefined {
  if (ast.kind === 'member') return ast.name;
  if (ast.kind !== 'dot') return undefined;
  const left = nameOf(ast.left);
  const right = nameOf(ast.right);
  return left !== undefined && right !== undefined ? `${left}.${right}` : undefined;
}

function dot(left: Step, right: Step): Step {
  return (input, context) => right(left(input, context), context);
}

function at(left: Step, index: Step): Step {
  return (input, context) => {
    const nodes = left(input, context);
    const node = single(index(context.self, context), 'An index');
    if (!node) return [];
    const found = nodes[numberOf(node)];
    return found ? [found] : [];
  };
}

function sign(operator: '+' | '-', of: Step): Step {
  return (input, context) => {
    const node = single(of(input, context), 'A sign');
    if (!node || operator === '+') return node ? [node] : [];
    const kind = kindOf(node);
    if (kind === 'quantity') {
      const quantity = node.value as Quantity;
      return [{ ...node, value: { ...quantity, value: -quantity.value } }];
    }
    if (kind !== 'integer' && kind !== 'decimal') throw refuse('A minus sign needs a number.');
    const text = numberText(node);
    return [
      {
        value:
          kind === 'integer' ? -numberOf(node) : exact(text.startsWith('-') ? text.slice(1) : `-${text}`),
        type: node.type,
      },
    ];
  };
}

function typeStep(operator: 'is' | 'as', left: Step, type: string): Step {
  return (input, context) => {
    const node = single(left(input, context), operator);
    if (!node) return [];
    if (operator === 'is') return [system.boolean(isOfType(context.model, node, type))];
    return castTo(context.model, [node], type);
  };
}
