import type { Demonstration, Overview } from '../../api/record.ts';
import { DemonstrationNote } from '../../components/demonstration-note.tsx';
import { Page } from '../../components/page.tsx';
import { SearchForm } from '../../components/search-form.tsx';
import { Table } from '../../components/table.tsx';
import { dateTimeWords } from '../../words/dates.ts';
import { countWords, numberWords } from '../../words/numbers.ts';
import { typeWords } from '../../words/record.ts';

/** The first page where sign-in is not switched on: the search, and what the record holds. */
export function StartPage({ overview, demonstration }: { overview: Overview; demonstration: Demonstration }) {
  const { people, resources, sources } = overview;
  const types = Object.entries(resources).sort(([, a], [, b]) => b - a);
  const entries = types.reduce((sum, [, count]) => sum + count, 0);
  const last = sources
    .map((source) => source.lastReceived)
    .sort()
    .at(-1);
  return (
    <Page>
      <h1 className="nhsuk-heading-l">Find a person and see their whole record</h1>
      <p className="nhsuk-lede-text">
        One joined record of one population: what every organisation knows about a person, in one place.
      </p>
      <DemonstrationNote demonstration={demonstration} />
      {entries > 0 ? <SearchForm /> : demonstration.state === 'none' && <Empty />}
      <div className="tiles">
        <Tile number={numberWords(people)} words={people === 1 ? 'person' : 'people'} />
        <Tile number={numberWords(entries)} words={entries === 1 ? 'entry' : 'entries in the record'} />
        <Tile number={numberWords(sources.length)} words={sources.length === 1 ? 'way in' : 'ways in'} />
        <Tile number={last === undefined ? 'Nothing yet' : dateTimeWords(last)} words="last fed" small />
      </div>
      {sources.length > 0 && (
        <details className="nhsuk-details">
          <summary className="nhsuk-details__summary">
            <span className="nhsuk-details__summary-text">What the record holds, and who sent it</span>
          </summary>
          <div className="nhsuk-details__text">
            <Table
              caption="Who sent it"
              rows={sources}
              rowKey={({ source, channel }) => `${source} ${channel}`}
              columns={[
                { heading: 'Sent by', cell: (row) => row.source },
                { heading: 'Through', cell: (row) => row.channel },
                { heading: 'Last', cell: (row) => dateTimeWords(row.lastReceived) },
              ]}
            />
            <Table
              caption={`${countWords(types.length, 'sort')} of entry`}
              rows={types}
              rowKey={([type]) => type}
              columns={[
                { heading: 'Sort', cell: ([type]) => typeWords(type) },
                { heading: 'How many', numeric: true, cell: ([, count]) => numberWords(count) },
              ]}
            />
          </div>
        </details>
      )}
    </Page>
  );
}

function Tile({ number, words, small = false }: { number: string; words: string; small?: boolean }) {
  return (
    <p className="tile">
      <span className={small ? 'tile__number tile__number--small' : 'tile__number'}>{number}</span>{' '}
      <span>{words}</span>
    </p>
  );
}

function Empty() {
  return (
    <div className="nhsuk-inset-text">
      <p>The record is empty, so there is nobody to find yet.</p>
      <p>
        Bring records in with <code>./openics import FOLDER</code>, then load this page again.
      </p>
    </div>
  );
}
