import type { ReactNode } from 'react';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { Page } from '../../components/page.tsx';
import { nothingTyped, type Misfit, type Typed } from './pair.ts';
import { PairForm } from './pair-form.tsx';

/** What became of a pair that led to nobody. */
export type NotFound =
  | { state: 'unclear'; typed: Typed; misfits: Misfit[] }
  | { state: 'nobody'; typed: Typed; title: string; wayOut: string | undefined };

/** Asks for one person by NHS number and date of birth, and says why the last try led to nobody. */
export function PairPage({
  action,
  title,
  lead,
  answer,
  nav,
  children,
}: {
  action: string;
  title: string;
  lead: string;
  answer: NotFound | undefined;
  nav?: ReactNode;
  children: ReactNode;
}) {
  const misfits = answer?.state === 'unclear' ? answer.misfits : [];
  return (
    <Page>
      {misfits.length > 0 && <ErrorSummary misfits={misfits} />}
      {nav}
      <h1 className="nhsuk-heading-l">{title}</h1>
      <p>{lead}</p>
      {answer?.state === 'nobody' && (
        <div className="nhsuk-inset-text" role="status">
          <h2 className="nhsuk-heading-s">{answer.title}</h2>
          <p>{answer.wayOut}</p>
        </div>
      )}
      <PairForm action={action} typed={answer?.typed ?? nothingTyped} misfits={misfits} />
      {children}
    </Page>
  );
}
