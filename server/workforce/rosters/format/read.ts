import { Compile } from 'typebox/compile';
import { Problem } from '../../../platform/errors.ts';
import { packFaults, shippedPacks, type RulePack } from '../packs/index.ts';
import { faultsIn } from './faults.ts';
import { lineOf } from './lines.ts';
import { RosterFile } from './schema.ts';
import { brokenLine } from './syntax.ts';

const checker = Compile(RosterFile);

/**
 * Reads a roster problem in our own format. Throws a Problem with file, line and JSON path of the first fault:
 * it is not as the schema says, names something that is not there, or contradicts itself.
 */
export function readRosterFile(given: string, name: string): RosterFile {
  const text = given.replace(/^\uFEFF/, '');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw wrong(`${name}, line ${brokenLine(text) ?? 1}`, 'This is not JSON.', cause);
  }
  if (!checker.Check(value)) {
    const deepest = checker
      .Errors(value)
      .toSorted((a, b) => b.instancePath.length - a.instancePath.length)[0];
    const at = deepest?.instancePath ?? '';
    throw wrong(placeOf(text, name, at), faultText(deepest?.message ?? 'is not as described'));
  }
  for (const [index, pack] of (value.rulePacks ?? []).entries())
    for (const { at, text: fault } of packFaults(pack))
      throw wrong(placeOf(text, name, `/rulePacks/${index}${at}`), `This ${fault}.`);
  const [fault] = faultsIn(value, packsFor(value));
  if (fault !== undefined) throw wrong(placeOf(text, name, fault.at), fault.text);
  return value;
}

/** The rule packs a problem may name: those that come with OpenICS, and its own. */
export function packsFor(file: RosterFile): ReadonlyMap<string, RulePack> {
  return new Map([...shippedPacks(), ...(file.rulePacks ?? []).map((pack) => [pack.id, pack] as const)]);
}

const placeOf = (text: string, name: string, at: string): string =>
  `${name}, line ${lineOf(text, at)}, ${at === '' ? '/' : at}`;

const faultText = (message: string): string =>
  message === 'schema is false' ? 'No such member is described.' : `This ${message}.`;

const wrong = (place: string, text: string, cause?: unknown): Problem =>
  new Problem('workforce/roster-file-wrong', 400, text, {
    place,
    wayOut: 'docs/reference/roster-format.md says how the file is written.',
    ...(cause === undefined ? {} : { cause }),
  });
