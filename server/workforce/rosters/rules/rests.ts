import type { Compiled } from './compiled.ts';
import { layeredAutomaton } from './layered.ts';
import { priceOf } from './price.ts';
import type { AutomatonRule } from '../types.ts';
import type { Rule as PackRule, RuleOf } from '../packs/index.ts';
import type { Shape } from './duties.ts';
import type { Scene } from './scene.ts';
import type { RuleInPack, Setting } from './types.ts';
import { dayNumber, trueMinute } from './time.ts';

/** Fixed weeks and fortnights are counted from this Monday. */
const firstMonday = dayNumber('2024-01-01')!;

type Place = { restFrom: number; rests: number };

/**
 * Rests long enough in each fixed week or fortnight, from midnight to midnight in true minutes. A rest twice
 * as long counts twice. A period that ends after the roster is not judged by it.
 */
export function compileRestInPeriod(
  scene: Scene,
  rule: RuleInPack & { rule: RuleOf<'rest-in-period'> },
  into: Compiled,
): void {
  const { days: length, restMinutes, times, id, words } = rule.rule;
  const price = priceOf(rule.rule);
  const midnight = (day: number): number => trueMinute(scene.firstDay + day, 0);
  const isFirst = (day: number): boolean => mod(scene.firstDay + day - firstMonday, length) === 0;

  const begin = (place: Place, day: number): Place =>
    isFirst(day) ? { restFrom: Math.max(place.restFrom, midnight(day)), rests: 0 } : place;
  const work = (place: Place, day: number, shape: Shape | undefined): Place => {
    if (shape === undefined) return place;
    const { start, end } = scene.span(day, shape);
    return { restFrom: end, rests: place.rests + restsIn(start - place.restFrom) };
  };
  const restsIn = (minutes: number): number => Math.max(0, Math.floor(minutes / restMinutes));
  /** Forgets what can no longer matter, so that states stay few. */
  const settle = ({ restFrom, rests }: Place, tomorrow: number): Place => {
    const now = midnight(tomorrow);
    return rests + restsIn(now - restFrom) >= times
      ? { restFrom: Math.max(restFrom, now), rests: times }
      : { restFrom, rests };
  };

  let place: Place = { restFrom: midnight(-length), rests: 0 };
  for (let day = -length; day < 0; day++)
    place = settle(work(begin(place, day), day, scene.past(day)), day + 1);

  const machine = {
    start: JSON.stringify(place),
    move(day: number, state: string, choice: number) {
      const before = begin(JSON.parse(state) as Place, day);
      const after = work(before, day, choice === 0 ? undefined : scene.shape(choice));
      const end = midnight(day + 1);
      if (!isFirst(day + 1)) return { state: JSON.stringify(settle(after, day + 1)), cost: 0 };
      const isMet = after.rests + restsIn(end - after.restFrom) >= times;
      const next = { restFrom: Math.max(after.restFrom, end), rests: 0 };
      return { state: JSON.stringify(next), cost: isMet || !scene.isActive(rule, day) ? 0 : price };
    },
  };
  const key = `${machine.start} ${scene.activeDays(rule).map(Number).join('')}`;
  const known = automataOf(scene.setting, rule.rule);
  if (!known.has(key)) known.set(key, layeredAutomaton(scene.days, scene.choices.length + 1, machine));
  const automaton = known.get(key);
  if (automaton !== undefined) into.rules.push({ id, words, ...automaton });
}

type Automata = Map<string, AutomatonRule | undefined>;
const automata = new WeakMap<Setting, WeakMap<PackRule, Automata>>();

/** The automata already made for a rule in a setting: people who begin alike share one. */
function automataOf(setting: Setting, rule: PackRule): Automata {
  const ofSetting = automata.get(setting) ?? new WeakMap<PackRule, Automata>();
  automata.set(setting, ofSetting);
  const ofRule = ofSetting.get(rule) ?? new Map<string, AutomatonRule | undefined>();
  ofSetting.set(rule, ofRule);
  return ofRule;
}

const mod = (value: number, by: number): number => ((value % by) + by) % by;
