import { Problem } from '../../platform/errors.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Db, Tx } from '../../platform/db/index.ts';
import { toPlain } from '../formats/index.ts';
import type { Batch, Preparer, Writer } from '../store/index.ts';
import type { Delivery } from '../types.ts';
import { Admission, type AdmissionParts } from './admit.ts';
import type { Links } from './links.ts';
import { linkMaker } from './make-links.ts';
import type { Ready } from './plan.ts';
import { piecesOf } from './reading/index.ts';
import { lookUp, type Matcher } from './look-up.ts';
import { Resolver } from './resolver.ts';
import { closeQuarantine, findQuarantine, saveMended, saveRefusal } from './store-quarantine.ts';
import type { QuarantineDetail } from './store-quarantine.ts';
import type { Admitted, QuarantineItem } from './types.ts';

export type ReplayResult =
  | { replayed: true; stored: string[] }
  /** It still cannot be stored; the item now tells why. */
  | { replayed: false; item: QuarantineItem };

/**
 * Puts on record, in the transaction of it, what was done to an item. `patientIds` are those whose record it changed: none as long as the
 * item waits, because whom it speaks of is known once it can be read.
 */
export type RecordItem = (tx: Tx, act: string, patientIds: readonly string[]) => Promise<void>;

/** What a person can do with an item. `record` puts it on record in the same transaction, where they signed in. */
export type Replayer = {
  /** Keeps a mended text beside the one that came. Throws a Problem when the item is unknown or settled. */
  mend(id: string, text: string, by: string, record?: RecordItem): Promise<void>;
  /** Tries to store an item again, as mended where it was. A contradiction between sources is overridden: a person decided. */
  replay(id: string, by: string, record?: RecordItem): Promise<ReplayResult>;
  /** Settles an item without storing it. */
  dismiss(id: string, by: string, record?: RecordItem): Promise<void>;
};

export type ReplayParts = Omit<AdmissionParts, 'resolver' | 'source'> & {
  db: Db;
  clock: Clock;
  writer: Writer;
  preparer: Preparer;
  match: Matcher;
};

export function createReplayer(parts: ReplayParts): Replayer {
  const { db, clock } = parts;
  return {
    async mend(id, text, by, record) {
      await waiting(db, id);
      await db.transaction(async (tx) => {
        if (!(await saveMended(tx, id, text, clock(), by))) throw settled(id);
        await record?.(tx, 'mended', []);
      });
    },
    async replay(id, by, record) {
      const detail = await waiting(db, id);
      const admitted = await admitAgain(parts, detail);
      const refused = admitted.find((each) => each.kind === 'quarantine');
      if (refused !== undefined) {
        await db.transaction(async (tx) => {
          await saveRefusal(tx, id, refused.item, clock(), by);
          await record?.(tx, 'replay-refused', []);
        });
        return { replayed: false, item: refused.item };
      }
      const changes = admitted.flatMap((each) => (each.kind === 'change' ? [each] : []));
      const delivery: Delivery = { source: detail.source, channel: 'import', agent: by };
      const work = {
        batch: parts.preparer.batchOf(
          changes.map((each) => each.remake()),
          toPlain,
        ),
        delivery,
      };
      await parts.writer.write([work], async (tx) => {
        if (!(await closeQuarantine(tx, id, 'replayed', clock(), by))) throw settled(id);
        await record?.(tx, 'replayed', patientsIn(work.batch));
      });
      return { replayed: true, stored: changes.map((each) => each.name) };
    },
    async dismiss(id, by, record) {
      await waiting(db, id);
      await db.transaction(async (tx) => {
        if (!(await closeQuarantine(tx, id, 'dismissed', clock(), by))) throw settled(id);
        await record?.(tx, 'dismissed', []);
      });
    },
  };
}

/** The patients under whom the rows of a batch are filed. */
const patientsIn = ({ rows }: Batch): string[] => [
  ...new Set(rows.flatMap((row) => (row.ofPatient && row.patientId !== '' ? [row.patientId] : []))),
];

async function waiting(db: Db, id: string): Promise<QuarantineDetail> {
  const detail = await findQuarantine(db, id);
  if (detail === undefined) {
    throw new Problem('import/not-in-quarantine', 404, 'There is nothing with this number in quarantine.', {
      place: id,
      wayOut: 'List what is there with ./openics quarantine list',
    });
  }
  if (detail.state === 'replayed' || detail.state === 'dismissed') throw settled(id);
  return detail;
}

const settled = (id: string): Problem =>
  new Problem('import/quarantine-settled', 409, 'This was replayed or dismissed already.', {
    place: id,
    wayOut: 'Change the resource itself over the FHIR API.',
  });

/** Judges an item's text once more; a damaged piece of a bundle may hold several entries. */
async function admitAgain(parts: ReplayParts, detail: QuarantineDetail): Promise<Admitted[]> {
  const { source } = detail;
  const resolver = new Resolver((link) => lookUp(parts.db, parts.match, link));
  const admission = new Admission({ ...parts, source, resolver });
  const pieces = piecesOf(detail.mended ?? detail.raw);
  const found = pieces.filter((part) => part.kind === 'found');
  const own = await linkMaker(source, resolver)(once({ type: '', found }));
  const links = joined(own, detail.links);
  const admitted: Admitted[] = [];
  for (const [index, part] of pieces.entries()) {
    if (part.kind === 'found' && found.length === 1) addContext(part, detail);
    const isRequest = part.kind === 'found' && part.request !== undefined;
    const bundleType = isRequest ? (detail.request?.bundleType ?? 'batch') : undefined;
    const ready: Ready = { ordinal: index + 1, member: '', part, bundleType, links };
    admitted.push(await admission.admit(ready, detail.file, 'last-chance'));
  }
  return admitted;
}

/** What the entry around a resource said of it is kept beside its text. */
function addContext(part: Extract<Ready['part'], { kind: 'found' }>, detail: QuarantineDetail): void {
  if (part.fullUrl === undefined && detail.fullUrl !== null) part.fullUrl = detail.fullUrl;
  if (part.request === undefined && detail.request !== null) {
    const { bundleType: _type, ...request } = detail.request;
    part.request = request;
  }
}

function joined(own: Links, kept: Record<string, string>): Links {
  return {
    targetOf: (link) => own.targetOf(link) ?? (Object.hasOwn(kept, link) ? kept[link] : undefined),
    hasBinaries: own.hasBinaries || Object.values(kept).some((target) => target.startsWith('Binary/')),
    hasAliases: own.hasAliases || Object.keys(kept).some((link) => !/^(?:urn:|https?:)/.test(link)),
  };
}

async function* once<T>(value: T): AsyncGenerator<T, void, void> {
  yield value;
}
