import { Card } from '../../components/card.tsx';
import { DemonstrationNote } from '../../components/demonstration-note.tsx';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { GlassForm } from '../../components/glass-form.tsx';
import { MendForm } from '../../components/mend-form.tsx';
import { Pager } from '../../components/pager.tsx';
import { SearchForm } from '../../components/search-form.tsx';
import { Table } from '../../components/table.tsx';
import { Part } from './part.tsx';
import { personId } from './samples.ts';

const misfits = [{ field: 'born' as const, text: 'Write the date of birth as day, month and year' }];

/** The parts that all pages are made of. Nothing on this page is sent anywhere. */
export function FrameParts() {
  return (
    <>
      <Part name="Search form" says="Finds a person. A field that cannot be read says how to write it.">
        <ErrorSummary misfits={misfits} />
        <SearchForm fields={{ name: 'Ada', born: 'never', nhsNumber: '' }} misfits={misfits} />
      </Part>
      <Part name="Cards" says="What waits for somebody, and what does not.">
        <ul className="cards">
          <Card title="Doubtful matches" isCalm={false} way={{ to: '#maincontent', text: 'Decide' }}>
            <p>12 records may belong to somebody we know.</p>
          </Card>
          <Card title="What could not be stored" isCalm way={{ to: '#maincontent', text: 'See' }}>
            <p>Everything that came was stored.</p>
          </Card>
        </ul>
      </Part>
      <Part name="Table" says="On a narrow screen each row becomes a card.">
        <Table
          caption="People by place"
          rows={[
            { name: 'North Example', people: '6,650' },
            { name: 'South Example', people: '18,750' },
          ]}
          rowKey={({ name }) => name}
          columns={[
            { heading: 'Place', cell: ({ name }) => name },
            { heading: 'People', numeric: true, cell: ({ people }) => people },
          ]}
        />
      </Part>
      <Part name="Pages of a list" says="Which part of a long list this is.">
        <Pager total={250} page={2} />
      </Part>
      <Part name="Notes of a demonstration" says="Ready, being made, and failed half way.">
        <DemonstrationNote demonstration={{ state: 'ready', people: 5000, step: '', share: 1 }} />
        <DemonstrationNote
          demonstration={{ state: 'making', people: 5000, step: 'Loading records', share: 0.4 }}
        />
      </Part>
      <Part name="Break the glass" says="On a refused page, where a reason opens the record.">
        <GlassForm personId={personId} to="/design" misfit="Say in a few words why you need it" />
      </Part>
      <Part name="Mend" says="Something held back: mended and tried again, or given up.">
        <MendForm what="message" hint="One segment on each line" text="MSH|^~\&|…" rows={3} />
      </Part>
    </>
  );
}
