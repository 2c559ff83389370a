import type { Contribution, Normalised, Veto } from '../types.ts';
import { recordTest } from './emit-records.ts';
import { runtime } from './runtime.ts';
import type { Comparison, Condition, Level, Model } from './types.ts';
import { inSteps, levelWeight, termWeights } from './weights.ts';

/** A model as functions on normalised records. */
export type CompiledModel = {
  /** The level of each comparison, in the order of the model. */
  levels(a: Normalised, b: Normalised): number[];
  /** What each comparison adds, in bits. */
  contributions(a: Normalised, b: Normalised): Contribution[];
  /** The prior and all contributions together, in bits. */
  weight(a: Normalised, b: Normalised): number;
  /** The vetoes that hold. */
  vetoes(a: Normalised, b: Normalised): Veto[];
  prior: number;
};

const compiled = new WeakMap<Model, CompiledModel>();

/** Compiles a model once; later calls with the same object give the same functions. */
export function compileModel(model: Model): CompiledModel {
  const known = compiled.get(model);
  if (known !== undefined) return known;
  const tests = model.comparisons.map(levelFunction);
  const weighers = model.comparisons.map((comparison) =>
    comparison.levels.map((level) => weigher(level, model)),
  );
  const vetoes = model.vetoes.map(({ name, when }) => ({ name, holds: testFunction(when) }));
  const made: CompiledModel = {
    prior: inSteps(model.prior),
    vetoes: (a, b) => vetoes.filter(({ holds }) => holds(a, b)).map(({ name }) => name),
    levels: (a, b) => tests.map((test) => test(a, b)),
    contributions: (a, b) =>
      model.comparisons.map(({ name, levels }, index) => {
        const level = tests[index]!(a, b);
        const { weight, rarityOf } = weighers[index]![level]!;
        const termFrequency = rarityOf?.(a, b) ?? 0;
        return {
          comparison: name,
          level: levels[level]!.label,
          weight: weight + termFrequency,
          termFrequency,
        };
      }),
    weight(a, b) {
      let sum = inSteps(model.prior);
      for (let index = 0; index < tests.length; index++) {
        const { weight, rarityOf } = weighers[index]![tests[index]!(a, b)]!;
        sum += weight;
        if (rarityOf !== undefined) sum += rarityOf(a, b);
      }
      return inSteps(sum);
    },
  };
  compiled.set(model, made);
  return made;
}

type Test = (a: Normalised, b: Normalised) => boolean;

function testFunction(condition: Condition): Test {
  const make = new Function('run', `return (a, b) => ${recordTest(condition)};`) as (
    run: typeof runtime,
  ) => Test;
  return make(runtime);
}

type LevelFunction = (a: Normalised, b: Normalised) => number;

function levelFunction({ name, levels }: Comparison): LevelFunction {
  const last = levels.length - 1;
  const lines = levels.map((level, index) => {
    if (level.when === undefined && index !== last)
      throw new Error(`${name}: only the last level may have no condition.`);
    return level.when === undefined ? `return ${index};` : `if (${recordTest(level.when)}) return ${index};`;
  });
  if (levels[last]?.when !== undefined) throw new Error(`${name}: the last level must take what is left.`);
  const make = new Function('run', `return (a, b) => {\n${lines.join('\n')}\n};`) as (
    run: typeof runtime,
  ) => LevelFunction;
  return make(runtime);
}

type Weigher = { weight: number; rarityOf: ((a: Normalised, b: Normalised) => number) | undefined };

function weigher(level: Level, model: Model): Weigher {
  const weight = levelWeight(level);
  const terms = termWeights(level, model);
  const field = level.termFrequency?.field;
  if (terms === undefined || field === undefined) return { weight, rarityOf: undefined };
  return { weight, rarityOf: (a, b) => rarity(terms.of, a[field], b[field]) };
}

/** The commoner of two values counts. */
function rarity(of: (value: string) => number, a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return 0;
  return a === b ? of(a) : Math.min(of(a), of(b));
}
