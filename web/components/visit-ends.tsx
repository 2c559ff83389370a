import type { SignedIn } from '../frame/viewer.ts';
import { dateTimeWords } from '../words/dates.ts';

/** The dialog that warns before a visit ends. Without script nothing opens it; `VisitEndsPlain` says it in words. */
export function VisitEnds({ viewer }: { viewer: SignedIn }) {
  return (
    <dialog
      className="visit-ends"
      id="visit-ends"
      aria-labelledby="visit-ends-title"
      aria-describedby="visit-ends-left"
      data-warns={secondsUntil(viewer.warnsAt, viewer)}
      data-ends={secondsUntil(viewer.endsAt, viewer)}
      data-longest="You have been signed in for as long as one visit may last. Save what you wrote, then sign in again."
      data-away="The server does not answer. Try again."
    >
      <h2 className="nhsuk-heading-m" id="visit-ends-title">
        You will be signed out soon
      </h2>
      <p id="visit-ends-left">
        To keep records safe, we will sign you out in{' '}
        <strong data-left aria-live="polite">
          2 minutes
        </strong>
        .
      </p>
      <p data-note role="status" />
      <div className="nhsuk-button-group">
        <button className="nhsuk-button" type="button" data-stay>
          Stay signed in
        </button>
        <form method="post" action="/sign-in/out">
          <button className="nhsuk-button nhsuk-button--secondary" type="submit">
            Sign out
          </button>
        </form>
      </div>
    </dialog>
  );
}

/** For readers without script: when the page closes. The page then goes away by itself. */
export function VisitEndsPlain({ viewer }: { viewer: SignedIn }) {
  return (
    <noscript>
      <p className="strip__ends nhsuk-width-container">
        This page closes at {dateTimeWords(viewer.endsAt).split(', ').at(-1)}. Open any page before then to
        stay signed in.
      </p>
    </noscript>
  );
}

/** Takes a page without script away when the visit has ended. */
export function VisitEndsRefresh({ viewer, here }: { viewer: SignedIn; here: string }) {
  const then = `/sign-in/ended?${new URLSearchParams({ to: here })}`;
  return (
    <noscript>
      <meta httpEquiv="refresh" content={`${secondsUntil(viewer.endsAt, viewer)}; url=${then}`} />
    </noscript>
  );
}

const secondsUntil = (moment: string, { now }: SignedIn): number =>
  Math.max(0, Math.round((Date.parse(moment) - Date.parse(now)) / 1000));
