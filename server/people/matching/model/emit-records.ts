import type { Field } from '../types.ts';
import { listFields } from '../types.ts';
import type { Condition } from './types.ts';

const isList = (field: Field): boolean => (listFields as readonly string[]).includes(field);

/** A condition as a JavaScript expression on two normalised records `a` and `b`. */
export function recordTest(condition: Condition): string {
  switch (condition.op) {
    case 'same': {
      const { field, with: other } = condition;
      if (other === undefined) return equal(`a.${field}`, `b.${field}`);
      return `(${equal(`a.${field}`, `b.${other}`)} || ${equal(`a.${other}`, `b.${field}`)})`;
    }
    case 'swapped': {
      const [one, two] = condition.fields;
      return `(${equal(`a.${one}`, `b.${two}`)} && ${equal(`a.${two}`, `b.${one}`)})`;
    }
    case 'share':
      return `run.share(a.${condition.field}, b.${condition.field})`;
    case 'among':
      return `(run.among(a.${condition.field}, b.${condition.list}) || run.among(b.${condition.field}, a.${condition.list}))`;
    case 'jaroWinkler':
      return `(${both(condition.field)} && run.jaroWinkler(a.${condition.field}, b.${condition.field}) >= ${condition.atLeast})`;
    case 'levenshtein':
      return `(${both(condition.field)} && run.levenshtein(a.${condition.field}, b.${condition.field}) <= ${condition.atMost})`;
    case 'edits':
      return `(${both(condition.field)} && run.near(a.${condition.field}, b.${condition.field}, ${condition.atMost}, ${condition.minLength ?? 0}))`;
    case 'initial':
      return `(${both(condition.field)} && run.initial(a.${condition.field}, b.${condition.field}))`;
    case 'startsSame':
      return `(${both(condition.field)} && run.startsSame(a.${condition.field}, b.${condition.field}, ${condition.letters}))`;
    case 'yearsApart':
      return `(${both(condition.field)} && Math.abs(Number(a.${condition.field}) - Number(b.${condition.field})) <= ${condition.atMost})`;
    case 'daysApart':
      return `(${both(condition.field)} && run.daysApart(a.${condition.field}, b.${condition.field}) <= ${condition.atMost})`;
    case 'postcodePart':
      return `(${both(condition.field)} && run.postcodePart(a.${condition.field}, b.${condition.field}, '${condition.part}'))`;
    case 'missing':
      return isList(condition.field)
        ? `(!(a.${condition.field}?.length > 0) || !(b.${condition.field}?.length > 0))`
        : `(a.${condition.field} === undefined || b.${condition.field} === undefined)`;
    case 'all':
      return `(${condition.of.map(recordTest).join(' && ')})`;
    case 'any':
      return `(${condition.of.map(recordTest).join(' || ')})`;
    case 'not':
      return `!${recordTest(condition.of)}`;
  }
}

const equal = (one: string, two: string): string => `(${one} !== undefined && ${one} === ${two})`;
const both = (field: Field): string => `a.${field} !== undefined && b.${field} !== undefined`;
