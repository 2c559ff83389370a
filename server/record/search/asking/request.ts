import { Problem } from '../../../platform/errors.ts';
import { isAnswered } from '../parameters/answered.ts';
import { readFilter, type Known } from './filters.ts';
import { assumesDistance, measured } from './distances.ts';
import { readInclude } from './includes.ts';
import { usualMetres } from './near.ts';
import { split } from './split.ts';
import type { Ask, Filter, Refusal, Summary } from './types.ts';

export const usualCount = 50;
export const largestCount = 1000;

/** Parameters about the answer's form that other rooms handle. */
const passedOver = new Set(['_format', '_pretty', '_page']);

export type Question = {
  /** Undefined for a search over all types. */
  type?: string | undefined;
  query: readonly (readonly [string, string])[];
  handling: 'strict' | 'lenient';
};

/**
 * Reads a search request. What cannot be answered is refused under strict handling, and else named in `outcomes` and
 * left out of `applied`. A value that is broken (no number, no date) is always refused. Throws a Problem with status 400.
 */
export function readRequest(known: Known, question: Question): Ask {
  const ask: Ask = {
    types: typesAsked(known, question).map((type) => ({ type, filters: [] })),
    sort: [],
    count: usualCount,
    total: 'default',
    includes: [],
    revincludes: [],
    applied: [],
    outcomes: [],
  };
  for (const [name, value] of question.query) {
    if (value === '') continue;
    if (passedOver.has(name)) ask.applied.push([name, value]);
    else if (!readControl(known, ask, question, name, value)) readAll(known, ask, question, name, value);
  }
  ask.sort = measured(ask);
  return ask;
}

function typesAsked(known: Known, question: Question): string[] {
  if (question.type !== undefined) return [question.type];
  const listed = question.query.filter(([name]) => name === '_type').flatMap(([, value]) => value.split(','));
  for (const type of listed) {
    if (!known.definitions.isResourceType(type))
      throw broken('_type', '_type names something that is no resource type.');
  }
  return listed.length > 0 ? [...new Set(listed)] : [...known.definitions.resourceTypes];
}

/** A filter must hold for each type asked; types that do not have the parameter refuse it. */
function readAll(known: Known, ask: Ask, question: Question, name: string, value: string): void {
  const read: { filters: Filter[]; filter: Filter }[] = [];
  for (const { type, filters } of ask.types) {
    const filter = readFilter(known, type, name, value);
    if ('refused' in filter) {
      refuse(ask, question, name, filter);
      return;
    }
    read.push({ filters, filter });
  }
  for (const { filters, filter } of read) filters.push(filter);
  ask.applied.push([name, value]);
  if (!read.some(({ filter }) => assumesDistance(filter))) return;
  const text = `No distance was given: ${usualMetres / 1000} km was taken.`;
  ask.outcomes.push({ severity: 'information', code: 'informational', path: name, text });
}

function refuse(ask: Ask, question: Question, name: string, refusal: Refusal): void {
  if (refusal.code === 'invalid') throw broken(name, refusal.refused);
  if (question.handling === 'strict') {
    throw new Problem('search/unknown-parameter', 400, refusal.refused, {
      place: name,
      wayOut: 'Leave the parameter out, or ask with Prefer: handling=lenient.',
    });
  }
  ask.outcomes.push({
    severity: 'warning',
    code: 'not-supported',
    path: name,
    text: `${refusal.refused} It was passed over.`,
  });
}

/** Reads a parameter about the answer. False when it is a filter. */
function readControl(known: Known, ask: Ask, question: Question, name: string, value: string): boolean {
  const [code = ''] = name.split(':');
  switch (code) {
    case '_type':
      if (question.type !== undefined) return false;
      break;
    case '_count':
      readCount(ask, value);
      return true;
    case '_sort':
      return readSort(known, ask, question, value);
    case '_total':
      if (value !== 'none' && value !== 'estimate' && value !== 'accurate') {
        throw broken(name, '_total is none, estimate or accurate.');
      }
      ask.total = value;
      break;
    case '_summary':
      if (!['true', 'text', 'data', 'count', 'false'].includes(value)) {
        throw broken(name, '_summary is true, text, data, count or false.');
      }
      ask.summary = value as Summary;
      break;
    case '_elements':
      ask.elements = [...(ask.elements ?? []), ...value.split(',')];
      break;
    case '_include':
    case '_revinclude':
      return readIncludes(known, ask, question, name, value);
    case '_cursor':
      ask.cursor = value;
      break;
    case '_contained':
    case '_containedType':
    case '_filter':
    case '_query':
      refuse(ask, question, name, { refused: `${code} is not supported.`, code: 'not-supported' });
      return true;
    default:
      return false;
  }
  ask.applied.push([name, value]);
  return true;
}

function readCount(ask: Ask, value: string): void {
  if (!/^\d{1,9}$/.test(value)) throw broken('_count', '_count is a whole number.');
  ask.count = Math.min(Number(value), largestCount);
  ask.applied.push(['_count', String(ask.count)]);
  if (Number(value) <= largestCount) return;
  const text = `A page holds ${largestCount} resources at most. Follow the next links for more.`;
  ask.outcomes.push({ severity: 'information', code: 'too-costly', path: '_count', text });
}

function readSort(known: Known, ask: Ask, question: Question, value: string): boolean {
  const taken: string[] = [];
  for (const part of split(value, ',')) {
    const descending = part.startsWith('-');
    const code = descending ? part.slice(1) : part;
    if (ask.types.every(({ type }) => canSort(known, question, type, code))) {
      ask.sort.push({ code, descending });
      taken.push(part);
    } else {
      const near = code === 'near' ? ' without near in the same search' : '';
      refuse(ask, question, '_sort', {
        refused: `Sorting by ${code}${near} is not supported.`,
        code: 'not-supported',
      });
    }
  }
  if (taken.length > 0) ask.applied.push(['_sort', taken.join(',')]);
  return true;
}

function canSort(known: Known, question: Question, type: string, code: string): boolean {
  if (code === '_id' || code === '_lastUpdated') return true;
  const param = known.params(type).byCode.get(code);
  if (param === undefined || param.kind === 'composite' || param.expression !== undefined) return false;
  if (param.kind !== 'special') return true;
  return isAnswered(param) && question.query.some(([name, value]) => name === code && value !== '');
}

function readIncludes(known: Known, ask: Ask, question: Question, name: string, value: string): boolean {
  const iterate = name.endsWith(':iterate') || name.endsWith(':recurse');
  if (name.includes(':') && !iterate) {
    refuse(ask, question, name, { refused: `${name} is not supported.`, code: 'not-supported' });
    return true;
  }
  const reverse = name.startsWith('_revinclude');
  const include = readInclude(known, question.type, value, iterate, reverse);
  if ('refused' in include) refuse(ask, question, name, include);
  else {
    (reverse ? ask.revincludes : ask.includes).push(include);
    ask.applied.push([name, value]);
  }
  return true;
}

function broken(place: string, text: string): Problem {
  return new Problem('search/invalid', 400, text, { place, wayOut: 'Mend the value and ask again.' });
}
