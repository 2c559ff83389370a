import { createReadStream, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { idFrom } from '../../server/feeds/index.ts';

/** One record of one person at one partner, as the truth tells it. */
export type TrueRecord = {
  /** The id of the Patient that the record became. */
  patientId: string;
  partner: string;
  localId: string;
  /** Numbers the people; a second identity of a person counts as another. */
  identity: number;
  /** Numbers the people, whatever identities they have. */
  person: number;
  scenario: string;
  /** Errors of the record, `none` where there are none. */
  errors: readonly string[];
  groups: Readonly<Record<GroupName, string>>;
};

/** The groups of people that must be found equally well. */
export const groupNames = [
  'name community',
  'age band',
  'deprivation decile',
  'ethnic group',
  'scenario',
] as const;
export type GroupName = (typeof groupNames)[number];

type Feed = {
  partner: string;
  kind: string;
  source: string;
  mapping?: string;
  sender?: { facility: string };
};

/** Reads `truth.csv` of a folder of made-up feeds. Each line finds its Patient as the feeds name them. */
export async function readTruth(folder: string): Promise<TrueRecord[]> {
  const manifest = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8')) as { feeds: Feed[] };
  const feeds = new Map(manifest.feeds.map((feed) => [feed.partner, feed]));
  const [identities, people] = [numbering(), numbering()];
  const records: TrueRecord[] = [];
  let columns: string[] | undefined;
  for await (const line of createInterface({ input: createReadStream(path.join(folder, 'truth.csv')) })) {
    const cells = line.split(',');
    if (columns === undefined) {
      columns = cells;
      continue;
    }
    const cell = (name: string): string => cells[columns!.indexOf(name)] ?? '';
    const feed = feeds.get(cell('partner'));
    if (feed === undefined) throw new Error(`The manifest has no feed of ${cell('partner')}.`);
    const scenario = cell('scenario') || 'none';
    records.push({
      patientId: patientIdOf(feed, cell('local_id')),
      partner: feed.partner,
      localId: cell('local_id'),
      identity: identities(`${cell('person')} ${cell('identity')}`),
      person: people(cell('person')),
      scenario,
      errors: (cell('errors') || 'none').split(';'),
      groups: {
        'name community': cell('community'),
        'age band': cell('age_band'),
        'deprivation decile': cell('imd_decile') || 'no address',
        'ethnic group': cell('ethnic_code'),
        scenario,
      },
    });
  }
  return records;
}

/** Practices name their Patients themselves; of the others the id follows from the number that the sender gave. */
function patientIdOf({ kind, source, mapping, sender }: Feed, localId: string): string {
  if (kind === 'fhir-ndjson') return localId;
  if (sender !== undefined) return idFrom('feed', sender.facility, 'patient', sender.facility, localId);
  return idFrom('feed', source, mapping ?? '', 'Patient', '', '', localId);
}

function numbering(): (name: string) => number {
  const numbers = new Map<string, number>();
  return (name) => {
    const known = numbers.get(name) ?? numbers.size;
    numbers.set(name, known);
    return known;
  };
}

/** The kind of a partner by its name: `school-002` is a school. */
export const partnerKind = (partner: string): string => partner.replace(/-\d+$/, '');
