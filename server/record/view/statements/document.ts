import type { DocumentReference } from '@medplum/fhirtypes';
import { conceptKey, conceptTitle, mainCoding } from '../reading/codes.ts';
import { momentKey, startOf } from '../reading/dates.ts';
import { practitionerName } from '../reading/sources.ts';
import type { Standing } from '../types.ts';
import { attachmentOf } from './attachment.ts';
import { together, type Reader } from './statement.ts';

/** Reads a document. Two are the same when they are the same sort, of one date, with the same contents. */
export const readDocument: Reader = (filed, lookup) => {
  const document = filed.resource as unknown as DocumentReference;
  const code = conceptKey(document.type);
  const content = document.content ?? [];
  const named = content[0]?.attachment.title;
  const marks = content.map(
    ({ attachment }) => attachment.hash ?? attachment.url ?? attachment.title ?? attachment.size,
  );
  const date = document.date ?? content[0]?.attachment.creation;
  return {
    kind: 'document',
    group: code,
    key: [code, momentKey(date), marks.join(','), document.description].join(' '),
    title: named ?? conceptTitle(document.type) ?? document.description ?? 'Document without a name',
    code: mainCoding(document.type),
    when: startOf(document.context?.period) ?? date,
    recorded: document.date,
    standing: standingOf(document),
    attachments: content.map(({ attachment }, index) => attachmentOf(attachment, index, lookup)),
    signedBy: practitionerName(document.author?.[0], filed.resource, lookup),
    facts: {
      sort: conceptTitle(document.type),
      status: document.status === 'current' ? undefined : document.status,
      draft: document.docStatus === 'final' ? undefined : document.docStatus,
      category: together(document.category?.map(conceptTitle)),
      about: document.description,
      secrecy: together(document.securityLabel?.map(conceptTitle)),
    },
  };
};

function standingOf(document: DocumentReference): Standing {
  if (document.status === 'entered-in-error' || document.docStatus === 'entered-in-error') return 'set-aside';
  return document.status === 'superseded' ? 'past' : 'current';
}
