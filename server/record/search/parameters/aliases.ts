import type { Path } from './paths.ts';
import type { Param } from './types.ts';

/**
 * Finds the parameters whose values others hold already, so that each value is indexed once: `combo-code` is `code` or
 * `component-code`; `name` is `family`, `given` and its own rest.
 */
export function shareValues(all: Param[]): void {
  for (const param of all) if (canShare(param)) shareWhole(param, all);
  for (const param of all) if (param.kind === 'string') shareParts(param, all);
}

function canShare(param: Param): boolean {
  return param.paths.length > 0 && param.kind !== 'composite' && param.kind !== 'special' && !param.owner;
}

function shareWhole(param: Param, all: Param[]): void {
  const own = keysOf(param);
  const members: Param[] = [];
  const covered = new Set<string>();
  for (const other of all) {
    if (other === param || other.kind !== param.kind || other.owner || !sameManner(other, param)) continue;
    if (other.paths.length === 0 || other.members[0] !== other) continue;
    const keys = keysOf(other);
    const twin = keys.size === own.size && other.ordinal > param.ordinal;
    if (twin || ![...keys].every((key) => own.has(key)) || [...keys].every((key) => covered.has(key)))
      continue;
    members.push(other);
    for (const key of keys) covered.add(key);
  }
  if (covered.size !== own.size) return;
  param.members = members;
  param.paths = [];
}

/** Tokens of one parameter can stand for another's only when they are made alike. */
function sameManner(a: Param, b: Param): boolean {
  return (
    a.plain === b.plain && a.counted === b.counted && (a.code === 'phonetic') === (b.code === 'phonetic')
  );
}

const partsOfName = ['family', 'given'];
const partsOfAddress = ['city', 'state', 'country', 'postalCode'];

/** A name or address parameter leaves family, given, city ... to parameters that hold exactly these. */
function shareParts(param: Param, all: Param[]): void {
  if (param.code === 'phonetic' || param.paths.length === 0) return;
  const isName = param.paths.every((path) => path.type === 'HumanName');
  if (!isName && !param.paths.every((path) => path.type === 'Address')) return;
  const parts = isName ? partsOfName : partsOfAddress;
  const holders = parts.map((part) => {
    const wanted = new Set(param.paths.map((path) => keyOf(path, part)));
    return all.find(
      (other) => other.kind === 'string' && sameSet(new Set(other.paths.map((path) => keyOf(path))), wanted),
    );
  });
  if (holders.some((holder) => holder === undefined)) return;
  param.partsElsewhere = true;
  param.members = [param, ...(holders as Param[])];
}

function keysOf(param: Param): Set<string> {
  return new Set(param.paths.map((path) => `${keyOf(path)} ${path.type} ${path.target ?? ''}`));
}

function keyOf(path: Path, extra?: string): string {
  const steps = path.steps.map((step) => JSON.stringify([step.key, step.index ?? null, step.where ?? null]));
  if (extra !== undefined) steps.push(JSON.stringify([extra, null, null]));
  return steps.join('');
}

function sameSet(a: Set<string>, b: Set<string>): boolean {
  return a.size === b.size && [...a].every((key) => b.has(key));
}
