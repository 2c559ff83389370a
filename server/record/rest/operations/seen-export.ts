import { createReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import readline from 'node:readline';
import path from 'node:path';
import { apart } from '../../../platform/db/index.ts';
import { newId } from '../../../platform/ids.ts';
import type { Sight } from '../../pieces/index.ts';
import { homeOf, ridOf } from '../../rid.ts';
import { patientOf } from '../../search/index.ts';
import type { Resource, StoredResource } from '../../types.ts';
import { notFound } from '../absent.ts';
import type { Answer } from '../call.ts';
import type { FhirServices } from '../services.ts';
import { isOpenVerdict } from '../sight.ts';

/** The manifest of an export for somebody who does not see everything: every file there could be, and how much is in none. */
export function seenManifest(whole: {
  manifest: Record<string, unknown>;
  all: readonly { type: string; url: string }[];
}): unknown {
  const { deleted: _deleted, ...manifest } = whole.manifest;
  return { ...manifest, output: whole.all };
}

const linesAtOnce = 500;

/**
 * A file of an export with the lines that whoever fetches it may take with them now, as it may be seen. The file of the job says which
 * versions they are; what leaves is read once more behind the second wall. It is made whole before any of it leaves, so that everybody in it is noted in the audit log first.
 */
export async function seenFile(
  services: FhirServices,
  sight: Sight,
  job: string,
  name: string,
): Promise<Answer> {
  if (name.endsWith('.deleted.ndjson')) throw notFound('file');
  const { body, folder } = await services.exports.fileOrNone(job, name);
  const place = path.join(folder, `seen-${newId()}`);
  const made = await open(place, 'wx', 0o600);
  try {
    let lines: string[] = [];
    const flush = async (): Promise<void> => {
      for (const line of await apart(() => seenLines(sight, lines))) await made.appendFile(`${line}\n`);
      lines = [];
    };
    if (body !== undefined) {
      for await (const line of readline.createInterface({ input: body })) {
        if (line !== '') lines.push(line);
        if (lines.length >= linesAtOnce) await flush();
      }
    }
    await flush();
  } catch (error) {
    await rm(place, { force: true });
    throw error;
  } finally {
    await made.close();
  }
  const stream = createReadStream(place);
  stream.once('close', () => void rm(place, { force: true }));
  return { status: 200, stream: { contentType: 'application/fhir+ndjson', body: stream } };
}

async function seenLines(sight: Sight, lines: readonly string[]): Promise<string[]> {
  const rows = lines.map(rowOf);
  const verdicts = await sight.judges('export', rows);
  const permitted = rows.flatMap((row, index) => {
    const verdict = verdicts[index]!;
    return isOpenVerdict(verdict) ? [{ row, verdict }] : [];
  });
  const own = await sight.again(permitted.map(({ row }) => row));
  return permitted.flatMap(({ verdict }, index) => {
    const row = own[index];
    return row === undefined ? [] : [sight.form(row, verdict, 'export').content];
  });
}

function rowOf(content: string): StoredResource {
  const resource = JSON.parse(content) as Resource;
  const { resourceType: type, id = '', meta } = resource;
  const patient = patientOf(resource);
  return {
    type,
    id,
    version: Number(meta?.versionId),
    lastUpdated: new Date(meta?.lastUpdated ?? 0),
    deleted: false,
    content,
    patientId: patient === undefined ? homeOf(type, id) : ridOf(patient),
  };
}
