import type { Json, Resource } from '../../record/types.ts';
import type { Elements, Claim } from '../types.ts';
import { elementsIn, isSame, joinedTo, resourceOf, type State } from './state.ts';

/** The resource that follows from what is held of it. `said` is the claim heard last, which a whole resource is. */
export function render(state: State, said: Claim): Resource {
  if (said.whole) return resourceOf(said.type, said.id, said.elements);
  const elements = elementsIn(state);
  switch (said.type) {
    case 'Patient':
      return resourceOf('Patient', said.id, patientElements(state, elements));
    case 'Encounter':
      return resourceOf('Encounter', said.id, encounterElements(state, elements));
    default:
      return resourceOf(said.type, said.id, elements);
  }
}

/** A merged patient is not in use and names the one that replaces it; a linked one names the one it is, too. */
function patientElements(state: State, elements: Elements): Elements {
  const joined = joinedTo(state);
  if (elements['deceasedDateTime'] !== undefined) delete elements['deceasedBoolean'];
  const { meta, identifier, ...rest } = elements;
  return {
    ...(meta === undefined ? {} : { meta }),
    ...(identifier === undefined ? {} : { identifier }),
    active: joined?.kind !== 'merged',
    ...rest,
    ...(joined === undefined
      ? {}
      : {
          link: [
            {
              other: { reference: `Patient/${joined.into}` },
              type: joined.kind === 'merged' ? 'replaced-by' : 'seealso',
            },
          ],
        }),
  };
}

const unknownClass = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor',
  code: 'UNK',
  display: 'unknown',
};

/** A stay with its period and the places it went through. */
function encounterElements(state: State, elements: Elements): Elements {
  const {
    'period.start': start,
    'period.end': end,
    meta,
    identifier,
    status,
    class: kind,
    ...rest
  } = elements;
  const isOrdered =
    typeof start !== 'string' || typeof end !== 'string' || Date.parse(start) <= Date.parse(end);
  const period: Elements = {
    ...(start === undefined ? {} : { start }),
    ...(end === undefined || !isOrdered ? {} : { end }),
  };
  const places = placesOf(state.moves ?? [], period['end'], status === 'finished');
  return {
    ...(meta === undefined ? {} : { meta }),
    ...(identifier === undefined ? {} : { identifier }),
    status: status ?? 'unknown',
    class: kind ?? unknownClass,
    ...rest,
    ...(Object.keys(period).length === 0 ? {} : { period }),
    ...(places.length === 0 ? {} : { location: places }),
  };
}

type Place = { location: Json; status: string; period: { start: string; end?: string } };

/** Where the person was, in order. Taking a move back leaves them where they were before. */
function placesOf(
  moves: [number, NonNullable<Claim['move']>][],
  end: Json | undefined,
  isOver: boolean,
): Json[] {
  const places: Place[] = [];
  for (const [at, move] of moves) {
    const here = places.at(-1);
    if (move.kind === 'back') {
      if (places.length > 1) places.pop();
      const before = places.at(-1);
      if (before === undefined) continue;
      delete before.period.end;
      if (move.location !== null) before.location = move.location;
    } else if (here === undefined || !isSame(here.location, move.location)) {
      const start = new Date(at).toISOString();
      if (here !== undefined) here.period.end = start;
      places.push({ location: move.location, status: 'active', period: { start } });
    }
  }
  for (const [index, place] of places.entries()) {
    const isLast = index === places.length - 1;
    if (!isLast || isOver) place.status = 'completed';
    if (
      isLast &&
      typeof end === 'string' &&
      end.includes('T') &&
      Date.parse(end) >= Date.parse(place.period.start)
    )
      place.period.end = end;
  }
  return places as unknown as Json[];
}
