import { openDefinitions, type Definitions } from '../definitions/index.ts';

let opened: Definitions | undefined;

/** Base FHIR R4, opened once. It serves where no definitions are given: packages never change the shape of a type. */
export function baseDefinitions(): Definitions {
  opened ??= openDefinitions();
  return opened;
}
