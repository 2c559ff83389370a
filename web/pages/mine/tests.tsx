import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import type { PlainTest } from '../../api/mine.ts';
import { titled } from '../../components/page.tsx';
import { CountBars } from '../../charts/count-bars.tsx';
import { dateWords } from '../../words/dates.ts';
import { countWords } from '../../words/numbers.ts';
import { measureWords } from '../../words/measures.ts';
import { rangeAdvice, rangeWords } from '../../words/mine.ts';
import { readMine } from './load.ts';
import { Item, Part } from './parts.tsx';

export const meta = titled('My tests');

export async function loader({ context }: LoaderFunctionArgs) {
  return { tests: (await readMine(context)).tests };
}

const ranges = ['above', 'below', 'unusual', 'usual', 'in-words', 'not-said'] as const;
const tones = { above: 2, below: 2, unusual: 2, usual: 1, 'in-words': 0, 'not-said': 0 };

/** Each test with its latest result, what it looks at, and how it compares with what is usual. */
export default function Tests() {
  const { tests } = useLoaderData<typeof loader>();
  return (
    <>
      <h1 className="nhsuk-heading-l">My tests</h1>
      <Part id="all" title={`What your last results say (${countWords(tests.length, 'test')})`}>
        <CountBars
          label="How many tests are in the usual range"
          counts={ranges
            .map((range) => ({
              name: rangeWords[range],
              count: tests.filter((test) => test.range === range).length,
              tone: tones[range],
            }))
            .filter(({ count }) => count > 0)}
        />
        <TestList tests={tests} />
      </Part>
    </>
  );
}

export function TestList({ tests, mine = true }: { tests: PlainTest[]; mine?: boolean }) {
  if (tests.length === 0) return <p className="nothing">Nothing is written down.</p>;
  return (
    <ul className="mine-list">
      {tests.map((test) => (
        <Item key={`${test.title} ${test.of[0]?.id}`} item={test} mine={mine}>
          <p>
            <strong>{measureWords({ text: test.value })}</strong>
            {test.range !== 'in-words' && ` ${rangeWords[test.range]}. ${rangeAdvice[test.range] ?? ''}`}
          </p>
          {test.earlier.length > 0 && (
            <p className="aside">
              Before:{' '}
              {test.earlier
                .map(
                  ({ when, value }) => `${measureWords({ text: value })} (${dateWords(when ?? undefined)})`,
                )
                .join('; ')}
            </p>
          )}
        </Item>
      ))}
    </ul>
  );
}
