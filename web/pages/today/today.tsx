import type { ReactNode } from 'react';
import { CountBars } from '../../charts/count-bars.tsx';
import { Card } from '../../components/card.tsx';
import { Page } from '../../components/page.tsx';
import { SearchForm } from '../../components/search-form.tsx';
import { dateTimeWords } from '../../words/dates.ts';
import { sentence } from '../../words/identity.ts';
import { countWords, numberWords } from '../../words/numbers.ts';
import { CheckingCards } from './checking.tsx';
import type { Opened, Today } from './load.ts';

/** What needs somebody in this role now: what waits first, then the ways to begin. */
export function TodayPage({ today, note }: { today: Today; note: ReactNode }) {
  const { findsPeople, matches, feeds, heldBack, around, checking, opened } = today;
  return (
    <Page>
      <h1 className="nhsuk-heading-l">{findsPeople ? 'Who do you want to see?' : 'What needs you now?'}</h1>
      {note}
      {findsPeople && <SearchForm />}
      <ul className="cards">
        {opened.map((each) => (
          <GlassOpen key={each.person} opened={each} />
        ))}
        {checking !== undefined && <CheckingCards checking={checking} />}
        {matches !== undefined && <Matches matches={matches} />}
        {feeds !== undefined && <Feeds feeds={feeds} />}
        {heldBack !== undefined && <HeldBack count={heldBack} />}
        {around !== undefined && around.branches.length > 0 && <Around around={around} />}
      </ul>
    </Page>
  );
}

function GlassOpen({ opened: { person, until, reason } }: { opened: Opened }) {
  return (
    <Card
      title={`Glass broken until ${dateTimeWords(until).split(', ').at(-1)}`}
      isCalm={false}
      way={{ to: `/people/${person}`, text: 'Open this record' }}
    >
      <p>You said: {reason}</p>
      <form method="post" action="/break-glass">
        <input type="hidden" name="person" value={person} />
        <button className="nhsuk-button nhsuk-button--secondary" name="do" value="close" type="submit">
          I no longer need it
        </button>
      </form>
    </Card>
  );
}

function Matches({ matches: { waiting, reasons } }: { matches: NonNullable<Today['matches']> }) {
  return (
    <Card
      title="Doubtful matches"
      isCalm={waiting === 0}
      way={{ to: '/identity', text: 'Decide the oldest first' }}
    >
      <p>
        {waiting === 0
          ? 'Nothing waits for a decision.'
          : `${countWords(waiting, 'record')} may belong to somebody we know.`}
      </p>
      {reasons.length > 0 && (
        <CountBars
          label="Doubtful matches by reason"
          counts={reasons
            .slice(0, 3)
            .map(({ reasons: why, cases }) => ({ name: sentence(why.join('; ')), count: cases, tone: 1 }))}
        />
      )}
    </Card>
  );
}

function Feeds({ feeds }: { feeds: NonNullable<Today['feeds']> }) {
  const silent = feeds.filter(({ state }) => state !== 'arriving').length;
  const waiting = feeds.reduce((sum, feed) => sum + feed.waiting, 0);
  return (
    <Card title="Feeds" isCalm={silent === 0 && waiting === 0} way={{ to: '/feeds', text: 'See every feed' }}>
      <p>
        {feeds.length === 0
          ? 'No feed was set up yet.'
          : silent === 0
            ? `All ${countWords(feeds.length, 'feed')} came when expected.`
            : `${numberWords(silent)} of ${countWords(feeds.length, 'feed')} ${silent === 1 ? 'is' : 'are'} silent longer than expected.`}
      </p>
      <CountBars
        label="Feeds and messages"
        counts={[
          { name: 'Arriving', count: feeds.length - silent, tone: 0 },
          { name: 'Silent', count: silent, tone: 2 },
          { name: 'Messages waiting', count: waiting, tone: 3 },
        ]}
      />
    </Card>
  );
}

function HeldBack({ count }: { count: number }) {
  return (
    <Card
      title="What could not be stored"
      isCalm={count === 0}
      way={{ to: '/imports/quarantine', text: 'See and mend' }}
    >
      <p>
        {count === 0
          ? 'Everything that came was stored.'
          : `${countWords(count, 'entry', 'entries')} ${count === 1 ? 'waits' : 'wait'} to be mended or sent again.`}
      </p>
    </Card>
  );
}

function Around({ around: { name, branches } }: { around: NonNullable<Today['around']> }) {
  const counted = branches.filter(({ people }) => people !== null);
  return (
    <Card title={name} isCalm way={{ to: '/system', text: 'See how it is organised' }}>
      <p>{countWords(branches.length, 'part')}, by how many people live there.</p>
      <CountBars
        label={`People in the parts of ${name}`}
        counts={counted.map((branch) => ({ name: branch.name, count: branch.people ?? 0, tone: 0 }))}
      />
    </Card>
  );
}
