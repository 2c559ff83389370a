export { fhirPathPatch } from './fhirpath-patch.ts';
export { applyJsonPatch, jsonPatch } from './json-patch.ts';
