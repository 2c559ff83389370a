import { Problem } from '../../platform/errors.ts';
import { parseJson, summarise, type Selection } from '../formats/index.ts';
import { queryValue, type Query } from './call.ts';
import type { FhirServices } from './services.ts';

const modes = new Set(['true', 'text', 'data', 'count', 'false']);

/**
 * How much of each resource the client wants, by `_elements` or `_summary`; undefined for all of it.
 * `count` is a matter of the search, not of a resource. Source: FHIR R4 search.html#summary.
 */
export function selectionOf(query: Query): Selection | undefined {
  const elements = queryValue(query, '_elements');
  if (elements !== undefined) return { elements: elements.split(',').filter((name) => name !== '') };
  const summary = queryValue(query, '_summary');
  if (summary === undefined) return undefined;
  if (!modes.has(summary)) {
    throw new Problem('rest/summary', 400, '_summary is true, text, data, count or false.', {
      place: '_summary',
      wayOut: 'Use one of these words, or leave it out.',
    });
  }
  return summary === 'true' || summary === 'text' || summary === 'data' ? { summary } : undefined;
}

/** The content with only what is wanted; the very same text when all is wanted. */
export function trim(services: FhirServices, selection: Selection | undefined, content: string): string {
  if (selection === undefined) return content;
  return JSON.stringify(summarise(parseJson(content), selection, services.definitions));
}
