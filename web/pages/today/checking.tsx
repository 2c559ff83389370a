import { Card } from '../../components/card.tsx';
import { dateWords } from '../../words/dates.ts';
import { countWords } from '../../words/numbers.ts';
import type { Checking } from './load.ts';

/** What waits for who checks on accesses: each with how much there is, by when, and the way to it. */
export function CheckingCards({ checking }: { checking: Checking }) {
  const { glasses, odd, day, questions, corrections, copies } = checking;
  const asked = [
    {
      title: 'Questions',
      asked: questions,
      way: { to: '/privacy/questions', text: 'Answer them' },
      one: 'question',
      many: 'questions',
      why: 'for an answer',
    },
    {
      title: 'Corrections',
      asked: corrections,
      way: { to: '/rights/corrections', text: 'See those you may answer' },
      one: 'correction',
      many: 'corrections',
      why: 'for who wrote the entry',
    },
    {
      title: 'Copies',
      asked: copies,
      way: { to: '/rights/copies', text: 'Check them' },
      one: 'copy',
      many: 'copies',
      why: 'to be checked',
    },
  ];
  return (
    <>
      <Card title="Broken glasses" isCalm={glasses === 0} way={{ to: '/privacy/glass', text: 'Review them' }}>
        <p>{waits(glasses, 'broken glass', 'broken glasses', 'for a review')}</p>
      </Card>
      <Card
        title="Odd accesses"
        isCalm={odd === 0}
        way={{ to: `/privacy/odd?from=${day}&to=${day}`, text: 'Look at those of today' }}
      >
        <p>
          {odd === null
            ? 'Too many accesses were made today to look through them here.'
            : odd === 0
              ? 'Nothing odd today that nobody has looked at.'
              : `${countWords(odd, 'case')} of today ${odd === 1 ? 'has' : 'have'} no note yet.`}
        </p>
      </Card>
      {asked.map(({ title, asked: { waiting, due }, way, one, many, why }) => (
        <Card key={title} title={title} isCalm={waiting === 0} way={way}>
          <p>
            {waits(waiting, one, many, why)}
            {due !== null && ` The first is due by ${dateWords(due)}.`}
          </p>
        </Card>
      ))}
    </>
  );
}

const waits = (count: number, one: string, many: string, why: string): string =>
  count === 0
    ? `No ${one} waits ${why}.`
    : `${countWords(count, one, many)} ${count === 1 ? 'waits' : 'wait'} ${why}.`;
