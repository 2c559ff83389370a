import { LineChart } from '../../charts/line-chart.tsx';
import { CountBars } from '../../charts/count-bars.tsx';
import { HourBars } from '../../charts/hour-bars.tsx';
import { linesOf } from '../../charts/trend.ts';
import { Alerts } from '../../components/alerts.tsx';
import { EntryTable } from '../../components/entries.tsx';
import { beganWords, GroupTable } from '../../components/groups.tsx';
import { ResultMark } from '../../components/mark.tsx';
import { PatientBanner } from '../../components/patient-banner.tsx';
import { RecordNav } from '../../components/record-nav.tsx';
import { ResultTable } from '../../components/result-rows.tsx';
import { NothingRecorded, Section } from '../../components/section.tsx';
import { Part } from './part.tsx';
import { alerts, banner, entries, groups, marked, personId, protectedBanner, results } from './samples.ts';

const today = '2026-03-02T09:00:00Z';

/** The parts that records of a person are made of. */
export function RecordParts() {
  return (
    <>
      <Part
        name="Patient banner"
        says="Whose record this is. Sources that differ stand in a list that opens."
      >
        <PatientBanner banner={banner} today={today} personId={personId} />
      </Part>
      <Part
        name="Patient banner, protected"
        says="Somebody who has died, and whose whereabouts are protected."
      >
        <div aria-hidden="true" inert>
          <PatientBanner banner={protectedBanner} today={today} personId={personId} />
        </div>
      </Part>
      <Part name="Ways through a record" says="The same on each page of it.">
        <RecordNav personId={personId} />
      </Part>
      <Part name="Alerts" says="What everybody who meets the person should know first.">
        <Alerts alerts={alerts} personId={personId} />
      </Part>
      <Part name="Entries" says="Dated entries with who said them: contradicted, and not done.">
        <EntryTable caption="Entries" entries={entries} personId={personId} />
      </Part>
      <Part name="Groups" says="What a person has, with each of its times.">
        <GroupTable
          caption="Problems"
          groups={groups}
          personId={personId}
          since={{ heading: 'Since', of: beganWords }}
        />
      </Part>
      <Part name="Results" says="The latest of each test with its trend.">
        <ResultTable caption="Results" series={[results]} personId={personId} />
      </Part>
      <Part name="Result marks" says="Word, shape and colour together.">
        <p>
          {marked.map(({ measure }, index) => (
            <span key={index}>
              <ResultMark measure={measure} />{' '}
            </span>
          ))}
        </p>
      </Part>
      <Part name="Line chart" says="The values of one test. A table with the same values stands beside it.">
        <LineChart lines={linesOf(results.entries.items)} label="HbA1c rose from 47 to 61 mmol/mol" />
      </Part>
      <Part name="Count bars" says="Counts by name, with their numbers.">
        <CountBars
          label="Feeds by state"
          counts={[
            { name: 'Arriving', count: 1200, tone: 0 },
            { name: 'Silent', count: 300, tone: 2 },
          ]}
        />
      </Part>
      <Part name="Hour bars" says="A picture beside words that say the same.">
        <HourBars hours={[0, 2, 5, 9, 12, 7, 3, 1]} />
      </Part>
      <Part
        name="Section"
        says="One part of a summary, with the way to all of it; and one of which nobody said anything."
      >
        <Section id="sample-section" title="Vaccinations" shown={2} total={12} to="#sample-section">
          <NothingRecorded what="vaccinations are" />
        </Section>
      </Part>
    </>
  );
}
