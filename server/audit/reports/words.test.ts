import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actsInWords, inWords } from './words.ts';

const event = {
  id: '0198a000-0000-7000-8000-000000000001',
  at: '2026-07-02T09:05:00.000Z',
  kind: 'read',
  outcome: 'permitted',
  user: 'nurse-1',
  organisation: 'RX1',
  purpose: 'TREAT',
  resource: 'Observation',
};
const nameOf = (code: string) => (code === 'RX1' ? 'Holm Hospital' : undefined);

test('an access is told in plain words: when, who, what and why', () => {
  assert.deepEqual(inWords(event, { userName: 'Nur Ali' }, nameOf), {
    when: 'Thursday 2 July 2026 at 10:05',
    who: 'Nur Ali, Holm Hospital',
    what: 'looked at your test results and measurements',
    why: 'To care for you.',
  });
});

test('breaking the glass is told with the reason that was written', () => {
  const words = inWords(
    { ...event, kind: 'break-glass', purpose: 'BTG', resource: 'Patient' },
    { reason: 'found unconscious' },
    nameOf,
  );
  assert.equal(words.what, 'opened your name, address and other details in an emergency');
  assert.match(words.why, /^In an emergency.* They wrote: found unconscious$/);
});

test('a refused access is told as an attempt, and what is not known is not made up', () => {
  const words = inWords(
    { ...event, outcome: 'refused', organisation: 'ZZ9', purpose: 'X', resource: 'X' },
    undefined,
    nameOf,
  );
  assert.deepEqual(words, {
    when: 'Thursday 2 July 2026 at 10:05',
    who: 'user nurse-1, ZZ9',
    what: 'tried to look at your record, but was refused',
    why: 'The reason was not given.',
  });
});

const told = (kind: string, resource: string, rule: string) =>
  inWords({ ...event, kind, resource, rule, purpose: 'HCOMPL' }, undefined, nameOf);

test('what somebody did who checks on accesses is told as that', () => {
  assert.partialDeepStrictEqual(told('search', 'Glass', 'oversight'), {
    what: 'checked why your record was opened in an emergency',
    why: 'To check that your record is used in the right way.',
  });
  assert.equal(told('search', 'WhoCouldSee', 'oversight').what, 'checked who could see your record');
  assert.match(told('decision', 'Glass', 'reviewed-justified').what, /^checked why .* found it right$/);
  assert.match(told('decision', 'Notice', 'delay-notice').what, /^decided to tell you later/);
  assert.equal(told('operate', 'Glass', 'closed-early').what, 'closed your record again after an emergency');
  assert.equal(
    told('search', 'Patient', 'care').what,
    'found you in a search of your name, address and other details',
  );
});

test('what a partner’s system sent, and what somebody loaded, is told as that', () => {
  const { purpose: _none, ...sent } = { ...event, kind: 'create', user: 'feed:0198a000', rule: 'stored' };
  assert.partialDeepStrictEqual(
    inWords({ ...sent, resource: 'Encounter' }, { userName: 'Ward system' }, nameOf),
    {
      who: 'A computer system, Ward system, Holm Hospital',
      what: 'sent news for your visits',
      why: 'To keep your record up to date.',
    },
  );
  const loaded = { ...event, kind: 'create', user: 'account:jo', resource: 'record', rule: 'loaded' };
  assert.partialDeepStrictEqual(inWords({ ...loaded, purpose: 'HOPERAT' }, undefined, nameOf), {
    who: 'Somebody who runs this system, Holm Hospital',
    what: 'loaded a file with news for your record',
    why: 'To run the service.',
  });
});

const access = (kind: string, resource: string, outcome = 'permitted') => ({
  ...event,
  kind,
  resource,
  outcome,
});

test('several accesses are told act by act, with all that each was about', () => {
  assert.deepEqual(
    actsInWords([
      access('read', 'Consent'),
      access('update', 'Consent'),
      access('read', 'Flag'),
      access('read', 'Consent'),
      access('read', 'Condition', 'refused'),
      access('update', 'Condition', 'failed'),
    ]),
    [
      'looked at your choices; what help you need',
      'changed your choices',
      'tried to look at your health conditions, but was refused',
      'tried to change your health conditions, but it did not work',
    ],
  );
});
