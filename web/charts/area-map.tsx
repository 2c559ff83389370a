import type { Branch, SystemMap } from '../api/system.ts';
import { plotMap } from './map-plot.ts';

const width = 560;
const mostHeight = 620;

/** The classes of shading, from light to dark. A share counts in the first class whose limit it is under. */
const shareClasses = [
  { under: 0.1, words: 'Under 10%' },
  { under: 0.2, words: '10% to 19%' },
  { under: 0.3, words: '20% to 29%' },
  { under: 0.4, words: '30% to 39%' },
  { under: Infinity, words: '40% or more' },
];

const fifthWords = ['Least deprived fifth', 'Second', 'Third', 'Fourth', 'Most deprived fifth'];

/** Shade 0 is the lightest, the least deprived. */
const shadeOfShare = (share: number | null): number | undefined =>
  share === null ? undefined : shareClasses.findIndex(({ under }) => share < under);

const shadeOfDecile = (decile: number | null): number | undefined =>
  decile === null ? undefined : 4 - Math.floor((decile - 1) / 2);

const shadeClass = (shade: number | undefined): string =>
  `map__area map__area--${shade === undefined ? 'unknown' : shade}`;

/** Up to so many bodies have their number on the map; more would hide it. */
const mostNumbers = 15;

/** A map of bodies: shaded by small area where those have boundaries, else by body. The same figures stand in the table beside it. */
export function AreaMap({
  map,
  branches,
  label,
  hrefOf,
}: {
  map: SystemMap;
  branches: Branch[];
  label: string;
  hrefOf: (id: string) => string;
}) {
  const plot = plotMap(
    [...map.bodies, ...map.areas].map(({ rings }) => rings),
    width,
    mostHeight,
  );
  if (plot === undefined) return null;
  const bySmallArea = map.areas.length > 0;
  const known = new Map(branches.map((branch, index) => [branch.id, { branch, number: index + 1 }]));
  const bodies = map.bodies.map(({ id, rings }) => ({ id, ...known.get(id), ...plot.place(rings) }));
  const isNumbered = bodies.length > 1 && bodies.length <= mostNumbers;
  return (
    <figure className="map">
      <MapLegend words={bySmallArea ? fifthWords : shareClasses.map(({ words }) => words)} />
      <svg
        className="map__drawing"
        viewBox={`-2 -2 ${plot.width + 4} ${plot.height + 4}`}
        role="img"
        aria-label={label}
      >
        {map.areas.map(({ code, decile, rings }) => (
          <path key={code} className={shadeClass(shadeOfDecile(decile))} d={plot.place(rings).path} />
        ))}
        {bodies.map(({ id, branch, path }) => (
          <a key={id} href={hrefOf(id)} tabIndex={-1}>
            <title>{branch?.name}</title>
            <path
              className={
                bySmallArea
                  ? 'map__body'
                  : `map__body ${shadeClass(shadeOfShare(branch?.deprivedShare ?? null))}`
              }
              fillRule="evenodd"
              d={path}
            />
          </a>
        ))}
        {isNumbered &&
          bodies.map(({ id, number, middle }) =>
            middle === undefined || number === undefined ? null : (
              <g key={id} className="map__number" transform={`translate(${middle.join()})`}>
                <circle r={number > 9 ? 13 : 11} />
                <text textAnchor="middle" dy="5">
                  {number}
                </text>
              </g>
            ),
          )}
      </svg>
    </figure>
  );
}

/** Whether the bodies of a map carry the numbers of their rows. */
export const isMapNumbered = (map: SystemMap): boolean =>
  map.bodies.length > 1 && map.bodies.length <= mostNumbers;

function MapLegend({ words }: { words: string[] }) {
  return (
    <ul className="map__legend" aria-label="What the shades mean">
      {words.map((each, shade) => (
        <li key={each}>
          <svg width="20" height="20" aria-hidden="true">
            <rect className={shadeClass(shade)} width="20" height="20" />
          </svg>
          {each}
        </li>
      ))}
    </ul>
  );
}
