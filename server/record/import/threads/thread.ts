/** Runs in a thread of its own: reads files, and hands over what they hold in portions. See `reading-thread.ts`. */
import { enableCompileCache } from 'node:module';
import { parentPort, workerData, type TransferListItem } from 'node:worker_threads';
import { openDefinitions } from '../../definitions/index.ts';
import { isResourceType } from '../../resource-types.ts';
import { createExtractor, type Wording } from '../../search/index.ts';
import { packBatch, Preparer } from '../../store/index.ts';
import { createValidator } from '../../validation/index.ts';
import type { MadeReady, Portion, Sink, Told } from '../portion.ts';
import { Reader, type Order } from '../reader.ts';
import type { Resolution } from '../resolver.ts';
import type { FromThread, PackedReady, Setting, ToThread } from './messages.ts';

const { source, packages, cacheFolder } = workerData as Setting;
if (cacheFolder !== undefined) enableCompileCache(cacheFolder);
const port = parentPort!;
const say = (message: FromThread, give: TransferListItem[] = []): void => port.postMessage(message, give);

const definitions = openDefinitions({ packages });
const validator = createValidator(definitions);
const reader = new Reader({
  source,
  isResourceType,
  validate: (resource) => validator.validate(resource),
  preparer: new Preparer(createExtractor(definitions)),
});

/** Characters handed over and not yet taken, beyond which reading waits. */
const mostAhead = 16 * 1024 * 1024;

const pieces = new Map<number, { told: Told; wordings: Iterable<Wording> }>();
const lookUps = new Map<number, (resolution: Resolution) => void>();
let lastPiece = 0;
let lastLookUp = 0;
let ahead = 0;
let goOn: (() => void) | undefined;

function packed(ready: MadeReady): { ready: PackedReady; buffers: ArrayBuffer[] } {
  const { packed: batch, buffers } = packBatch(ready.batch);
  const { isRepeated, wanted, characters } = ready;
  return { ready: { batch, isRepeated, wanted, characters }, buffers };
}

const sizeOf = ({ piece, items }: Portion): number =>
  items.reduce((sum, item) => sum + item.raw.length, piece?.characters ?? 0);

function sinkOf(file: number): Sink {
  return {
    async take(portion) {
      const { piece, ...rest } = portion;
      const characters = sizeOf(portion);
      if (piece === undefined) say({ kind: 'portion', file, characters, portion: { ...rest, piece } });
      else {
        const number = ++lastPiece;
        pieces.set(number, { told: piece.told, wordings: piece.batch.wordings });
        const { ready, buffers } = packed(piece);
        say(
          { kind: 'portion', file, characters, portion: { ...rest, piece: { ...ready, number } } },
          buffers,
        );
      }
      ahead += characters;
      if (ahead > mostAhead) await new Promise<void>((resolve) => (goOn = resolve));
    },
    lookUp(link) {
      const call = ++lastLookUp;
      return new Promise((resolve) => {
        lookUps.set(call, resolve);
        say({ kind: 'look-up', file, call, link });
      });
    },
  };
}

async function read(file: number, order: Order): Promise<void> {
  try {
    await reader.read(order, sinkOf(file));
    say({ kind: 'end', file, failure: undefined });
  } catch (error) {
    say({ kind: 'end', file, failure: { error } });
  }
}

let reading: Promise<void> = Promise.resolve();

/** A Buffer comes over as plain bytes. */
function received({ file, ...order }: Order): Order {
  const { content } = file;
  if (content === undefined) return { ...order, file };
  return {
    ...order,
    file: { ...file, content: Buffer.from(content.buffer, content.byteOffset, content.length) },
  };
}

port.on('message', (message: ToThread) => {
  switch (message.kind) {
    case 'read':
      reading = reading.then(() => read(message.file, received(message.order)));
      return;
    case 'taken':
      ahead -= message.characters;
      if (ahead <= mostAhead) goOn?.();
      return;
    case 'looked-up':
      lookUps.get(message.call)?.(message.resolution);
      lookUps.delete(message.call);
      return;
    case 'item':
    case 'only':
      void answer(message);
      return;
    case 'release': {
      const piece = pieces.get(message.piece);
      pieces.delete(message.piece);
      for (const wording of piece?.wordings ?? []) wording.stored = true;
      return;
    }
    case 'forget-misses':
      reader.forgetMisses();
  }
});

async function answer(asked: Extract<ToThread, { kind: 'item' | 'only' }>): Promise<void> {
  const { call } = asked;
  try {
    const { told } = pieces.get(asked.piece)!;
    if (asked.kind === 'item') {
      say({ kind: 'item', call, item: await told.item(asked.row, asked.code, asked.reason) });
    } else {
      const { ready, buffers } = packed(await told.only(asked.rows));
      say({ kind: 'only', call, ready }, buffers);
    }
  } catch (error) {
    say({ kind: 'failed', call, error });
  }
}
