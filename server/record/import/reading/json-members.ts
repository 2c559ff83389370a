import { broken, needMore, noteFault, scanString, skipSpace } from './json-scan.ts';

/** The object ends here. `memberPlace.end` tells the position after its brace. */
export const closed = -3;

/** What `nextMember` found: its key, or the end of the object. Overwritten by each call. */
export const memberPlace = { keyStart: 0, keyEnd: 0, end: 0 };

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const closeBrace = 0x7d;

/** Goes to the next member of an object, from after its brace or after a value. Gives where the value begins. */
export function nextMember(bytes: Buffer, from: number, end: number): number {
  let at = skipSpace(bytes, from, end);
  if (at < end && bytes[at] === comma) at = skipSpace(bytes, at + 1, end);
  if (at >= end) return needMore;
  if (bytes[at] === closeBrace) {
    memberPlace.end = at + 1;
    return closed;
  }
  if (bytes[at] !== quote) return noteFault(at);
  memberPlace.keyStart = at + 1;
  const keyEnd = scanString(bytes, at + 1, end);
  if (keyEnd === needMore || keyEnd === broken) return keyEnd;
  memberPlace.keyEnd = keyEnd - 1;
  at = skipSpace(bytes, keyEnd, end);
  if (at >= end) return needMore;
  if (bytes[at] !== colon) return noteFault(at);
  at = skipSpace(bytes, at + 1, end);
  return at >= end ? needMore : at;
}

/** The key of the member found last. */
export function memberKey(bytes: Buffer): string {
  return bytes.toString('latin1', memberPlace.keyStart, memberPlace.keyEnd);
}
