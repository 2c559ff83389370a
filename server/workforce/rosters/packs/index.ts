import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Compile } from 'typebox/compile';
import { Problem } from '../../../platform/errors.ts';
import { RulePack } from './schema.ts';

export { Clock, Day, Id, RulePack, unjudgedKinds } from './schema.ts';
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
  for (const { at, text } of packFaults(value)) throw packWrong(name, at, text);
  return value;
}

/** Where a rule pack contradicts itself or names what is not there, in order. */
export function* packFaults(pack: RulePack): Generator<{ at: string; text: string }> {
  const ids = new Set<string>();
  const known = new Set(pack.rules.map(({ id }) => id));
  const isUnknown = (id: string): boolean => id !== 'any' && id !== 'off' && pack.classes[id] === undefined;
  for (const [id, { not }] of Object.entries(pack.classes))
    if (not !== undefined && (isUnknown(not) || not === id || pack.classes[not]?.not !== undefined))
      yield { at: `/classes/${id}/not`, text: 'must name another class, one that excludes none itself' };
  for (const [index, rule] of pack.rules.entries()) {
    if (ids.has(rule.id)) yield { at: `/rules/${index}/id`, text: 'stands for two rules' };
    ids.add(rule.id);
    if (rule.to !== undefined && rule.to <= rule.from)
      yield { at: `/rules/${index}/to`, text: 'must come after its start' };
    const steps = rule.kind === 'breaks' ? rule.steps : [];
    const own = 'of' in rule && typeof rule.of === 'string' ? rule.of : undefined;
    const lacking = rule.kind === 'compensatory-rest' ? rule.instead.find((id) => !known.has(id)) : undefined;
    if (lacking !== undefined)
      yield { at: `/rules/${index}/instead`, text: `names a rule, ${lacking}, that is not there` };
    const named = [own, ...steps.map(({ of }) => of)];
    const unknown = named.find((id) => id !== undefined && isUnknown(id));
    if (unknown !== undefined)
      yield { at: `/rules/${index}`, text: `names a class of duties, ${unknown}, that is not there` };
  }
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
