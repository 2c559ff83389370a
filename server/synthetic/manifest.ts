import path from 'node:path';
import { isoTime } from './calendar.ts';
import { dialects } from './feeds/hl7/dialects.ts';
import { sheetOf } from './feeds/csv/styles.ts';
import { feedFolder, wireKind } from './output/layout.ts';
import type { FileFacts } from './output/finish.ts';
import type { Partner } from './place/types.ts';
import type { World } from './world.ts';

/** `manifest.json`: which feeds there are, how to read them, and their files in the order they were sent. */
export function manifestOf(world: World, files: FileFacts[]): object {
  const byFolder = new Map<string, FileFacts[]>();
  for (const file of files) {
    const folder = path.posix.dirname(file.path);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), file]);
  }
  const feeds = world.partners
    .filter((partner) => byFolder.has(feedFolder(partner)))
    .map((partner) => ({
      partner: partner.id,
      odsCode: partner.odsCode,
      name: partner.name,
      kind: wireKind(partner.sends!),
      source: `https://fhir.nhs.uk/Id/ods-organization-code/${partner.odsCode}`,
      ...readingOf(partner),
      files: byFolder
        .get(feedFolder(partner))!
        .sort((a, b) => a.from - b.from || (a.path < b.path ? -1 : 1))
        .map((file) => ({
          path: file.path,
          records: file.records,
          bytes: file.bytes,
          from: isoTime(file.from),
          to: isoTime(file.to),
        })),
    }));
  return { format: 'openics-feeds-1', feeds };
}

/** How the files of a partner are to be read. */
function readingOf(partner: Partner): object {
  switch (wireKind(partner.sends!)) {
    case 'hl7v2': {
      const { application, facility, charset, encoding, segmentEnd } = dialects[partner.id]!;
      return {
        framing: 'mllp',
        sender: { application, facility },
        encoding,
        charset,
        segmentEnd: segmentEnd === '\r' ? 'CR' : 'LF',
      };
    }
    case 'csv': {
      const { mapping, separator, style } = sheetOf(partner);
      return { mapping, separator, encoding: style.encoding };
    }
    case 'fhir-ndjson':
      return {};
  }
}
