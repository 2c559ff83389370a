import { data, useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { read, readText } from '../../api/client.ts';
import type { AsRecorded, Attachment, PersonRecord } from '../../api/record.ts';
import { titled } from '../../components/page.tsx';
import { dateWords } from '../../words/dates.ts';
import { personApi } from './load.ts';

export const meta = titled('Document');

/** Shows one attachment: text and pictures on the page, anything else as a file to open. Nothing in it can run. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const { type = '', resource = '', index = '' } = params;
  const address = `${personApi(params)}/attachments/${type}/${resource}/${index}`;
  const { documents } = await read<Pick<PersonRecord, 'documents'>>(
    context,
    `${personApi(params)}/record?parts=documents`,
  );
  const found = documents.items.flatMap((entry) =>
    (entry.attachments ?? []).map((attachment) => ({ entry, attachment })),
  );
  const asked = found.find(({ attachment }) => isAsked(attachment, type, resource, index));
  if (asked === undefined) throw data({ title: 'There is no such document' }, { status: 404 });
  const recorded = await read<AsRecorded>(context, `${personApi(params)}/statements/${type}/${resource}`);
  const show = showAs(asked.attachment.contentType);
  return {
    address,
    title: asked.attachment.title === 'Attachment' ? asked.entry.title : asked.attachment.title,
    when: asked.entry.when,
    source: recorded.statement.source,
    show,
    text: show === 'text' ? await readText(context, address) : undefined,
    contentType: asked.attachment.contentType,
    personId: params['personId'] as string,
  };
}

function isAsked(attachment: Attachment, type: string, resource: string, index: string): boolean {
  return attachment.type === type && attachment.id === resource && String(attachment.index) === index;
}

function showAs(contentType: string | undefined): 'text' | 'picture' | 'pdf' | 'file' {
  const [type = ''] = (contentType ?? '').toLowerCase().split(';');
  if (type === 'text/plain') return 'text';
  if (/^image\/(?:png|jpeg|gif|webp)$/.test(type)) return 'picture';
  return type === 'application/pdf' ? 'pdf' : 'file';
}

export default function Document() {
  const { title, when, source, show, text, address, contentType, personId } = useLoaderData<typeof loader>();
  return (
    <>
      <p className="nhsuk-body-s">
        <a href={`/people/${personId}/documents`}>All documents</a>
      </p>
      <h1 className="nhsuk-heading-l">{title}</h1>
      <p>
        {dateWords(when)}, from {source}
      </p>
      {show === 'text' && <pre className="document-text">{text}</pre>}
      {show === 'picture' && <img className="document-picture" src={address} alt={`Picture: ${title}`} />}
      {show === 'pdf' && (
        <p>
          <a href={address}>Open the PDF</a>
        </p>
      )}
      {show === 'file' && (
        <>
          <p>
            Browsers cannot show this sort of file safely
            {contentType === undefined ? '' : ` (${contentType})`}. You can save it.
          </p>
          <p>
            <a href={address}>Save the file</a>
          </p>
        </>
      )}
    </>
  );
}
