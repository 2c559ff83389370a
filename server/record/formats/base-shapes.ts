import { openDefinitions } from '../definitions/index.ts';
import type { Shapes } from './shapes.ts';

let opened: Shapes | undefined;

/** The shapes of base FHIR R4, opened once. They serve where no definitions are given: profiles never change a shape. */
export function baseShapes(): Shapes {
  opened ??= openDefinitions();
  return opened;
}
