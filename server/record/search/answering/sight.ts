import type { StoredResource } from '../../types.ts';
import type { Filter, Include, Ask } from '../asking/types.ts';
import type { Param } from '../parameters/types.ts';

/**
 * How a question is put. `byPlace`: it narrows people by where they are. `narrowed`: it asks for more than who somebody is, so that
 * finding them would tell what a minimum view leaves out.
 */
export type Asked = { byPlace: boolean; narrowed: boolean };

/** What whoever asks sees of the record. Answers are in the order of the rows. */
export type Sight = {
  /** Which rows may stand in a list, be counted and be found by. */
  lists(rows: readonly StoredResource[], asked: Asked): Promise<boolean[]>;
  /** The rows in the form they may be seen in; undefined for what is hidden. */
  shows(
    rows: readonly StoredResource[],
    kind: 'search',
    asked: Asked,
  ): Promise<(StoredResource | undefined)[]>;
  /** The patients outside of whom nothing of a patient is listed; undefined where these are many or there is no such bound. */
  reach(): Promise<readonly string[] | undefined>;
};

export const plainly: Asked = { byPlace: false, narrowed: false };

/** How the filters and the order of a request are put. */
export function askedIn(
  { types, sort }: Ask,
  params: (type: string) => { byCode: ReadonlyMap<string, Param> },
): Asked {
  const filters = types.flatMap((one) => one.filters);
  const keys = types.flatMap(({ type }) => sort.map(({ code }) => params(type).byCode.get(code) ?? code));
  return {
    byPlace: filters.some(isByPlace) || keys.some((key) => typeof key !== 'string' && isPlaceOrder(key)),
    narrowed:
      filters.some(isNarrowing) || keys.some((key) => !isPlain(typeof key === 'string' ? key : key.code)),
  };
}

/** How an include that goes backwards is put: what refers to a place is found by it. */
export function askedBy(include: Include, param: Param): Asked {
  const targets = include.target === undefined ? param.targets : [include.target];
  return { byPlace: !param.owner && targets.some(isPlaceType), narrowed: !param.owner };
}

/** Types that say where somebody is by being referred to. */
const placeTypes: ReadonlySet<string> = new Set([
  'Organization',
  'Location',
  'HealthcareService',
  'PractitionerRole',
]);
const isPlaceType = (type: string): boolean => placeTypes.has(type);

/** Parameters about where somebody is or can be reached, of any type; and words anywhere, which may be an address. */
const isPlaceCode = (code: string): boolean =>
  /^(?:address.*|telecom|phone|email|near|_source|_text|_content)$/.test(code);

/** Parameters about who somebody is, and whose record something is in. */
const plainCodes: ReadonlySet<string> = new Set([
  '_id',
  '_lastUpdated',
  'identifier',
  'name',
  'family',
  'given',
  'birthdate',
  'patient',
  'subject',
  'status',
]);
const isPlain = (code: string): boolean => plainCodes.has(code);

const refersToPlaces = (param: Param): boolean =>
  param.kind === 'reference' && !param.owner && param.targets.some(isPlaceType);

const isPlaceOrder = (param: Param): boolean => isPlaceCode(param.code) || refersToPlaces(param);

function isByPlace(filter: Filter): boolean {
  switch (filter.is) {
    case 'param':
      if (isPlaceCode(filter.param.code)) return true;
      return refersToPlaces(filter.param) && asksForPlace(filter);
    case 'near':
      return true;
    case 'special':
      return isPlaceCode(filter.code);
    case 'chain':
      return (
        filter.targets.some((target) => isByPlace(target.filter)) ||
        (!filter.param.owner && filter.targets.some(({ type }) => isPlaceType(type)))
      );
    case 'has':
      return refersToPlaces(filter.link) || isByPlace(filter.filter);
  }
}

/** A value that names another type is no place. */
function asksForPlace({ modifier, values }: Extract<Filter, { is: 'param' }>): boolean {
  if (modifier !== undefined && /^[A-Z]/.test(modifier)) return isPlaceType(modifier);
  return values.some((value) => {
    const [, type] = /(?:^|\/)([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}$/.exec(value) ?? [];
    return type === undefined || isPlaceType(type);
  });
}

function isNarrowing(filter: Filter): boolean {
  switch (filter.is) {
    case 'param':
      return !isPlain(filter.param.code);
    case 'near':
      return true;
    case 'special':
      return !isPlain(filter.code);
    case 'chain':
      return !filter.param.owner || filter.targets.some((target) => isNarrowing(target.filter));
    case 'has':
      return !filter.link.owner || isNarrowing(filter.filter);
  }
}
