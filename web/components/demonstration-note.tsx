import type { Demonstration } from '../api/record.ts';
import { numberWords } from '../words/numbers.ts';

/** Says that everybody here is made up, and while they are being loaded how far that is. */
export function DemonstrationNote({ demonstration }: { demonstration: Demonstration }) {
  if (demonstration.state === 'none') return null;
  const people = `${numberWords(demonstration.people)} made-up people`;
  if (demonstration.state === 'ready') {
    return (
      <div className="nhsuk-inset-text">
        <p>
          <strong>This is a demonstration.</strong> It holds {people}. Nobody in it is real.
        </p>
      </div>
    );
  }
  const percent = Math.floor(demonstration.share * 100);
  return (
    <div className="nhsuk-inset-text">
      <p>
        <strong>This is a demonstration with {people}.</strong> Nobody in it is real.
      </p>
      {demonstration.state === 'failed' ? (
        <p>Not everybody could be loaded. Start OpenICS again to go on.</p>
      ) : (
        <p>
          <label htmlFor="demonstration">{demonstration.step}:</label>{' '}
          <progress id="demonstration" max={100} value={percent}>
            {percent}%
          </progress>{' '}
          {percent}%. Load this page again to see more.
        </p>
      )}
    </div>
  );
}
