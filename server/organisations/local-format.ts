import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { Problem } from '../platform/errors.ts';
import { once } from '../platform/once.ts';
import { isDay } from './days.ts';
import { kinds, membershipKinds, successionKinds } from './types.ts';

/** The files described in docs/reference/geography-format.md. */

const closed = { additionalProperties: false } as const;
const oneOf = <T extends string>(values: readonly T[]) =>
  Type.Union(values.map((value) => Type.Literal(value)));
const Code = Type.String({ pattern: '^[A-Za-z0-9_-]{1,40}$' });
const LocalId = Type.String({ pattern: '^[A-Za-z0-9_-]{1,60}$' });
const Reference = Type.String({ pattern: '^(ods:|ons:)?[A-Za-z0-9_-]{1,60}$' });
const Words = Type.String({ minLength: 1, maxLength: 300 });
const Slug = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 80 });
const Uri = Type.String({ pattern: '^[a-z][a-z0-9+.-]*:[^\\s#]+$', maxLength: 300 });
const Day = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' });
const Point = Type.Tuple([
  Type.Number({ minimum: -180, maximum: 180 }),
  Type.Number({ minimum: -90, maximum: 90 }),
]);
const Postcode = Type.String({ pattern: '^[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}$' });
const span = { from: Type.Optional(Day), to: Type.Optional(Day) };

const GeographyFile = Type.Object(
  {
    format: Type.Literal('openics-geography-1'),
    source: Uri,
    note: Type.Optional(Type.String()),
    from: Type.Optional(Day),
    areas: Type.Array(
      Type.Object(
        {
          code: Code,
          name: Words,
          kind: oneOf(['system', 'place', 'neighbourhood', 'lsoa']),
          parent: Type.Optional(Code),
          polygon: Type.Optional(Type.Array(Point, { minItems: 4 })),
          imdDecile: Type.Optional(Type.Integer({ minimum: 1, maximum: 10 })),
          population: Type.Optional(Type.Integer({ minimum: 0 })),
        },
        closed,
      ),
    ),
    postcodes: Type.Optional(Type.Array(Type.Object({ postcode: Postcode, lsoa: Code }, closed))),
  },
  closed,
);

const OrganisationsFile = Type.Object(
  {
    format: Type.Literal('openics-organisations-1'),
    source: Uri,
    note: Type.Optional(Type.String()),
    organisations: Type.Array(
      Type.Object(
        {
          id: LocalId,
          kind: oneOf(Object.keys(kinds) as (keyof typeof kinds)[]),
          name: Words,
          odsCode: Type.Optional(Type.String({ pattern: '^[A-Z0-9]{3,8}$' })),
          identifiers: Type.Optional(
            Type.Array(Type.Object({ system: Type.String({ minLength: 1 }), value: Words }, closed)),
          ),
          status: Type.Optional(oneOf(['active', 'inactive'])),
          ...span,
          memberships: Type.Optional(
            Type.Array(Type.Object({ body: Reference, kind: oneOf(membershipKinds), ...span }, closed)),
          ),
          sites: Type.Optional(
            Type.Array(
              Type.Object(
                {
                  id: Type.Optional(LocalId),
                  name: Words,
                  address: Type.Optional(Type.Array(Words)),
                  postcode: Postcode,
                  point: Type.Optional(Point),
                  ...span,
                },
                closed,
              ),
            ),
          ),
          services: Type.Optional(
            Type.Array(
              Type.Object({ name: Words, kind: Slug, site: Type.Optional(LocalId), ...span }, closed),
            ),
          ),
          contacts: Type.Optional(
            Type.Array(
              Type.Object({ kind: oneOf(['phone', 'email', 'url']), value: Words, ...span }, closed),
            ),
          ),
          roles: Type.Optional(
            Type.Array(
              Type.Object(
                {
                  role: Slug,
                  person: Type.Optional(Words),
                  phone: Type.Optional(Words),
                  email: Type.Optional(Words),
                  ...span,
                },
                closed,
              ),
            ),
          ),
          feed: Type.Optional(Type.Unknown()),
        },
        closed,
      ),
    ),
    events: Type.Optional(
      Type.Array(
        Type.Object(
          {
            kind: oneOf(successionKinds),
            on: Day,
            from: Type.Union([Reference, Type.Array(Reference, { minItems: 1 })]),
            to: Type.Optional(Type.Union([Reference, Type.Array(Reference, { minItems: 1 })])),
            takes: Type.Optional(
              Type.Union([Type.Array(Reference), Type.Record(Type.String(), Type.Array(Reference))]),
            ),
            name: Type.Optional(Words),
          },
          closed,
        ),
      ),
    ),
  },
  closed,
);

export type GeographyFile = Static<typeof GeographyFile>;
export type OrganisationsFile = Static<typeof OrganisationsFile>;

const geography = once(() => Compile(GeographyFile));
const organisations = once(() => Compile(OrganisationsFile));

/** Checks what was read from a geography file. Throws a Problem that names the place of the first fault. */
export const asGeography = (value: unknown, name: string): GeographyFile =>
  checked<GeographyFile>(geography(), value, name);

/** The same for a file of organisations. */
export const asOrganisations = (value: unknown, name: string): OrganisationsFile =>
  checked<OrganisationsFile>(organisations(), value, name);

type Checker = {
  Check(value: unknown): boolean;
  Errors(value: unknown): { instancePath: string; message: string }[];
};

function checked<T>(checker: Checker, value: unknown, name: string): T {
  if (!checker.Check(value)) {
    const deepest = checker
      .Errors(value)
      .toSorted((a, b) => b.instancePath.length - a.instancePath.length)[0];
    throw wrong(name, deepest?.instancePath ?? '/', faultText(deepest?.message ?? 'is not as described'));
  }
  checkDays(value, name, '');
  return value as T;
}

const faultText = (message: string): string =>
  message === 'schema is false' ? 'No such member is described.' : `This ${message}.`;

function checkDays(value: unknown, name: string, at: string): void {
  if (Array.isArray(value)) {
    for (const [index, each] of value.entries()) checkDays(each, name, `${at}/${index}`);
  } else if (typeof value === 'object' && value !== null) {
    const { from, to } = value as { from?: unknown; to?: unknown };
    const isSpan = typeof from === 'string' && typeof to === 'string' && isDay(from) && isDay(to);
    if (isSpan && from >= to) throw wrong(name, `${at}/to`, 'The end must come after the start.');
    for (const [key, each] of Object.entries(value)) {
      if (typeof each === 'string' && /^\d{4}-\d\d-\d\d$/.test(each) && !isDay(each))
        throw wrong(name, `${at}/${key}`, 'This is no day of the calendar.');
      if (key !== 'polygon' && key !== 'feed') checkDays(each, name, `${at}/${key}`);
    }
  }
}

/** A refusal of a JSON file, with the path of the fault in it. */
export const wrong = (name: string, path: string, text: string): Problem =>
  new Problem('organisations/file-wrong', 400, text, {
    place: `${name}, ${path}`,
    wayOut: 'Nothing of this file was stored. docs/reference/geography-format.md says how it is written.',
  });
