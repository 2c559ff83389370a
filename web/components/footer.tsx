import type { Viewer } from '../frame/viewer.ts';
import { whoWords } from '../frame/viewer.ts';
import { dateTimeWords } from '../words/dates.ts';

/** The band at the bottom of every page; on paper, who printed it and when. */
export function Footer({ viewer, now }: { viewer: Viewer; now: number }) {
  const printed = dateTimeWords(new Date(now).toISOString());
  return (
    <>
      <footer className="nhsuk-footer" role="contentinfo">
        <div className="nhsuk-width-container">
          <p className="nhsuk-body-s">
            OpenICS is open-source software (Apache-2.0). It is not an NHS service.{' '}
            {viewer.state === 'machine' &&
              'Sign-in is not switched on, so it serves only the machine it runs on. '}
            <a href="/about">About OpenICS</a> · <a href="/keys">Keys</a>
            {viewer.state === 'signed-in' && viewer.role !== null && (
              <>
                {' '}
                · <a href="/policy">Who may see what</a>
              </>
            )}
          </p>
        </div>
      </footer>
      <p className="on-paper">
        {viewer.state === 'signed-in' ? `Printed by ${whoWords(viewer)}, ${printed}.` : `Printed ${printed}.`}{' '}
        Keep it safe, and destroy it when it is no longer needed.
      </p>
    </>
  );
}
