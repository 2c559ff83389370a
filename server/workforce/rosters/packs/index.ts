import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Compile } from 'typebox/compile';
import { Problem } from '../../../platform/errors.ts';
import { RulePack } from './schema.ts';

export { Clock, Day, Id, RulePack } from './schema.ts';
export type { DutyClass, Rule, RuleOf } from './schema.ts';

const checker = Compile(RulePack);
const folder = path.join(import.meta.dirname, 'data');

/** Checks what was read from a rule pack. Throws a Problem with the place of the first fault. */
export function asRulePack(value: unknown, name: string): RulePack {
  if (!checker.Check(value)) {
    const deepest = checker
      .Errors(value)
      .toSorted((a, b) => b.instancePath.length - a.instancePath.length)[0];
    throw packWrong(name, deepest?.instancePath ?? '/', deepest?.message ?? 'is not as described');
  }
  const ids = new Set<string>();
  for (const [index, rule] of value.rules.entries()) {
    if (ids.has(rule.id)) throw packWrong(name, `/rules/${index}/id`, 'stands for two rules');
    ids.add(rule.id);
    if (rule.to !== undefined && rule.to <= rule.from)
      throw packWrong(name, `/rules/${index}/to`, 'must come after its start');
    const classes = 'of' in rule && typeof rule.of === 'string' ? [rule.of] : [];
    const unknown = classes.find((id) => id !== 'any' && id !== 'off' && value.classes[id] === undefined);
    if (unknown !== undefined)
      throw packWrong(name, `/rules/${index}/of`, `names a class of duties, ${unknown}, that is not there`);
  }
  return value;
}

const packWrong = (name: string, place: string, text: string): Problem =>
  new Problem('workforce/rule-pack-wrong', 400, `This ${text}.`, { place: `${name}, ${place}` });

let shipped: Map<string, RulePack> | undefined;

/** The rule packs that come with OpenICS, by id. */
export function shippedPacks(): ReadonlyMap<string, RulePack> {
  shipped ??= new Map(
    readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .map((file) => asRulePack(JSON.parse(readFileSync(path.join(folder, file), 'utf8')), file))
      .map((pack) => [pack.id, pack]),
  );
  return shipped;
}
