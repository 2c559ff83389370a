import { toBigInt, typeToken } from '../hash.ts';
import { dateBounds, isBounded, type DateBounds } from '../sql/date-bounds.ts';
import { isOfCodes } from '../sql/combinations.ts';
import { all, and, type Condition, type RangeTest } from '../conditions/types.ts';
import type { Access, PagePart } from '../sql/types.ts';
import type { Order } from '../sql/sorts.ts';
import { isOfItsOwnRow } from './dependence.ts';

/** Numbers the tally gives: rows of the type, and rows with a counted token. */
export type Counts = {
  rows: number;
  of(token: string): number | undefined;
  /** About how many rows have a number in the range asked for, where that was looked up. */
  numbers?(condition: Condition): number | undefined;
};

/** The tokens whose counts a plan wants to know: the type's, those of its conditions, and those one step away. */
export function countedTokens(type: string, condition: Condition): string[] {
  const parts = condition.is === 'and' ? condition.of : [condition];
  const found = [totalToken(type)];
  for (const part of parts) {
    if (part.is === 'tokens') found.push(...part.any.filter((token) => isCounted(token)));
    if (part.is === 'ofPatient') found.push(...countedTokens('Patient', part.of));
    if (part.is === 'hasOwn') found.push(totalToken('Patient'), ...countedTokens(part.type, part.of));
    if (part.is === 'patients') found.push(totalToken('Patient'));
  }
  return found;
}

/** The token whose tally is the number of resources of a type. */
function totalToken(type: string): string {
  const { hi, lo } = typeToken(type);
  return toBigInt(hi, lo).toString();
}

/** The tally counts tokens whose lowest bit is one. */
function isCounted(token: string): boolean {
  return (BigInt(token) & 1n) === 1n;
}

/** True when the condition fixes the few patients whose rows are asked for. */
export function fixesFewPatients(condition: Condition): boolean {
  const parts = condition.is === 'and' ? condition.of : [condition];
  return parts.some((part) => patientsIn(part) <= fewPatients);
}

/** How many patients a condition fixes. */
function patientsIn(condition: Condition): number {
  if (condition.is === 'patients') return condition.any.length;
  return condition.is === 'rows' ? condition.rids.length : Infinity;
}

/**
 * True when one plan serves all values of a condition, so that the statement can be planned once: a single part of it can
 * lead to rows through an index, and no other resource is asked.
 */
export function leadsOneWay(condition: Condition): boolean {
  const parts = condition.is === 'and' ? condition.of : [condition];
  if (!parts.every(isOfItsOwnRow)) return false;
  if (fixesFewPatients(condition)) return true;
  return parts.filter(leadsToRows).length === 1 && !parts.some(mayHoldMany);
}

/** True when the page is found in one way whatever the values; see `leadsOneWay`. */
export function isPlannedOnce({ find, test, access }: PagePart): boolean {
  if (access.by === 'choice' || !isOfItsOwnRow(test)) return false;
  return access.by === 'conditions' ? leadsOneWay(find) : find.is === 'all';
}

/** True when an index can lead to the rows that fulfil a condition. Several tokens are read from one index together. */
function leadsToRows(condition: Condition): boolean {
  if (condition.is === 'or') return condition.of.every((one) => one.is === 'tokens' || one.is === 'refs');
  return !['all', 'and', 'not', 'present', 'words'].includes(condition.is);
}

/** A range may hold a few rows or most, so that one plan does not serve all values. */
function mayHoldMany(condition: Condition): boolean {
  switch (condition.is) {
    case 'or':
      return condition.of.some(mayHoldMany);
    case 'mainDate':
    case 'dates':
      return !isOneDay(condition.test);
    default:
      return ['numbers', 'spans', 'near', 'updated'].includes(condition.is);
  }
}

/** The token whose tally is the exact number of rows: for all of a type, or all with one counted token. */
export function totalTokenOf(type: string, condition: Condition): string | undefined {
  if (condition.is === 'all') return totalToken(type);
  if (condition.is !== 'tokens' || condition.any.length !== 1) return undefined;
  const [token = ''] = condition.any;
  return isCounted(token) ? token : undefined;
}

const fewPatients = 20;
/** A token is left to testing when it is so many times more common than the rarest. */
const muchMoreCommon = 20;
const mostWalked = 50_000;
/** Up to so many rows are found by their code, and their dates tested; else the date indexes lead, which know the codes. */
const rareCode = 2_000;
const leastWalked = 2_000;

/**
 * Chooses how to find a page. A few patients: their ranges. Something rare: the indexes, then sort. Something common:
 * walk in order and test, because a page fills soon; `thorough` is the way when it does not. Citus cannot test the rows of
 * a bounded walk against other tables, so there each machine chooses how to find what is common.
 */
