import type { Action, Changed, Decision, OnRecord, Piece, Put, Shown, Viewing } from '../../access/index.ts';
import { openFor, pastWall } from '../../platform/db/index.ts';
import { parseJson } from '../formats/index.ts';
import type { Resource, StoredResource } from '../types.ts';
import { minimumElements } from './minimum.ts';
import { locationPiece, piecesOf, piecesOfProvenance, type Filing } from './pieces.ts';
import { onlyElements, withoutLocation } from './withhold.ts';

/** The pieces of a version that was read, as long as it is in memory: a version never changes, nor who said it. */
const piecesIn = new WeakMap<StoredResource, Piece[]>();

/**
 * How a question was put. `byPlace`: it narrows people by where they are. `narrowed`: it asks for values of elements that a minimum
 * view may not show, so that finding somebody would tell what they are.
 */
export type Asked = { byPlace: boolean; narrowed: boolean };

/** What is decided on one resource, and whether it is to be shown without saying where the person is. */
export type Verdict = { decision: Decision; withoutLocation: boolean };

/** What is done to one resource. */
export type Done = { kind: Changed['kind']; resource: Resource; filing: Filing };

/** What one request sees of the record. Rows come with their content; answers are in the order of the rows. */
export type Sight = {
  /** Which rows may stand in a list, be counted and be found by. */
  lists(rows: readonly StoredResource[], asked?: Asked): Promise<boolean[]>;
  /** The rows of a list in the form they may be seen in, noted as shown; undefined for what is hidden. */
  shows(
    rows: readonly StoredResource[],
    kind: Shown['kind'],
    asked?: Asked,
  ): Promise<(StoredResource | undefined)[]>;
  /** What is decided on each of these, by itself. */
  judges(action: Action, rows: readonly StoredResource[]): Promise<Verdict[]>;
  /** What is decided on a resource that is about to be stored. */
  judgesNew(action: Action, resource: Resource, filing: Filing): Promise<Decision>;
  /** What is decided on a Provenance that is stored together with what it tells of: whoever may write that may say how. */
  judgesProvenance(told: readonly New[], provenance: New): Promise<Decision>;
  /** The patients outside of whom nothing of a patient may stand in a list; undefined where they are many. */
  reach(): Promise<readonly string[] | undefined>;
  /** Permitted rows, read once more behind the second wall; undefined for those it holds back. */
  again(rows: readonly StoredResource[]): Promise<(StoredResource | undefined)[]>;
  /** A permitted row in the form it may be seen in, noted as shown. */
  form(row: StoredResource, verdict: Verdict, kind: Shown['kind']): StoredResource;
  /** How it is put on record what a transaction does to the people that resources are about. */
  changes(done: readonly Done[]): OnRecord;
};

/** A resource that is about to be stored. */
export type New = { resource: Resource; filing: Filing };

/** Who said each of these versions; null where it came in here from nobody that is known. */
export type SourcesOf = (rows: readonly StoredResource[]) => Promise<(string | null)[]>;

/** Reads rows once more, behind the second wall; undefined for those it holds back. */
export type Again = (rows: readonly StoredResource[]) => Promise<(StoredResource | undefined)[]>;

/** For rows that were read behind the second wall, or do not come from the database. */
const asTheyAre: Again = async (rows) => [...rows];

const plainly: Asked = { byPlace: false, narrowed: false };

/** What must be done besides that is not done here, so that what asks for it is not shown here. */
const notDoneHere = new Set(['pseudonymise', 'suppress-small-numbers', 'apply-app-filter']);

/** Purposes beyond a person's own care, whose decisions may ask for what is not done here. */
const secondaryPurposes = new Set([
  'HOPERAT',
  'HQUALIMP',
  'PERFMSR',
  'POPHLTH',
  'PUBHLTH',
  'HPAYMT',
  'HRESCH',
]);

/**
 * The sight of a request. Undefined where it sees everything, so that nothing needs asking. What is permitted opens the second wall;
 * what is shown is read `again` behind it.
 */
