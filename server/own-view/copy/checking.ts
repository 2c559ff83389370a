import type { Label, Viewing } from '../../access/index.ts';
import { withoutContents } from '../../record/formats/index.ts';
import { labelsOf, sightOf } from '../../record/pieces/index.ts';
import type { RecordEntry } from '../../record/store/index.ts';
import type { Resource } from '../../record/types.ts';
import { personNow } from '../me/index.ts';
import { recordOf } from '../my-record.ts';
import type { OwnViewServices } from '../types.ts';
import { linesOf } from './pages.ts';
import { checksOf, type CopyAsked, type CopyCheck } from './store.ts';
import { needsLook } from './third-parties.ts';
import { versionsOf } from './versions.ts';

/** One entry somebody must look at before the copy goes out. `lines` is what it says, for those who may read it. */
export type ToCheck = {
  type: string;
  id: string;
  version: number;
  isEarlier: boolean;
  source: string;
  labels: readonly Label[];
  lines: [name: string, value: string][] | null;
  check: CopyCheck | null;
};

/** Never given, so nobody need look: access hides them from the person. */
const hidden: ReadonlySet<Label> = new Set(['third-party', 'withheld-from-person']);

/** The check list of a copy: every entry, and every earlier version, that may tell of somebody else. */
export async function toCheck(
  services: OwnViewServices,
  viewing: Viewing,
  copy: CopyAsked,
): Promise<ToCheck[]> {
  const { db } = services;
  const me = await personNow(db, '', copy.personId);
  const current = await recordOf(services, me);
  const earlier = await versionsOf(services, me, current);
  const checks = new Map((await checksOf(db, copy.copyId)).map((check) => [nameOf(check), check]));
  const rows = [
    ...current.map((row) => ({ row, isEarlier: false })),
    ...earlier.map((row) => ({ row, isEarlier: true })),
  ];
  const found = rows.flatMap(({ row, isEarlier }) => {
    const resource = JSON.parse(row.content) as Resource;
    const labels = labelsOf(resource);
    return !needsLook(resource, labels) || labels.some((label) => hidden.has(label))
      ? []
      : [{ row, isEarlier, labels }];
  });
  const read = await readable(
    services,
    viewing,
    found.map(({ row }) => row),
  );
  return found.map(({ row, isEarlier, labels }, at) => ({
    type: row.type,
    id: row.id,
    version: row.version,
    isEarlier,
    source: row.source,
    labels,
    lines: read[at]!,
    check: checks.get(nameOf(row)) ?? null,
  }));
}

const nameOf = ({ type, id, version }: { type: string; id: string; version: number }): string =>
  `${type}/${id}/${version}`;

async function readable(
  { store, files }: OwnViewServices,
  viewing: Viewing,
  rows: readonly RecordEntry[],
): Promise<([string, string][] | null)[]> {
  const linesIn = async (content: string): Promise<[string, string][]> =>
    linesOf((await withoutContents(JSON.parse(content) as Resource, files)).tree);
  const sources = new Map(rows.map((row) => [nameOf(row), row.source]));
  const sight = sightOf(viewing, async (asked) => asked.map((row) => sources.get(nameOf(row)) ?? null));
  if (sight === undefined) return Promise.all(rows.map(({ content }) => linesIn(content)));
  const verdicts = await sight.judges('read', rows);
  const open = rows.filter((_, at) => verdicts[at]!.decision.effect === 'permit');
  const again = await store.again(open);
  const own = new Map(open.map((row, at) => [row, again[at]]));
  return Promise.all(
    rows.map(async (row, at) => {
      const entry = own.get(row);
      return entry === undefined ? null : linesIn(sight.form(entry, verdicts[at]!, 'read').content);
    }),
  );
}
