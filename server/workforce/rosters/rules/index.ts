export { breaksOwed, compileRules } from './compile.ts';
export type { Compiled } from './compiled.ts';
export { isOfClass, minutesBetween, workedMinutes, type Shape } from './duties.ts';
export { evaluate, type Found } from './evaluate.ts';
export { fairnessOf, gini, spread, type Burden, type Evenness } from './fairness.ts';
export { minutesRule } from './minutes.ts';
export { daysShortOfNotice } from './notice.ts';
export { clockMinutes, dateOf, dayNumber, minutesADay, trueMinute, weekdayOf } from './time.ts';
export type { Period, RuleInPack, Setting, Worker } from './types.ts';