export function sightOf(viewing: Viewing, sourcesOf: SourcesOf, again: Again = asTheyAre): Sight | undefined {
  if (viewing.seesAll) return undefined;

  const piecesOfRows = async (rows: readonly StoredResource[]): Promise<Piece[][]> => {
    const fresh = rows.filter((row) => !piecesIn.has(row));
    if (fresh.length > 0) {
      const sources = await pastWall('deciding', () => sourcesOf(fresh));
      for (const [index, row] of fresh.entries()) {
        const { type, id, patientId, content } = row;
        const filing = { type, id, patientId, source: sources[index] ?? null };
        piecesIn.set(row, piecesOf(JSON.parse(content) as Resource, filing));
      }
    }
    return rows.map((row) => piecesIn.get(row)!);
  };

  const judged = async (action: Action, pieces: readonly Piece[][], put: Put): Promise<Verdict[]> => {
    const places = pieces.map(locationPiece);
    const asked = pieces.map((own, index) => {
      const place = places[index];
      return place === undefined ? own : [...own, place];
    });
    const decisions = await viewing.decide(action, asked.flat(), put);
    let at = 0;
    return pieces.map((own, index) => {
      const decision = together(decisions.slice(at, at + own.length));
      at += own.length;
      if (places[index] === undefined) {
        return { decision, withoutLocation: decision.obligations.includes('withhold-location') };
      }
      const place = decisions[at]!;
      at += 1;
      const hidesPlace = place.effect !== 'permit' || place.obligations.includes('withhold-location');
      return { decision, withoutLocation: hidesPlace || decision.obligations.includes('withhold-location') };
    });
  };

  const note = (kind: Shown['kind'], pieces: readonly Piece[]): void => {
    for (const { patientId, type } of pieces)
      if (patientId !== null) viewing.shows({ kind, patientId, type });
  };

  const lists = async (rows: readonly StoredResource[], asked = plainly): Promise<boolean[]> => {
    const pieces = await piecesOfRows(rows);
    const put = { byPlace: asked.byPlace };
    const needed = pieces.map((own) => withPlace(own, asked));
    const permitted = await viewing.lists(needed.flat(), put);
    let at = 0;
    const found = needed.map((own) => permitted.slice(at, (at += own.length)).every(Boolean));
    if (!asked.narrowed && !needsDuties(viewing)) return found;
    const open = pieces.filter((_, index) => found[index]);
    const verdicts = (await judged('search', open, put)).values();
    return found.map((isOpen) => isOpen && isShown(verdicts.next().value!, asked));
  };

  return {
    lists,
    async shows(rows, kind, asked = plainly) {
      const pieces = await piecesOfRows(rows);
      const verdicts = await judged('search', pieces, { byPlace: asked.byPlace });
      const open = rows.filter((_, index) => {
        const verdict = verdicts[index]!;
        return isShown(verdict, asked) && !(asked.byPlace && verdict.withoutLocation);
      });
      openFor(open.map(({ patientId }) => patientId));
      const read = await again(open);
      const given = new Map(open.map((row, index) => [row, read[index]]));
      return rows.map((row, index) => {
        const own = given.get(row);
        if (own === undefined) return undefined;
        note(kind, pieces[index]!);
        return formOf(own, verdicts[index]!);
      });
    },
    async judges(action, rows) {
      const verdicts = await judged(action, await piecesOfRows(rows), {});
      const open = rows.filter((_, index) => verdicts[index]!.decision.effect === 'permit');
      openFor(open.map(({ patientId }) => patientId));
      return verdicts;
    },
    again,
    judgesNew: async (action, resource, filing) =>
      together(await viewing.decide(action, piecesOf(resource, filing))),
    judgesProvenance: async (told, provenance) =>
      together(await viewing.decide('write', piecesOfProvenance(told, provenance))),
    reach: () => viewing.reach(),
    form(row, verdict, kind) {
      note(
        kind,
        piecesIn.get(row) ?? piecesOf(JSON.parse(row.content) as Resource, { ...row, source: null }),
      );
      return formOf(row, verdict);
    },
    changes: (done) =>
      viewing.changes(
        done.flatMap(({ kind, resource, filing }) =>
          piecesOf(resource, filing).flatMap(({ patientId, type }) =>
            patientId === null ? [] : [{ kind, patientId, type }],
          ),
        ),
      ),
  };
}

/** A row as it may be seen. */
function formOf(row: StoredResource, { decision, withoutLocation: hides }: Verdict): StoredResource {
  const minimum = decision.obligations.includes('minimum-view');
  if (!minimum && !hides) return row;
  const whole = parseJson(row.content);
  const part = minimum ? onlyElements(whole, minimumElements(row.type)) : whole;
  return { ...row, content: JSON.stringify(hides ? withoutLocation(part) : part) };
}

/** A question by place finds only people whose place may be known. */
function withPlace(pieces: readonly Piece[], { byPlace }: Asked): readonly Piece[] {
  const place = byPlace ? locationPiece(pieces) : undefined;
  return place === undefined ? pieces : [...pieces, place];
}

function isShown({ decision }: Verdict, { narrowed }: Asked): boolean {
  if (decision.effect !== 'permit' || !isDoneHere(decision)) return false;
  return !(narrowed && decision.obligations.includes('minimum-view'));
}

/** True when all that a decision asks for besides can be done here. */
export const isDoneHere = ({ obligations }: Decision): boolean =>
  !obligations.some((one) => notDoneHere.has(one));

/** True when a bare yes may hide that something must be done which is not done here. */
function needsDuties({ asker }: Viewing): boolean {
  return asker.kind === 'known' && secondaryPurposes.has(asker.purpose);
}

/** One decision of several that must all be permitted: a silent refusal first, then a refusal, then a glass to break. */
function together(decisions: readonly Decision[]): Decision {
  const [first] = decisions;
  if (first === undefined) throw new Error('A resource has at least one piece.');
  const worst =
    decisions.find(({ silent }) => silent) ??
    decisions.find(({ effect }) => effect === 'deny') ??
    decisions.find(({ effect }) => effect === 'break-glass');
  if (worst !== undefined) return worst;
  if (decisions.length === 1) return first;
  return { ...first, obligations: [...new Set(decisions.flatMap(({ obligations }) => obligations))] };
}
