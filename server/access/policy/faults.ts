import { isDay } from '../../organisations/index.ts';
import { standardTests } from '../decide/tests/index.ts';
import { blankNames } from '../decide/explain.ts';
import type { Policy } from './schema.ts';

export type Fault = { place: string; says: string };

/** What is wrong with a policy beyond its form: names that mean nothing, things said twice, days that do not exist. */
export function faultsOf(policy: Policy): Fault[] {
  const tests = new Set(Object.keys(standardTests));
  const branches = new Set(policy.branches.map(({ id }) => id));
  const needs = new Set(policy.needs.map(({ id }) => id));
  const profiles = new Set(policy.profiles.map(({ profile }) => profile));
  return [
    ...unknown('branches', policy.branches, needs, (each) => each.needs),
    ...unknown('needs', policy.needs, tests, (each) => [each.test]),
    ...unknown('refusals', policy.refusals, tests, (each) => [...each.when, ...each.unless]),
    ...unknown('refusals', policy.refusals, branches, (each) => each.branches),
    ...unknown('duties', policy.duties, tests, (each) => [...each.when, ...each.unless]),
    ...unknown('duties', policy.duties, branches, (each) => each.branches),
    ...unknown('relationships', policy.relationships, branches, (each) => each.branches),
    ...unknown('labels', policy.labels, profiles, (each) => each.readers),
    ...unknown('parts', policy.parts, profiles, ({ see, change }) => [...(see ?? []), ...(change ?? [])]),
    ...twice('parts', policy.parts, ({ part }) => [part]),
    ...twice('branches', policy.branches, ({ id }) => [id]),
    ...twice('branches', policy.branches, ({ asked, purposes }) =>
      asked.flatMap((who) => purposes.map((purpose) => `${who} ${purpose}`)),
    ),
    ...twice('rules', [...policy.needs, ...policy.refusals], ({ id }) => [id]),
    ...twice('duties', policy.duties, ({ id }) => [id]),
    ...twice('profiles', policy.profiles, ({ profile }) => [profile]),
    ...twice('roles', policy.profiles, ({ roles }) => roles.map(({ code }) => code)),
    ...twice('labels', policy.labels, ({ label }) => [label]),
    ...twice('relationships', policy.relationships, ({ kind }) => [kind]),
    ...twice('minimumViews', policy.minimumViews, ({ organisations }) => organisations),
    ...blanks(policy),
    ...days(policy),
  ];
}

function unknown<Each>(
  place: string,
  list: readonly Each[],
  known: ReadonlySet<string>,
  namesOf: (each: Each) => readonly string[],
): Fault[] {
  return list.flatMap((each, index) =>
    namesOf(each)
      .filter((name) => !known.has(name))
      .map((name) => ({ place: `/${place}/${index}`, says: `names “${name}”, which is not there` })),
  );
}

function twice<Each>(
  place: string,
  list: readonly Each[],
  namesOf: (each: Each) => readonly string[],
): Fault[] {
  const seen = new Set<string>();
  return list.flatMap((each, index) =>
    namesOf(each).flatMap((name) => {
      if (!seen.has(name)) {
        seen.add(name);
        return [];
      }
      return [{ place: `/${place}/${index}`, says: `says “${name}” a second time` }];
    }),
  );
}

/** Words with a blank that nobody fills. */
function blanks({ branches, needs, refusals }: Policy): Fault[] {
  return [...branches, ...needs, ...refusals].flatMap((rule) =>
    [...`${rule.says} ${'wayOut' in rule ? rule.wayOut : ''}`.matchAll(/\{([^}]*)\}/g)]
      .filter(([, name]) => !blankNames.has(name!))
      .map(([, name]) => ({ place: `/${rule.id}`, says: `has a blank {${name}} that nothing fills` })),
  );
}

function days({ from, needs, refusals }: Policy): Fault[] {
  return [{ id: 'from', from }, ...needs, ...refusals].flatMap((rule) =>
    [rule.from, 'to' in rule ? rule.to : undefined]
      .filter((day) => day !== undefined && !isDay(day))
      .map(() => ({ place: `/${rule.id}`, says: 'has a day that is not in the calendar' })),
  );
}
