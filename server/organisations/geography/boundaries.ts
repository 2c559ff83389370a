import { Problem } from '../../platform/errors.ts';
import { fault } from '../files/fault.ts';
import { readJson } from '../files/json.ts';
import { simplified, type Ring } from './rings.ts';
import type { Sink } from './sink.ts';

/** A GeoJSON file of boundaries: the member that holds the code of each area, and the edition. */
type BoundaryShape = { about: string; title: string; codeMember: string; edition: string; shape: RegExp };

const shapes: readonly BoundaryShape[] = [
  {
    about: 'boundaries-icb23',
    title: 'Boundaries of ICBs, April 2023',
    codeMember: 'ICB23CD',
    edition: '2023-04',
    shape: /^E54\d{6}$/,
  },
  {
    about: 'boundaries-sub-icb23',
    title: 'Boundaries of sub-ICB locations, April 2023',
    codeMember: 'SICBL23CD',
    edition: '2023-04',
    shape: /^E38\d{6}$/,
  },
];

type Feature = { properties?: Record<string, unknown>; geometry?: { type?: string; coordinates?: unknown } };

export type BoundaryFile = { about: string; title: string; features: Feature[]; shape: BoundaryShape };

/** Reads a GeoJSON file of boundaries (RFC 7946, WGS84), plain or gzip. Undefined when it holds none that we know. */
export async function readBoundaries(file: string, name: string): Promise<BoundaryFile | undefined> {
  const parsed = (await readJson(file, name)) as { type?: unknown; features?: unknown };
  if (parsed.type !== 'FeatureCollection' || !Array.isArray(parsed.features))
    throw fault(name, 1, 'This is no GeoJSON collection of features.');
  const features = parsed.features as Feature[];
  const shape = shapes.find(({ codeMember }) => features[0]?.properties?.[codeMember] !== undefined);
  return shape === undefined ? undefined : { about: shape.about, title: shape.title, features, shape };
}

/** Adds the boundaries of a file, simplified for maps. */
export function addBoundaries({ features, shape }: BoundaryFile, name: string, sink: Sink): void {
  for (const [index, { properties, geometry }] of features.entries()) {
    const code = properties?.[shape.codeMember];
    const place = `${name}, feature ${index + 1}`;
    if (typeof code !== 'string' || !shape.shape.test(code))
      throw wrongFeature(`${place}, ${shape.codeMember}`, 'This is no code of the kind that belongs here.');
    const rings = simplified(ringsOf(geometry, place));
    sink.add('boundary', [{ text: code }, { text: shape.edition }, { json: rings }]);
  }
}

function ringsOf(geometry: Feature['geometry'], place: string): Ring[] {
  const { type, coordinates } = geometry ?? {};
  const polygons = type === 'Polygon' ? [coordinates] : type === 'MultiPolygon' ? coordinates : undefined;
  if (!Array.isArray(polygons)) throw wrongFeature(place, 'This is no polygon.');
  const rings = (polygons as unknown[]).flat(1);
  if (!rings.every(isRing))
    throw wrongFeature(place, 'This polygon has a point that is no [longitude, latitude].');
  return rings;
}

const isRing = (value: unknown): value is Ring => Array.isArray(value) && value.every(isPoint);

const isPoint = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length >= 2 &&
  typeof value[0] === 'number' &&
  typeof value[1] === 'number' &&
  Math.abs(value[0]) <= 180 &&
  Math.abs(value[1]) <= 90;

const wrongFeature = (place: string, text: string): Problem =>
  new Problem('organisations/file-wrong', 400, text, {
    place,
    wayOut: 'Nothing of this file was stored. Put it right, then load it again.',
  });
