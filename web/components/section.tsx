import type { ReactNode } from 'react';
import { useViewer } from '../frame/use-viewer.ts';
import { numberWords } from '../words/numbers.ts';
import { NotShown, useIsClosed } from './why-panel.tsx';

/** One part of the summary, with the way to all of it. */
export function Section({
  id,
  title,
  shown,
  total,
  to,
  wide = false,
  of = [],
  children,
}: {
  id: string;
  title: string;
  /** How many are shown here, of how many. */
  shown?: number;
  total?: number;
  to?: string;
  wide?: boolean;
  /** The sorts of information that stand here, as the rules call them. */
  of?: readonly string[];
  children: ReactNode;
}) {
  const isClosed = useIsClosed(of);
  const more = to !== undefined && total !== undefined && shown !== undefined && total > shown;
  return (
    <section className={wide ? 'section section--wide' : 'section'} aria-labelledby={id}>
      <h2 className="nhsuk-heading-m" id={id}>
        {title}
        {total !== undefined && total > 0 && <span className="count"> ({numberWords(total)})</span>}
      </h2>
      {!isClosed && children}
      <NotShown of={of} />
      {to !== undefined && !isClosed && (
        <p className="section__more">
          <a href={to}>
            {more ? `Show all ${numberWords(total)}` : 'Open'}
            <span className="nhsuk-u-visually-hidden"> {title.toLowerCase()}</span>
          </a>
        </p>
      )}
    </section>
  );
}

/** Says that nobody recorded something, which is not the same as there being nothing. Whoever signed in may see only some of it. */
export function NothingRecorded({ what }: { what: string }) {
  const isPart = useViewer().state === 'signed-in';
  return (
    <p className="nothing">
      No {what} recorded {isPart ? 'that you may see' : 'by any source'}. That does not mean there are none.
    </p>
  );
}
