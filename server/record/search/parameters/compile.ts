import type { Definitions, SearchParameter } from '../../definitions/index.ts';
import { seedOf } from '../hash.ts';
import { shareValues } from './aliases.ts';
import { codeSystemsOf } from './code-systems.ts';
import { addComposites } from './composites.ts';
import { leafOf } from './leaves.ts';
import { mainDateChoices } from './main-date.ts';
import { ownerKey } from './owner.ts';
import { readPaths, type Path } from './paths.ts';
import type { Param, TypeParams } from './types.ts';

/** Answered without index values: from the row's own columns, or not at all. */
const withoutIndex = new Set(['_id', '_lastUpdated', '_content', '_text', '_query', '_filter', '_list']);
const baseUrl = 'http://hl7.org/fhir/SearchParameter/';
const mostParams = 63;

/** Works out the search parameters of a type. Throws when there are more than `present` has bits for. */
export function compileParams(definitions: Definitions, type: string): TypeParams {
  const published = inOrder(definitions.searchParameters(type)).filter((one) => !withoutIndex.has(one.code));
  if (published.length > mostParams)
    throw new Error(`${type} has more than ${mostParams} search parameters.`);
  const all = published.map((one, ordinal) => toParam(definitions, type, one, ordinal));
  shareValues(all);
  chooseMainDate(all);
  const byCode = new Map(all.map((param) => [param.code, param]));
  addComposites(definitions, byCode, published);
  return { type, byCode, all };
}

/** Base parameters first, each group by name, so that a new package never moves the number of an old parameter. */
function inOrder(published: SearchParameter[]): SearchParameter[] {
  return published.toSorted((a, b) => groupOf(a) - groupOf(b) || (a.code < b.code ? -1 : 1));
}

function groupOf(one: SearchParameter): number {
  return one.url.startsWith(baseUrl) ? 0 : 1;
}

function toParam(definitions: Definitions, type: string, one: SearchParameter, ordinal: number): Param {
  const param: Param = {
    type,
    code: one.code,
    url: one.url,
    kind: one.type,
    ordinal,
    seed: seedOf(`${type}.${one.code}`),
    targets: one.targets,
    paths: [],
    members: [],
    partsElsewhere: false,
    plain: false,
    counted: 0,
    owner: false,
    mainDate: false,
  };
  param.members = [param];
  if (one.expression === undefined || one.type === 'composite') return param;
  const paths = readPaths(definitions, type, one.expression);
  if (paths === undefined) return one.type === 'special' ? param : withExpression(param, one.expression);
  param.paths = paths.filter((path) => leafOf(one.type, path.type) !== undefined);
  if (one.type === 'token') describeToken(definitions, param);
  param.owner = one.type === 'reference' && isOwner(param);
  return param;
}

function withExpression(param: Param, expression: string): Param {
  param.expression = expression;
  param.plain = true;
  return param;
}

function describeToken(definitions: Definitions, param: Param): void {
  const leaves = param.paths.map((path) => leafOf('token', path.type));
  const coded = leaves.every((leaf) => leaf !== 'identifier' && leaf !== 'contact' && leaf !== 'plain');
  param.counted = coded ? 1 : 0;
  param.plain = leaves.every((leaf) => leaf === 'code' || leaf === 'boolean' || leaf === 'plain');
  param.codeSystems = codeSystemsOf(definitions, param.paths);
}

/** True when all its values are the reference to the patient that the resource belongs to. */
function isOwner(param: Param): boolean {
  const key = ownerKey(param.type);
  return key !== undefined && param.paths.length > 0 && param.paths.every((path) => isRootStep(path, key));
}

function isRootStep(path: Path, key: string): boolean {
  const [only] = path.steps;
  return path.steps.length === 1 && only!.key === key && !only!.many && path.type === 'Reference';
}

/** The main date has at most one value, so that one range in the row says all of it. */
function chooseMainDate(all: Param[]): void {
  const dates = all.filter(
    (param) => param.kind === 'date' && param.paths.length > 0 && param.paths.every((path) => isSingle(path)),
  );
  const choices = all.length === 0 ? [] : mainDateChoices(all[0]!.type);
  const chosen = choices
    .map((code) => dates.find((param) => param.code === code))
    .find((param) => param !== undefined);
  const main = chosen ?? dates[0];
  if (main !== undefined) main.mainDate = true;
}

/** A choice element has several paths, of which a resource has one at most. */
function isSingle(path: Path): boolean {
  return path.steps.every((step) => !step.many || step.index !== undefined);
}
