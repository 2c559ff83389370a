import type { Resource } from '../types.ts';
import { baseDefinitions } from './base-definitions.ts';
import type { Shapes } from './shapes.ts';
import { readXml } from './xml-read.ts';
import { writeXml } from './xml-write.ts';

export { baseDefinitions } from './base-definitions.ts';
export { mayHoldContents, withholdContents, withoutContents } from './contents.ts';
export { decodeUtf8, decodeXml, isXml } from './encoding.ts';
export { exactNumber, isRawNumber, numberText, toPlain, type RawNumber } from './exact-number.ts';
export { parseJson, parseJsonBytes, parseJsonNoting, parseJsonValue } from './json.ts';
export { bodyFormat, negotiate, type Answer, type Format } from './negotiate.ts';
export { shapeOf, type Child, type Shape, type Shapes } from './shapes.ts';
export { summarise, type Selection } from './summarise.ts';

/** Reads one FHIR R4 resource from XML without loss. Throws a Problem with line and column. */
export function fromXml(
  xml: string,
  shapes: Shapes = baseDefinitions(),
  options: { maxLength?: number } = {},
): Resource {
  return readXml(xml, shapes, options);
}

/** Writes one FHIR R4 resource as XML without loss. Throws a Problem with the FHIR path of what XML cannot hold. */
export function toXml(
  resource: Resource,
  shapes: Shapes = baseDefinitions(),
  options: { pretty?: boolean } = {},
): string {
  return writeXml(resource, shapes, options);
}
