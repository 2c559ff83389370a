import type { Notice } from '../../api/mine.ts';
import { dateTimeWords } from '../../words/dates.ts';
import { Part } from './parts.tsx';

const mostShown = 3;

/** Tells somebody that their record was opened in an emergency: the newest times, and where the others stand. */
export function Notices({ notices }: { notices: readonly Notice[] }) {
  if (notices.length === 0) return null;
  return (
    <Part id="notices" title="Your record was opened in an emergency">
      <ul>
        {notices.slice(0, mostShown).map(({ at, organisation, reason }) => (
          <li key={at}>
            {dateTimeWords(at)}: somebody at {organisation ?? 'a service we cannot name'} opened it without
            asking you first. They wrote: “{reason}”
          </li>
        ))}
      </ul>
      <p>
        We check every time this is done.{' '}
        {notices.length > mostShown && `It was done ${notices.length} times in all. `}
        <a href="/mine/who-looked">See who looked, and ask about it</a>.
      </p>
    </Part>
  );
}