export function planPage(
  type: string,
  condition: Condition,
  orders: Order[],
  limit: number,
  counts: Counts | undefined,
  distributed: boolean,
): { quick: PagePart | undefined; thorough: PagePart } {
  const parts = condition.is === 'and' ? condition.of : [condition];
  const part = (find: Condition, test: Condition, access: Access): PagePart => ({
    type,
    find,
    test,
    orders,
    access,
  });
  if (fixesFewPatients(condition)) {
    const patients = parts.filter((one) => patientsIn(one) !== Infinity);
    const rest = parts.filter((one) => patientsIn(one) === Infinity);
    return { quick: undefined, thorough: part(and(patients), and(rest), { by: 'conditions' }) };
  }
  const byTexts = orders.length === 1 && orders[0]!.strings !== undefined && !distributed;
  const canWalk = orders.length === 0 || (orders.length === 1 && orders[0]!.column !== undefined) || byTexts;
  if (condition.is === 'all') {
    const quick = canWalk ? part(all, all, { by: byTexts ? 'strings' : 'order' }) : undefined;
    return { quick, thorough: part(all, all, { by: 'conditions' }) };
  }
  const sizes = parts.map((one) => sizeOf(one, counts));
  const rarest = Math.min(...sizes);
  const most = canWalk ? walkLength(parts, sizes, limit, counts) : undefined;
  const access: Access = byTexts ? { by: 'strings' } : { by: 'order', ...(most !== undefined && { most }) };
  const walk = most === undefined ? undefined : part(all, condition, access);
  const quick = distributed ? undefined : walk;
  if (rarest === unknown || quick !== walk)
    return { quick, thorough: part(condition, all, { by: 'choice' }) };
  const leads = (one: Condition, index: number): boolean =>
    sizes[index]! <= rarest * muchMoreCommon || one.is === 'mainDate' || one.is === 'updated';
  const codes = parts.filter(isOfCodes);
  const rarestCode = Math.min(...codes.map((one) => sizes[parts.indexOf(one)]!));
  if (codes.length > 0 && isBounded(dateBounds(condition)) && rarestCode > rareCode) {
    const rest = parts.filter((one) => !isOfCodes(one));
    return {
      quick,
      thorough: part(and([...rest, { is: 'codes', of: and(codes) }]), all, { by: 'conditions' }),
    };
  }
  const rare = parts.filter((one, index) => leads(one, index));
  const common = parts.filter((one, index) => !leads(one, index));
  return { quick, thorough: part(and(rare), and(common), { by: 'conditions' }) };
}

/** Nothing is known of how many rows fulfil the condition. */
const unknown = Infinity;
const surelyFew = 1_000;

/** About how many rows a condition leads to, as far as that can be known. */
function sizeOf(condition: Condition, counts: Counts | undefined): number {
  switch (condition.is) {
    case 'tokens': {
      const known = condition.any.map((token) => counts?.of(token));
      if (known.every((count) => count !== undefined)) return known.reduce((sum, count) => sum + count, 0);
      return surelyFew;
    }
    case 'strings':
      return condition.value.length <= 2 ? unknown : surelyFew;
    case 'numbers':
      return counts?.numbers?.(condition) ?? surelyFew * 5;
    case 'or':
      return condition.of.reduce((sum, one) => sum + sizeOf(one, counts), 0);
    case 'and':
      return Math.min(...condition.of.map((one) => sizeOf(one, counts)));
    case 'patients':
      return condition.any.length * rowsOfPatient(counts);
    case 'rows':
      return condition.rids.length;
    case 'refs':
    case 'spans':
    case 'near':
    case 'dates':
      return surelyFew;
    case 'mainDate':
      return isOneDay(condition.test) ? surelyFew : unknown;
    default:
      return unknown;
  }
}

/** A day is the longest stretch of time that can be asked for without naming a month; a day of clock change has 25 hours. */
const longestDayMs = 25 * 3_600_000;
const isOneDay = ({ prefix, low, high }: RangeTest): boolean => prefix === 'eq' && high - low <= longestDayMs;

/** Rows of a type for each patient, on average. */
const rowsOfPatient = (counts: Counts | undefined): number =>
  counts === undefined ? 100 : Math.max(1, counts.rows / patientCount(counts));

/** The share of rows assumed to fulfil a condition of which nothing is known. */
const guessedShare = 0.2;

/**
 * How many rows to walk for a page, or undefined when going through the indexes reads fewer. A wrong guess costs the walk,
 * which is short, and then the indexes answer.
 */
function walkLength(
  parts: Condition[],
  sizes: number[],
  limit: number,
  counts: Counts | undefined,
): number | undefined {
  if (counts === undefined || counts.rows <= leastWalked) return undefined;
  const rarest = Math.min(...sizes);
  let share = shareOfDates(dateBounds(and(parts)));
  for (const [index, one] of parts.entries()) share *= shareOf(one, sizes[index]!, counts);
  const expected = limit / Math.max(share, 1e-9);
  if (expected > rarest || expected * 4 > mostWalked) return undefined;
  // A patient's rows lie together, so that many rows without a match say little: walk twice as far as the other way would read.
  const clustered = parts.some((one) => one.is === 'patients') ? Math.min(2 * rarest, mostWalked) : 0;
  return Math.ceil(Math.max(leastWalked, expected * 4, clustered));
}

/** Most of a record is of the last twenty years. */
const usualSpanMs = 20 * 365.25 * 86_400_000;

/** The share of rows assumed to lie within bounds: half, unless both ends are given. */
function shareOfDates(bounds: DateBounds): number {
  if (!isBounded(bounds)) return 1;
  const from = Math.max(bounds.lowFrom, bounds.highAfter);
  return Math.min(0.5, Math.max(0, bounds.lowBefore - from) / usualSpanMs);
}

function shareOf(condition: Condition, size: number, counts: Counts): number {
  switch (condition.is) {
    case 'tokens':
      return Math.min(1, size / counts.rows);
    case 'patients':
      return Math.min(1, condition.any.length / patientCount(counts));
    case 'ofPatient':
      return Math.min(1, sizeOf(condition.of, counts) / patientCount(counts));
    case 'hasOwn':
      return Math.min(1, (sizeOf(condition.of, counts) * guessedShare) / patientCount(counts));
    case 'mainDate':
      return 1;
    case 'not':
    case 'present':
      return 0.5;
    case 'numbers':
      return counts.numbers?.(condition) === undefined ? guessedShare : Math.min(1, size / counts.rows);
    default:
      return size === unknown ? guessedShare / 4 : Math.min(1, size / counts.rows);
  }
}

function patientCount(counts: Counts): number {
  return Math.max(1, counts.of(totalToken('Patient')) ?? 1);
}
