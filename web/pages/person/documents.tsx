import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import type { Attachment, Entry } from '../../api/record.ts';
import { Sheet, titled } from '../../components/page.tsx';
import { itemsOf, pageAsked, Pager } from '../../components/pager.tsx';
import { NothingRecorded } from '../../components/section.tsx';
import { Disputes, Sources } from '../../components/sources.tsx';
import { Table } from '../../components/table.tsx';
import { shortDate } from '../../words/dates.ts';
import { numberWords, sizeWords } from '../../words/numbers.ts';
import { readParts } from './load.ts';

export const meta = titled('Documents');

export async function loader(args: LoaderFunctionArgs) {
  const { documents } = await readParts(args, ['documents']);
  const page = pageAsked(args.request, documents.total);
  return {
    documents: itemsOf(documents.items, page),
    total: documents.total,
    page,
    personId: args.params['personId'] as string,
  };
}

export default function Documents() {
  const { documents, total, page, personId } = useLoaderData<typeof loader>();
  return (
    <>
      <h1 className="nhsuk-heading-l">
        Documents {total > 0 && <span className="count">({numberWords(total)})</span>}
      </h1>
      {total === 0 ? (
        <NothingRecorded what="documents are" />
      ) : (
        <Sheet>
          <Table
            caption="Documents, latest first"
            hideCaption
            rows={documents}
            rowKey={(entry, index) => `${index} ${entry.said[0]?.id ?? ''}`}
            columns={[
              { heading: 'Date', cell: (entry) => <span className="date">{shortDate(entry.when)}</span> },
              { heading: 'Document', cell: (entry) => <Document entry={entry} personId={personId} /> },
              { heading: 'Said by', cell: (entry) => <Sources entry={entry} personId={personId} /> },
            ]}
          />
        </Sheet>
      )}
      <Pager total={total} page={page} />
    </>
  );
}

function Document({ entry, personId }: { entry: Entry; personId: string }) {
  const attachments = entry.attachments ?? [];
  const sort = entry.facts['sort'];
  return (
    <>
      <strong className="name">{entry.title}</strong>
      {sort !== undefined && sort !== entry.title && <span className="aside">{sort}</span>}
      {entry.standing === 'past' && entry.kind === 'document' && (
        <strong className="nhsuk-tag nhsuk-tag--grey">Replaced by a newer one</strong>
      )}
      <ul className="attachments">
        {attachments.map((attachment) => (
          <li key={`${attachment.type}/${attachment.id}/${attachment.index}`}>
            <AttachmentLink attachment={attachment} personId={personId} />
          </li>
        ))}
      </ul>
      <Disputes entry={entry} />
    </>
  );
}

function AttachmentLink({ attachment, personId }: { attachment: Attachment; personId: string }) {
  const { type, id, index, title, contentType, sizeBytes, held } = attachment;
  if (held === 'elsewhere') return <>{title}: kept by the source, not sent to us</>;
  if (held === 'nowhere') return <>{title}: no contents were sent</>;
  const about = [contentType, sizeBytes === undefined ? undefined : sizeWords(sizeBytes)].filter(Boolean);
  return (
    <a href={`/people/${personId}/documents/${type}/${id}/${index}`}>
      {title}
      {about.length > 0 && ` (${about.join(', ')})`}
    </a>
  );
}
