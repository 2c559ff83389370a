import { Readable } from 'node:stream';
import readline from 'node:readline';
import type { FileDoor } from '../../platform/scanning/index.ts';
import { mayHoldContents, parseJsonValue, withholdContents } from '../formats/index.ts';
import type { InteractionName } from './interactions.ts';
import { jsonOf, type Answer } from './call.ts';

/**
 * An answer as it may leave: contents of files in it pass the door of files. A Binary that is read is a file by itself, and is
 * refused whole. Of anything else only the content is left out, so that the rest of a record can be read, and whoever stored it learns so.
 * What is read without a content has no ETag: it is not the version, and must not be written back as if it were.
 */
export async function leaving(door: FileDoor, interaction: InteractionName, answer: Answer): Promise<Answer> {
  if (door.isOpen) return answer;
  if (answer.stream !== undefined) return leavingLines(door, answer, answer.stream.body);
  const json = jsonOf(answer);
  if (json === undefined) return answer;
  const text = await leavingText(door, interaction, answer, json);
  if (text === json) return answer;
  const { bytes: _bytes, ...rest } = answer;
  if (!isRead(interaction)) return { ...rest, json: text };
  const { version: _version, lastModified: _lastModified, ...withoutVersion } = rest;
  return { ...withoutVersion, json: text };
}

async function leavingText(
  door: FileDoor,
  interaction: InteractionName,
  { plainJson: isPlain = false }: Answer,
  json: string,
): Promise<string> {
  if (!isPlain && !mayHoldContents(json)) return json;
  const value = parseJsonValue(json);
  if (isRead(interaction) && isBinary(value)) {
    await door.mayLeave(Buffer.from(value.data ?? '', 'base64'));
    return json;
  }
  return (await withholdContents(value, door, { anyName: isPlain })) === 0 ? json : JSON.stringify(value);
}

/** The lines of an export, each a resource. Its length is not known beforehand. */
function leavingLines(door: FileDoor, answer: Answer, body: NodeJS.ReadableStream): Answer {
  const { 'content-length': _length, ...headers } = answer.headers ?? {};
  const lines = async function* (): AsyncGenerator<string> {
    for await (const line of readline.createInterface({ input: body, crlfDelay: Infinity })) {
      if (!mayHoldContents(line)) yield `${line}\n`;
      else {
        const value = parseJsonValue(line);
        const count = await withholdContents(value, door);
        yield `${count === 0 ? line : JSON.stringify(value)}\n`;
      }
    }
  };
  return { ...answer, headers, stream: { ...answer.stream!, body: Readable.from(lines()) } };
}

const isRead = (interaction: InteractionName): boolean => interaction === 'read' || interaction === 'vread';

const isBinary = (value: unknown): value is { data?: string } =>
  typeof value === 'object' &&
  value !== null &&
  'resourceType' in value &&
  value.resourceType === 'Binary' &&
  (!('data' in value) || typeof value.data === 'string');
