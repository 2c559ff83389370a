import type { Queryable } from '../../platform/db/index.ts';

/** On how many days a user was at work in each hour of the day, of the days looked at. */
export type Worked = { days: number; hours: ReadonlyMap<number, number> };

const lookBackDays = 56;
/** Fewer days than this say nothing of somebody’s usual hours. */
const enoughDays = 10;

const ukHour = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hour: '2-digit',
  hourCycle: 'h23',
});

/** The hours in which users were at work in the eight weeks before, by the log itself. Who is rostered is not known here. */
export async function daysWorked(
  db: Queryable,
  users: readonly string[],
  now: Date,
): Promise<Map<string, Worked>> {
  const rows = await db.query<{ user: string; hour: number; days: number; all: number }>(
    `select user_id as user, hour, count(*)::int as days, max(of_user)::int as "all"
     from (
       select user_id, day, hour, dense_rank() over (partition by user_id order by day)
         + dense_rank() over (partition by user_id order by day desc) - 1 as of_user
       from (
         select distinct user_id, (at at time zone 'Europe/London')::date as day,
           extract(hour from at at time zone 'Europe/London')::int as hour
         from audit.event
         where user_id = any($1)
           and at >= $2
       ) d
     ) n
     group by user_id, hour`,
    [users, new Date(now.getTime() - lookBackDays * 86_400_000)],
  );
  const byUser = Map.groupBy(rows, ({ user }) => user);
  return new Map(
    [...byUser].map(([user, of]) => [
      user,
      { days: of[0]!.all, hours: new Map(of.map(({ hour, days }) => [hour, days])) },
    ]),
  );
}

/**
 * Whether a user is hardly ever at work at this hour or one beside it: on one day in twenty at most. Undefined where too few days are
 * known.
 */
export function isUnusual(worked: Worked | undefined, at: Date): boolean | undefined {
  if (worked === undefined || worked.days < enoughDays) return undefined;
  const hour = Number(ukHour.format(at));
  const near = [hour + 23, hour, hour + 1].map((each) => worked.hours.get(each % 24) ?? 0);
  return Math.max(...near) <= Math.max(1, worked.days / 20);
}
