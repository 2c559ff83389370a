import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decide } from '../decide/decide.ts';
import { compile } from '../policy/compile.ts';
import { shippedPolicy } from '../policy/read.ts';
import type { CompiledPolicy } from '../compiled.ts';
import { agreements } from '../scenarios/parties.fixture.ts';
import { casesOf, type Case } from './cases.fixture.ts';
import { gridOf } from './grid.fixture.ts';
import { mutantsOf } from './mutants.fixture.ts';
import { answer } from './oracle.fixture.ts';

const requests = 25_000;

/** What a decision says, as one text to compare by. */
const textOf = (
  effect: string,
  silent: boolean,
  rules: readonly string[],
  duties: readonly string[],
): string => `${effect} ${silent} ${rules.toSorted().join()} ${duties.toSorted().join()}`;

const decided = ({ subject, action, item, context }: Case, policy: CompiledPolicy): string => {
  const { effect, silent, reasons, obligations } = decide(subject, action, item, context, policy);
  return textOf(
    effect,
    silent,
    reasons.map(({ rule }) => rule),
    obligations,
  );
};

/** Cases by the words that slips are named with, so that a slip is tried first where it matters. */
function indexed(cases: readonly Case[], expected: readonly string[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  const profiles = new Map(
    shippedPolicy().profiles.flatMap(({ profile, roles }) =>
      roles.map(({ code }) => [code, profile] as const),
    ),
  );
  for (const [index, { subject, item, context }] of cases.entries()) {
    const words = new Set([
      ...expected[index]!.split(/[ ,]/),
      context.purpose,
      subject.kind === 'resident' ? 'residents' : profiles.get(subject.post.role),
      ...item.labels,
      ...(item.about?.relationships.map(({ kind }) => kind) ?? []),
      ...(item.about?.proxies.map(({ kind }) => kind) ?? []),
    ]);
    for (const word of words) {
      if (word === undefined) continue;
      const known = found.get(word);
      if (known === undefined) found.set(word, [index]);
      else if (known.length < 3000) known.push(index);
    }
  }
  return found;
}

test('every slip in the policy or in what its rules ask is caught by the second way to decide', () => {
  const policy = shippedPolicy();
  const cases = [...gridOf(), ...casesOf(requests, 4)];
  const expected = cases.map((each) => {
    const { effect, silent, rules, obligations } = answer({ ...each, policy, agreements });
    return textOf(effect, silent, rules, obligations);
  });
  const mutants = mutantsOf(policy, agreements);
  assert.ok(mutants.length > 700, `only ${mutants.length} slips were tried`);
  const byWord = indexed(cases, expected);
  const alive = mutants.filter((mutant) => {
    const compiled = compile(mutant.policy, mutant.agreements, mutant.tests);
    const catches = (index: number): boolean => decided(cases[index]!, compiled) !== expected[index];
    const likely = mutant.name.split(/[^a-z0-9-]+/i).flatMap((word) => byWord.get(word) ?? []);
    return !likely.some(catches) && !cases.some((_, index) => catches(index));
  });
  assert.deepEqual(
    alive.map(({ name }) => name),
    [],
  );
});
