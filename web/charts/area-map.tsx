import type { Branch, SystemMap } from '../api/system.ts';
import { shortName } from '../words/system.ts';
import { plotMap } from './map-plot.ts';

/** Two units are a pixel where the page is wide. */
const width = 1120;
const mostHeight = 1240;

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

/**
 * A map of bodies: shaded by small area where those have boundaries, else by body. The same figures
 * and links stand in the table beside it, so that the drawing itself is left to those who see and point.
 */
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
      <p className="map__measure">
        {bySmallArea
          ? 'Deprivation of each small area'
          : 'People who live in the most deprived fifth of small areas'}
      </p>
      <MapLegend words={bySmallArea ? fifthWords : shareClasses.map(({ words }) => words)} />
      <svg className="map__drawing" viewBox={`-4 -4 ${plot.width + 8} ${plot.height + 8}`} aria-hidden="true">
        {map.areas.map(({ code, decile, rings }) => (
          <path key={code} className={shadeClass(shadeOfDecile(decile))} d={plot.place(rings).path} />
        ))}
        {bodies.map(({ id, branch, path }) => (
          <a key={id} href={hrefOf(id)} tabIndex={-1}>
            <title>{branch === undefined ? undefined : shortName(branch.name)}</title>
            <path
              className={
                bySmallArea
                  ? 'map__body'
                  : `map__body ${shadeClass(shadeOfShare(branch?.deprivedShare ?? null))}`
              }
              d={path}
            />
          </a>
        ))}
        {isNumbered &&
          bodies.map(({ id, number, middle }) =>
            middle === undefined || number === undefined ? null : (
              <g key={id} className="map__number" transform={`translate(${middle.join()})`}>
                <circle r="24" />
                <text textAnchor="middle" dy="10">
                  {number}
                </text>
              </g>
            ),
          )}
      </svg>
      <figcaption className="nhsuk-u-visually-hidden">{label}</figcaption>
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
