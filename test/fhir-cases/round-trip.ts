import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual, promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { decodeXml, fromXml, isRawNumber, parseJsonBytes, toXml } from '../../server/record/formats/index.ts';
import type { Resource } from '../../server/record/types.ts';
import { infoset } from './xml-infoset.ts';

export type RoundTrip = { name: string; outcome: 'passed' | 'failed'; reason: string };

const unzip = promisify(gunzip);

/** Takes each XML file of a folder to JSON, back to XML, and to JSON again: trees and infosets must be equal. */
export async function runXmlRoundTrips(folder: string): Promise<RoundTrip[]> {
  return each(folder, '.xml', 1, (bytes) => {
    const xml = decodeXml(bytes);
    const resource = fromXml(xml);
    const written = toXml(resource);
    if (!sameTree(fromXml(written), resource)) return 'the JSON differs after XML';
    if (!isDeepStrictEqual(infoset(written), infoset(xml))) return 'the XML says something else';
    return undefined;
  });
}

/** Takes each gzipped JSON file of a folder, or one in `step`, to XML and back: the trees must be equal, numbers to the letter. */
export async function runJsonRoundTrips(folder: string, step = 1): Promise<RoundTrip[]> {
  return each(folder, '.json.gz', step, async (bytes) => {
    const resource = parseJsonBytes(await unzip(bytes));
    return sameTree(fromXml(toXml(resource)), resource) ? undefined : 'the JSON differs after XML';
  });
}

/** Says whether two resources are equal whatever the order of their keys; exact numbers compare as text. */
export function sameTree(one: Resource, other: Resource): boolean {
  return isDeepStrictEqual(comparable(one), comparable(other));
}

function comparable(resource: Resource): unknown {
  return JSON.parse(
    JSON.stringify(resource, (_key, value: unknown) =>
      isRawNumber(value) ? { number: value.rawJSON } : value,
    ),
  );
}

async function each(
  folder: string,
  ending: string,
  step: number,
  fault: (bytes: Buffer) => string | undefined | Promise<string | undefined>,
): Promise<RoundTrip[]> {
  const results: RoundTrip[] = [];
  const names = (await readdir(folder)).filter((name) => name.endsWith(ending));
  for (const name of names.sort().filter((_name, index) => index % step === 0)) {
    const reason = await faultOf(fault, await readFile(path.join(folder, name)));
    results.push({ name, outcome: reason === undefined ? 'passed' : 'failed', reason: reason ?? '' });
  }
  return results;
}

async function faultOf(
  fault: (bytes: Buffer) => string | undefined | Promise<string | undefined>,
  bytes: Buffer,
): Promise<string | undefined> {
  try {
    return await fault(bytes);
  } catch (error) {
    return String(error);
  }
}
