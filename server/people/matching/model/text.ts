import { Problem } from '../../../platform/errors.ts';
import { modelFaults } from './faults.ts';
import { modelFromSplink } from './splink-in.ts';
import type { Model } from './types.ts';

/** A model as JSON, to keep beside what it decided. */
export const modelText = (model: Model): string => `${JSON.stringify(model, null, 2)}\n`;

/** Reads a model of ours, or Splink settings. */
export function modelFromText(text: string): Model {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Problem('link/model-json', 400, 'The model is not JSON.', {
      wayOut: 'Give a model written by ./openics link, or Splink settings.',
    });
  }
  if (isModel(json)) {
    mustCompile(json);
    return json;
  }
  return modelFromSplink(json);
}

function isModel(json: unknown): json is Model {
  if (typeof json !== 'object' || json === null) return false;
  const { comparisons, blocking, thresholds, vetoes } = json as { [key: string]: unknown };
  return (
    Array.isArray(comparisons) &&
    Array.isArray(blocking) &&
    Array.isArray(vetoes) &&
    typeof thresholds === 'object'
  );
}

/** Models become functions, so nothing goes into one but fields we know and plain numbers. */
function mustCompile(model: Model): void {
  const [first] = modelFaults(model);
  if (first === undefined) return;
  throw new Problem('link/model-fault', 400, 'The model holds what is no part of a model.', {
    place: first,
    wayOut: 'Give a model written by ./openics link, or Splink settings.',
  });
}
