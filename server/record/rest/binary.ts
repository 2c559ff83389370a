import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import type { FileDoor } from '../../platform/scanning/index.ts';
import type { Answer } from './call.ts';
import type { InteractionName, Target } from './interactions.ts';

/** A stored text that is safe in a header. */
const mediaType = /^[\w.+-]+\/[\w.+-]+(?:; ?[\w.+-]+=[\w.+"-]+)*$/;
const fhirWanted = /json|xml/;

/** True when a Binary is asked for as the document it holds: no FHIR format is named. Source: FHIR R4 binary.html#rest. */
export function wantsDocument(interaction: InteractionName, request: FastifyRequest): boolean {
  if (interaction !== 'read' && interaction !== 'vread') return false;
  if ((request.params as Target).type !== 'Binary') return false;
  const { _format: format } = request.query as { _format?: unknown };
  return format === undefined && !fhirWanted.test(request.headers.accept ?? '');
}

/** The document of a Binary, which passes the door of files. A browser saves it and never shows it as a page of this site. */
export async function documentAnswer(answer: Answer, files: FileDoor): Promise<Answer> {
  if (answer.json === undefined) return answer;
  const { contentType, data } = JSON.parse(answer.json) as { contentType?: string; data?: string };
  const bytes = Buffer.from(data ?? '', 'base64');
  await files.mayLeave(bytes);
  const { json: _json, ...rest } = answer;
  return {
    ...rest,
    headers: {
      'content-disposition': 'attachment',
      'content-security-policy': "sandbox; default-src 'none'",
      'content-length': String(bytes.length),
    },
    stream: {
      contentType: mediaType.test(contentType ?? '') ? contentType! : 'application/octet-stream',
      body: Readable.from([bytes]),
    },
  };
}
