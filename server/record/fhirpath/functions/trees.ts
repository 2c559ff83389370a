import { textOf, type Context, type Make } from '../context.ts';
import { system, type Node } from '../node.ts';
import { outer } from './collections.ts';

export const trees: Record<string, Make> = {
  children: () => (input, context) => input.flatMap((node) => context.model.allChildren(node)),
  descendants: () => (input, context) => descendants(input, context),
  trace: () => (input) => input,
  defineVariable:
    ([name, value]) =>
    (input, context) => {
      const key = textOf(outer(name, context), 'defineVariable()') ?? '';
      context.variables = {
        ...context.variables,
        [key]: value ? value(input, { ...context, self: input }) : input,
      };
      return input;
    },
  now: () => (_, context) => [{ value: localText(nowOf(context)), type: 'System.DateTime' }],
  today: () => (_, context) => [{ value: localText(nowOf(context)).slice(0, 10), type: 'System.Date' }],
  timeOfDay: () => (_, context) => [{ value: localText(nowOf(context)).slice(11, 23), type: 'System.Time' }],
  type: () => (input) => input.map((node) => typeInfo(node.type)),
};

function descendants(input: Node[], context: Context): Node[] {
  const found: Node[] = [];
  let waiting = input;
  while (waiting.length > 0) {
    waiting = waiting.flatMap((node) => context.model.allChildren(node));
    for (const node of waiting) found.push(node);
  }
  return found;
}

function nowOf(context: Context): Date {
  return context.surroundings.now ?? new Date();
}

function localText(now: Date): string {
  const offset = -now.getTimezoneOffset();
  const shifted = new Date(now.getTime() + offset * 60_000).toISOString().slice(0, 23);
  const hours = String(Math.floor(Math.abs(offset) / 60)).padStart(2, '0');
  return `${shifted}${offset < 0 ? '-' : '+'}${hours}:${String(Math.abs(offset) % 60).padStart(2, '0')}`;
}

function typeInfo(type: string): Node {
  const [namespace, name] = type.startsWith('System.') ? ['System', type.slice(7)] : ['FHIR', type];
  return {
    value: { namespace, name },
    type: 'TypeInfo',
    extra: { namespace: system.string(namespace), name: system.string(name) },
  };
}
