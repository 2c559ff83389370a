import type { FileDoor } from '../../platform/scanning/index.ts';
import { parseJsonValue } from './json.ts';
import { isRawNumber } from './exact-number.ts';

type Tree = Record<string, unknown>;

/** Elements of FHIR R4 that hold contents: of Binary, Attachment and Signature, and of extensions. AuditEvent.entity.query and bar codes are none. */
const named = /^(?:data|\w*Base64Binary)$/;
const mayBeNamed = /"(?:data|\w*Base64Binary)"|\\u00/;
/** SampledData has an element `data` too, which is numbers and these letters. */
const samples = /^[\d EUL.+-]*$/;
const base64 = /^[A-Za-z0-9+/_-]{24,}={0,2}$/;
const absent = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
const subsetted = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' };

/** False when a FHIR JSON text holds no content of a file. It is a quick look: true may be wrong. */
export const mayHoldContents = (json: string): boolean => mayBeNamed.test(json);

/**
 * Takes contents of files that may not leave out of what was parsed, in place, and gives how many. Each leaves a reason why it is absent,
 * and its resource says that it is a part. With `anyName` whatever looks like base64 is a content, for answers whose names the asker chose.
 * Source: FHIR R4 data-absent-reason (`masked`: for security; `temp-unknown`: ask again), meta.tag SUBSETTED.
 */
export async function withholdContents(
  tree: unknown,
  door: FileDoor,
  { anyName = false }: { anyName?: boolean } = {},
): Promise<number> {
  const within = async (value: unknown, isPlain: boolean): Promise<number> => {
    if (typeof value !== 'object' || value === null || isRawNumber(value)) return 0;
    let count = 0;
    for (const [name, inner] of Object.entries(value)) {
      if (typeof inner !== 'string') count += await within(inner, isPlain || isPlainAnswer(name, inner));
      else if (isContent(name, inner, isPlain)) {
        const answer = await door.ask(Buffer.from(inner, 'base64'));
        if (answer === 'clear') continue;
        count++;
        leaveReason(value as Tree, name, answer === 'not-scanned' ? 'temp-unknown' : 'masked', isPlain);
      }
    }
    if (count > 0 && !isPlain && 'resourceType' in value) tell(value as Tree);
    return count;
  };
  return within(tree, anyName);
}

const isContent = (name: string, value: string, anyName: boolean): boolean =>
  anyName ? base64.test(value.replaceAll(/\s/g, '')) : named.test(name) && !samples.test(value);

/** True for what an entry of a Bundle answers that is no resource: the asker may have chosen its names. */
const isPlainAnswer = (name: string, value: unknown): boolean =>
  name === 'resource' && typeof value === 'object' && value !== null && !('resourceType' in value);

/** A copy of what was parsed with the contents taken out that may not leave, and how many they were; the same where there are none. */
export async function withoutContents<Value>(
  tree: Value,
  door: FileDoor,
): Promise<{ tree: Value; withheld: number }> {
  if (door.isOpen) return { tree, withheld: 0 };
  const json = JSON.stringify(tree);
  if (!mayHoldContents(json)) return { tree, withheld: 0 };
  const copy = parseJsonValue(json) as Value;
  const withheld = await withholdContents(copy, door);
  return withheld === 0 ? { tree, withheld } : { tree: copy, withheld };
}

function leaveReason(owner: Tree, name: string, reason: string, isPlain: boolean): void {
  if (isPlain || Array.isArray(owner)) {
    owner[name] = null;
    return;
  }
  delete owner[name];
  owner[`_${name}`] = { extension: [{ url: absent, valueCode: reason }] };
}

function tell(resource: Tree): void {
  const meta = (resource['meta'] ?? {}) as { tag?: { code?: string }[] };
  const tags = meta.tag ?? [];
  if (tags.some(({ code }) => code === subsetted.code)) return;
  resource['meta'] = { ...meta, tag: [...tags, subsetted] };
}
