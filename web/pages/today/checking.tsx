import { Card } from '../../components/card.tsx';
import { dateWords } from '../../words/dates.ts';
import { countWords } from '../../words/numbers.ts';
import type { Checking } from './load.ts';

/** What waits for who checks on accesses: each with how much there is, by when, and the way to it. */
export function CheckingCards({ checking }: { checking: Checking }) {
  const { glasses, odd, day, questions, corrections, copies } = checking;
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
            : `${countWords(odd, 'case')} of today ${odd === 1 ? 'has' : 'have'} no note yet.`}
        </p>
      </Card>
      <Card
        title="Questions"
        isCalm={questions.waiting === 0}
        way={{ to: '/privacy/questions', text: 'Answer them' }}
      >
        <Asked asked={questions} one="question" many="questions" why="for an answer" />
      </Card>
      <Card
        title="Corrections"
        isCalm={corrections.waiting === 0}
        way={{ to: '/rights/corrections', text: 'See those you may answer' }}
      >
        <Asked asked={corrections} one="correction" many="corrections" why="for who wrote the entry" />
      </Card>
      <Card title="Copies" isCalm={copies.waiting === 0} way={{ to: '/rights/copies', text: 'Check them' }}>
        <Asked asked={copies} one="copy" many="copies" why="to be checked" />
      </Card>
    </>
  );
}

function Asked({
  asked: { waiting, due },
  one,
  many,
  why,
}: {
  asked: Checking['questions'];
  one: string;
  many: string;
  why: string;
}) {
  return (
    <p>
      {waits(waiting, one, many, why)}
      {due !== null && ` The first is due by ${dateWords(due)}.`}
    </p>
  );
}

const waits = (count: number, one: string, many: string, why: string): string =>
  count === 0
    ? `No ${one} waits ${why}.`
    : `${countWords(count, one, many)} ${count === 1 ? 'waits' : 'wait'} ${why}.`;
