import { Type, type Static } from 'typebox';
import { Clock, Day, Id, RulePack } from '../packs/index.ts';

const closed = { additionalProperties: false } as const;
const oneOf = <const T extends string[]>(...values: T) => Type.Enum(values);
const Words = Type.String({ minLength: 1, maxLength: 300 });
const Points = Type.Number({ minimum: 0, maximum: 1_000_000 });
const Minutes = Type.Integer({ minimum: 0, maximum: 1_000_000 });
const Count = Type.Integer({ minimum: 0, maximum: 100_000 });
const ShiftMinutes = Type.Integer({ minimum: 0, maximum: 1440 });

export const weekdayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const Shift = Type.Object(
  {
    id: Id,
    name: Words,
    start: Clock,
    end: Clock,
    breakMinutes: ShiftMinutes,
    unpaidMinutes: Type.Optional(ShiftMinutes),
    needs: Type.Optional(Type.Array(Id)),
  },
  closed,
);

const Tier = Type.Object(
  {
    id: Id,
    kind: oneOf('own', 'bank', 'agency'),
    paid: oneOf('by-contract', 'by-hour'),
    pencePerHour: Count,
  },
  closed,
);

const Contract = Type.Object(
  {
    id: Id,
    weeklyMinutes: Minutes,
    packs: Type.Array(Id),
    hours: Type.Optional(
      Type.Object(
        {
          underMinutes: Minutes,
          overMinutes: Minutes,
          weight: Points,
          mostOverMinutes: Type.Optional(Minutes),
        },
        closed,
      ),
    ),
  },
  closed,
);

const Worked = Type.Union([
  Type.Object({ date: Day, shift: Id }, closed),
  Type.Object(
    {
      date: Day,
      start: Clock,
      end: Clock,
      breakMinutes: ShiftMinutes,
      unpaidMinutes: Type.Optional(ShiftMinutes),
    },
    closed,
  ),
]);

const Person = Type.Object(
  {
    id: Id,
    contract: Id,
    tier: Id,
    band: Type.Optional(Type.Integer({ minimum: 1, maximum: 9 })),
    pencePerHour: Type.Optional(Count),
    born: Type.Optional(Day),
    nightWorker: Type.Optional(Type.Boolean()),
    specialHazards: Type.Optional(Type.Boolean()),
    optOut: Type.Optional(Type.Object({ from: Day, to: Type.Optional(Day) }, closed)),
    competences: Type.Optional(Type.Array(Type.Object({ id: Id, to: Type.Optional(Day) }, closed))),
    onlyShifts: Type.Optional(Type.Array(Id, { minItems: 1 })),
    leave: Type.Optional(Type.Array(Type.Object({ from: Day, to: Day, minutesADay: ShiftMinutes }, closed))),
    offers: Type.Optional(
      Type.Array(Type.Object({ date: Day, shifts: Type.Optional(Type.Array(Id, { minItems: 1 })) }, closed)),
    ),
    requests: Type.Optional(
      Type.Array(
        Type.Object(
          { date: Day, want: oneOf('off', 'on'), shift: Type.Optional(Id), weight: Points },
          closed,
        ),
      ),
    ),
    worked: Type.Optional(Type.Array(Worked)),
    memory: Type.Optional(
      Type.Object({ nights: Count, weekends: Count, holidays: Count, refused: Count }, closed),
    ),
  },
  closed,
);

const Demand = Type.Object(
  {
    id: Id,
    name: Words,
    weekdays: Type.Optional(Type.Array(oneOf(...weekdayNames), { minItems: 1 })),
    dates: Type.Optional(Type.Array(Day, { minItems: 1 })),
    start: Clock,
    end: Clock,
    wanted: Count,
    weight: Points,
    least: Type.Optional(Count),
    leastWeight: Type.Optional(Points),
    overWeight: Type.Optional(Points),
    competence: Type.Optional(Id),
    bands: Type.Optional(Type.Array(Type.Integer({ minimum: 1, maximum: 9 }), { minItems: 1 })),
  },
  closed,
);

const Assignment = Type.Object(
  { person: Id, date: Day, shift: Type.Union([Id, Type.Null()]), status: oneOf('locked', 'published') },
  closed,
);

const Fair = Type.Object({ expected: Count, weight: Points }, closed);

/** The file described in docs/reference/roster-format.md. */
export const RosterFile = Type.Object(
  {
    format: Type.Literal('openics-roster-1'),
    name: Words,
    note: Type.Optional(Type.String()),
    from: Day,
    days: Type.Integer({ minimum: 1, maximum: 366 }),
    publishedOn: Type.Optional(Day),
    pencePerPoint: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    moveWeight: Type.Optional(Points),
    holidays: Type.Optional(Type.Array(Day)),
    rulePacks: Type.Optional(Type.Array(RulePack)),
    competences: Type.Array(Type.Object({ id: Id, name: Words }, closed)),
    shifts: Type.Array(Shift, { minItems: 1, maxItems: 250 }),
    tiers: Type.Array(Tier, { minItems: 1 }),
    contracts: Type.Array(Contract, { minItems: 1 }),
    people: Type.Array(Person, { minItems: 1 }),
    demand: Type.Array(Demand),
    fairness: Type.Optional(
      Type.Object(
        {
          nights: Type.Optional(Fair),
          weekends: Type.Optional(Fair),
          holidays: Type.Optional(Fair),
          refused: Type.Optional(Type.Object({ weight: Points }, closed)),
        },
        closed,
      ),
    ),
    assignments: Type.Optional(Type.Array(Assignment)),
  },
  closed,
);

export type RosterFile = Static<typeof RosterFile>;
export type PersonInFile = RosterFile['people'][number];
export type ShiftInFile = RosterFile['shifts'][number];
export type ContractInFile = RosterFile['contracts'][number];
export type DemandInFile = RosterFile['demand'][number];
export type WorkedInFile = NonNullable<PersonInFile['worked']>[number];
