import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Claim } from '../types.ts';
import { hear, type News, type State } from './state.ts';
import { stateOfText, textOfState } from './text.ts';

const claim = fc.record({
  at: fc.integer({ min: 1, max: 6 }),
  weight: fc.constantFrom<0 | 1>(0, 1),
  elements: fc.dictionary(fc.constantFrom('name', 'gender', 'address'), fc.constantFrom('a', 'b', null), {
    minKeys: 1,
  }),
  move: fc.option(fc.constant({ kind: 'to', location: 'AMU' } as const), { nil: undefined, freq: 9 }),
});

const claimOf = (said: object): Claim =>
  ({ type: 'Patient', id: 'p', whole: false, place: { segment: 'PID' }, ...said }) as Claim;

const plain = ({ isInFull: _isInFull, ...state }: State): object => state;

test('keeping only what is new gives the same state as keeping everything, whatever is heard', () => {
  fc.assert(
    fc.property(fc.array(claim, { minLength: 1, maxLength: 8 }), (claims) => {
      let whole: State | undefined;
      let kept: { at: number; text: string } | undefined;
      for (const said of claims.map(claimOf)) {
        const before: State | undefined = kept === undefined ? undefined : stateOfText(kept.at, kept.text);
        const { state, news } = hear(before, said);
        if (news === 'times') kept = { at: state.at, text: kept!.text };
        else if (news === 'more') kept = { at: state.at, text: textOfState(state) };
        whole = hear(whole, said).state;
        assert.deepEqual(plain(stateOfText(kept!.at, kept!.text)), plain(whole));
      }
    }),
    { numRuns: 2_000 },
  );
});

const said = (at: number, elements: Claim['elements'], weight: 0 | 1 = 1): Claim =>
  claimOf({ at, weight, elements });

const newsOf = (state: State, next: Claim): News => hear(state, next).news;

test('the same said again later is news of times alone; a weaker mention is no news', () => {
  const first = hear(undefined, said(1, { name: 'a', gender: 'b' })).state;
  assert.equal(newsOf(first, said(2, { name: 'a', gender: 'b' })), 'times');
  assert.equal(newsOf(first, said(2, { name: 'a' })), 'more');
  assert.equal(newsOf(first, said(2, { name: 'c', gender: 'b' })), 'more');
  assert.equal(newsOf(first, said(2, { name: 'c' }, 0)), 'nothing');
  assert.equal(newsOf(first, said(0, { name: 'c' })), 'nothing');
});

test('a state that an older program wrote in full is read, and written anew before times alone are kept', () => {
  const old = stateOfText(1, JSON.stringify({ elements: { name: [1, 1, 'a'] } }));
  assert.deepEqual(plain(old), { at: 1, elements: { name: [1, 1, 'a'] } });
  const next = hear(old, said(2, { name: 'a' }));
  assert.equal(next.news, 'more');
  assert.equal(newsOf(stateOfText(2, textOfState(next.state)), said(3, { name: 'a' })), 'times');
});
