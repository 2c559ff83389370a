import { hash } from 'node:crypto';
import { Problem } from '../../platform/errors.ts';
import { homeOf, ridOf } from '../rid.ts';
import { typeNumber } from '../resource-types.ts';
import { combinationOf, IndexRow, patientOf, type Extractor, type Halves } from '../search/index.ts';
import type { Change, Resource } from '../types.ts';
import { Batch, keyOf, type BatchRow } from './batch.ts';
import { placeholder } from './stamp.ts';
import { headOf, tailOf } from './tail.ts';

const noId = '00000000-0000-0000-0000-000000000000';
const noDigest = noId;

/**
 * Makes changes ready to be written: text, search values, digest. It needs no database, so it can run on another thread.
 * Throws a Problem when one resource is changed twice; `place` is then the number of the change, from 0.
 */
export class Preparer {
  readonly #extractor: Extractor;
  readonly #index = new IndexRow();
  readonly #combination: Halves = { hi: 0, lo: 0 };

  constructor(extractor: Extractor) {
    this.#extractor = extractor;
  }

  /**
   * `plain` gives the resource with ordinary numbers, where `change.resource` holds exact decimals. `written` holds, for
   * each change, its resource as `JSON.stringify` would write it, where that is known.
   */
  batchOf(
    changes: readonly Change[],
    plain: (resource: Resource, index: number) => Resource = (resource) => resource,
    written: readonly (string | undefined)[] = [],
  ): Batch {
    const batch = new Batch(changes.length);
    const keys = new Map<string, string>();
    const resources = changes.map((change, index) =>
      change.kind === 'put' ? plain(change.resource, index) : undefined,
    );
    for (const [index, change] of changes.entries()) {
      const row = this.#rowOf(change, resources[index]);
      if (keys.has(keyOf(row))) {
        throw new Problem(
          'record/changed-twice',
          400,
          'The same resource is changed twice in one transaction.',
          {
            place: String(index),
            wayOut: 'Send one change for each resource, or send them in separate requests.',
          },
        );
      }
      keys.set(keyOf(row), row.patientId);
      batch.rows.push(row);
    }
    for (const [index, change] of changes.entries()) {
      const row = batch.rows[index]!;
      if (change.kind === 'put') {
        const tail = tailOf(change.resource, written[index]);
        this.#put(batch, index, row, { said: resources[index]!, source: change.source, tail }, keys);
      } else this.#delete(batch, index, row);
    }
    return batch;
  }

