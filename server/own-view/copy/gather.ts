import { factsTold, untoldFrom, type FactKind, type Viewing } from '../../access/index.ts';
import { linkHistory } from '../../people/index.ts';
import { labelsOf } from '../../record/pieces/index.ts';
import type { RecordEntry } from '../../record/store/index.ts';
import type { Resource } from '../../record/types.ts';
import { corrections } from '../corrections/index.ts';
import { invitationsOf } from '../people/index.ts';
import { recordOf } from '../my-record.ts';
import { permittedAmong } from '../plain/index.ts';
import { questions } from '../questions/index.ts';
import type { Me, OwnViewServices } from '../types.ts';
import { eventsOn, listsOf } from '../who-looked/index.ts';
import { wishesOf } from '../wishes/index.ts';
import type { Part } from './coverage.ts';
import { checksOf, copies, type CopyCheck } from './store.ts';
import { needsLook } from './third-parties.ts';
import { versionsOf } from './versions.ts';

export type Entry = { entry: RecordEntry; resource: Resource };

/** All of a copy: each part as it goes into its file, and what was left out and why. */
export type Gathered = {
  parts: Record<Part, unknown[]>;
  record: Entry[];
  leftOut: { type: string; reason: string }[];
  /** Entries that came, or changed, after the copy was checked. They need a look of their own. */
  notLookedAt: number;
  /** Contents of files that were kept back, because nobody could say that they are harmless. */
  filesKeptBack: number;
};

const factKinds: readonly FactKind[] = [
  'relationship',
  'choice',
  'proxy',
  'recorded_decision',
  'glass',
  'seal',
];

/** Goes through every store once, and gathers what of a person may be given to them. */
export async function gather(
  services: OwnViewServices,
  viewing: Viewing,
  me: Me,
  copyId: string,
): Promise<Gathered> {
  const { db } = services;
  const checks = new Map((await checksOf(db, copyId)).map((check) => [nameOf(check), check]));
  const all = await recordOf(services, me);
  const current = await permittedAmong(services, viewing, 'export', all);
  const hidden = hiddenAmong(all, current);
  const earlier = (
    await permittedAmong(services, viewing, 'export', await versionsOf(services, me, all))
  ).filter(({ entry }) => !hidden.has(`${entry.type}/${entry.id}`));
  const record = sorted(current, checks);
  const versions = sorted(earlier, checks);
  const untold = (await untoldFrom(db, me.patientIds, services.clock().getTime())) ?? Infinity;
  const [{ ids }, facts] = [await listsOf(db, me), await Promise.all(factKinds.map((kind) => factsOf(kind)))];
  const { events } = await eventsOn(services, me, ids);
  return {
    parts: {
      record: record.given.map(asFiled),
      'earlier-versions': versions.given.map(asFiled),
      identity: await linkHistory(db, me.patientIds),
      choices: facts.flat(),
      'who-looked': events.map(({ seq, event, opened }) => ({
        seq,
        ...event,
        ...(opened === undefined ? {} : { particulars: JSON.parse(opened.text) as unknown }),
      })),
      asked: await askedBy(),
    },
    record: record.given,
    leftOut: [...record.leftOut, ...versions.leftOut],
    notLookedAt: record.notLookedAt + versions.notLookedAt,
    filesKeptBack: 0,
  };

  /** Why notice to a person is delayed, and of what, is for those who decided it: to tell it would undo it. */
  async function factsOf(kind: FactKind) {
    const told = await factsTold(db, kind, me.patientIds);
    return told
      .filter((fact) => !('kind' in fact && fact.kind === 'delay-notice'))
      .filter(({ from }) => kind !== 'glass' || from < untold)
      .map((fact) => ({ fact: kind, ...fact }));
  }

  async function askedBy(): Promise<unknown[]> {
    const sorts = {
      question: questions.of(db, me.patientIds),
      correction: corrections.of(db, me.patientIds),
      copy: copies.of(db, me.patientIds),
      invitation: invitationsOf(db, me.patientIds),
      wish: wishesOf(db, me.patientIds),
    };
    const told = await Promise.all(
      Object.entries(sorts).map(async ([sort, rows]) => (await rows).map((each) => ({ sort, ...each }))),
    );
    return told.flat();
  }
}

/** What is there now and may not be shown hides its earlier versions too. */
function hiddenAmong(all: readonly RecordEntry[], shown: readonly Entry[]): Set<string> {
  const open = new Set(shown.map(({ entry }) => `${entry.type}/${entry.id}`));
  return new Set(all.map(({ type, id }) => `${type}/${id}`).filter((name) => !open.has(name)));
}

const nameOf = ({ type, id, version }: { type: string; id: string; version: number }): string =>
  `${type}/${id}/${version}`;

/** Entries that nobody need look at, and those looked at and given; those left out, with why; and how many wait for a look. */
export function sorted(
  entries: readonly Entry[],
  checks: ReadonlyMap<string, CopyCheck>,
): { given: Entry[]; leftOut: { type: string; reason: string }[]; notLookedAt: number } {
  const given: Entry[] = [];
  const leftOut: { type: string; reason: string }[] = [];
  let notLookedAt = 0;
  for (const each of entries) {
    const check = checks.get(nameOf(each.entry));
    if (!needsLook(each.resource, labelsOf(each.resource)) || check?.gives === true) given.push(each);
    else if (check === undefined) notLookedAt++;
    else leftOut.push({ type: each.entry.type, reason: check.reason ?? '' });
  }
  return { given, leftOut, notLookedAt };
}

const asFiled = ({ entry, resource }: Entry) => ({
  source: entry.source,
  channel: entry.channel,
  stored: entry.lastUpdated.toISOString(),
  version: entry.version,
  deleted: entry.deleted,
  resource,
});
