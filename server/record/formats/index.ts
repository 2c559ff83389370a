import { openDefinitions } from '../definitions/index.ts';
import type { Resource } from '../types.ts';
import type { Shapes } from './shapes.ts';
import { readXml } from './xml-read.ts';
import { writeXml } from './xml-write.ts';

export { decodeUtf8, decodeXml, isXml } from './encoding.ts';
export { exactNumber, isRawNumber, numberText, toPlain, type RawNumber } from './exact-number.ts';
export { parseJson, parseJsonBytes, parseJsonValue } from './json.ts';
export { bodyFormat, negotiate, type Answer, type Format } from './negotiate.ts';
export { shapeOf, type Child, type Shape, type Shapes } from './shapes.ts';
export { summarise, type Selection } from './summarise.ts';

let opened: Shapes | undefined;

/** Reads one FHIR R4 resource from XML without loss. Throws a Problem with line and column. */
export function fromXml(
  xml: string,
  shapes: Shapes = base(),
  options: { maxLength?: number } = {},
): Resource {
  return readXml(xml, shapes, options);
}

/** Writes one FHIR R4 resource as XML without loss. Throws a Problem with the FHIR path of what XML cannot hold. */
export function toXml(
  resource: Resource,
  shapes: Shapes = base(),
  options: { pretty?: boolean } = {},
): string {
  return writeXml(resource, shapes, options);
}

function base(): Shapes {
  opened ??= openDefinitions();
  return opened;
}