  #rowOf(change: Change, resource: Resource | undefined): BatchRow {
    const patient = resource === undefined ? undefined : patientOf(resource);
    const home = patient === undefined ? homeOf(change.type, change.id) : ridOf(patient);
    return {
      type: change.type,
      typeNumber: typeNumber(change.type),
      id: change.id,
      rid: ridOf(change.id),
      patientId: change.kind === 'delete' ? '' : home,
      ofPatient: patient !== undefined,
      digest: noDigest,
      deleted: change.kind === 'delete',
      ifVersion: change.ifVersion,
      mustBeNew: change.kind === 'put' && change.mustBeNew === true,
    };
  }

  #put(
    batch: Batch,
    index: number,
    row: BatchRow,
    put: { said: Resource; source: string | undefined; tail: string },
    keys: ReadonlyMap<string, string>,
  ): void {
    const { said, tail } = put;
    row.digest = hash('sha256', tail, 'hex').slice(0, 32);
    const source = said.meta?.source === undefined ? put.source : undefined;
    const plain = source === undefined ? said : { ...said, meta: { ...said.meta, source } };
    const found = this.#index;
    this.#extractor.extract(row.type, plain, found);
    const refs = this.#placeReferences(found, row.patientId, keys);

    const main = batch.main;
    main.startRow(16);
    this.#fixedFields(batch, row);
    main.int8Halves(found.presentHi, found.presentLo);
    if (Number.isNaN(found.dateLow)) {
      main.null();
      main.null();
    } else {
      main.timestamptz(found.dateLow);
      main.timestamptz(found.dateHigh);
    }
    combinationOf(row.typeNumber, found.tokens, 0, 2 * found.tokenCount, this.#combination);
    batch.setOf.push(batch.sets.of(row.typeNumber, this.#combination, found.tokens, found.tokenCount));
    main.int8Halves(this.#combination.hi, this.#combination.lo);
    main.int8Array(found.tokens, found.tokenCount);
    main.int8Array(refs, refs.length / 2);
    const sourceText = source === undefined ? '' : `,"source":${JSON.stringify(source)}`;
    main.text(headOf(row.type, row.id) + placeholder + sourceText + tail);
    this.#locateContent(batch, row);

    this.#sideRows(batch, index, row, found);
    for (const wording of found.wordings) batch.wordings.add(wording);
    if (row.type === 'Patient') batch.patients.push({ row: index, resource: plain });
  }

  #delete(batch: Batch, index: number, row: BatchRow): void {
    batch.setOf.push(-1);
    const main = batch.main;
    main.startRow(16);
    this.#fixedFields(batch, row);
    main.int8(0);
    main.null();
    main.null();
    main.null();
    main.int8Array([], 0);
    main.int8Array([], 0);
    main.text(`${headOf(row.type, row.id)}${placeholder}}}`);
    this.#locateContent(batch, row);
    if (row.type === 'Patient') batch.patients.push({ row: index, resource: undefined });
  }

  #fixedFields(batch: Batch, row: BatchRow): void {
    const main = batch.main;
    main.uuid(row.patientId || noId);
    main.int2(row.typeNumber);
    main.uuid(row.rid);
    main.int4(1);
    main.int8(0);
    main.int8(0);
    main.bool(row.deleted);
    main.uuid(noId);
    main.uuid(row.digest);
  }

  #locateContent(batch: Batch, row: BatchRow): void {
    const size = batch.main.lastTextSize;
    batch.contentAt.push(batch.main.length - size);
    batch.stampAt.push(batch.main.length - size + headOf(row.type, row.id).length);
  }

  /** A reference within the same batch to a resource of the same patient needs no index; every other one does. */
  #placeReferences(found: IndexRow, patientId: string, keys: ReadonlyMap<string, string>): number[] {
    const refs: number[] = [];
    for (let i = 0; i < found.refCount; i++) {
      const high = found.refHashes[2 * i]!;
      const low = found.refHashes[2 * i + 1]!;
      const target = `${found.refRids[i]!}/${typeNumber(found.refTypes[i]!)}`;
      if (keys.get(target) === patientId) refs.push(high, low);
      else found.token(high, low);
    }
    return refs;
  }

  #sideRows(batch: Batch, index: number, row: BatchRow, found: IndexRow): void {
    const { strings, dates, numbers } = found;
    for (let i = 0; i < strings.count; i++) {
      const copy = batch.strings.row(index, row, 6);
      copy.int2(strings.params[i]!);
      copy.text(strings.values[i]!);
      copy.text(strings.exacts[i]!);
    }
    for (let i = 0; i < dates.count; i++) {
      const copy = batch.dates.row(index, row, 7);
      copy.int2(dates.params[i]!);
      copy.int8Halves(dates.hashes[4 * i]!, dates.hashes[4 * i + 1]!);
      copy.timestamptz(dates.lows[i]!);
      copy.timestamptz(dates.highs[i]!);
    }
    for (let i = 0; i < numbers.count; i++) {
      const copy = batch.numbers.row(index, row, 8);
      copy.int2(numbers.params[i]!);
      copy.int8Halves(numbers.hashes[4 * i]!, numbers.hashes[4 * i + 1]!);
      copy.int8Halves(numbers.hashes[4 * i + 2]!, numbers.hashes[4 * i + 3]!);
      copy.float8(numbers.lows[i]!);
      copy.float8(numbers.highs[i]!);
    }
  }
}
