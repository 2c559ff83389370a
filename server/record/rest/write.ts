import { Problem } from '../../platform/errors.ts';
import type { Outcome, Resource } from '../types.ts';
import type { Answer, Call } from './call.ts';
import { allOk } from './outcome.ts';

/** Checks that a resource sent is of the type (and has the id) that the address names. */
export function requireMatch(resource: Resource, type: string, id: string | undefined, place: string): void {
  if (resource.resourceType !== type) {
    throw new Problem(
      'rest/wrong-type',
      400,
      `The address is for ${type}, but the resource is of another type.`,
      {
        place: `${place}.resourceType`,
        wayOut: `Send a ${type}, or use the address of the resource's own type.`,
      },
    );
  }
  if (id === undefined || resource.id === id) return;
  throw new Problem('rest/wrong-id', 400, 'The id in the resource is not the id in the address.', {
    place: `${place}.id`,
    wayOut: 'Send the same id in both places.',
  });
}

/** The answer to one write, as `Prefer: return` asks: the resource, nothing, or a word that it went well. */
export function writeAnswer(call: Call, outcome: Outcome): Answer {
  const { stored } = outcome;
  const status = outcome.kind === 'created' ? 201 : 200;
  const answer: Answer = {
    status,
    version: stored.version,
    lastModified: stored.lastUpdated,
    location: `${call.baseUrl}/${stored.type}/${stored.id}/_history/${stored.version}`,
  };
  const wanted = call.prefer.answer ?? 'representation';
  if (wanted === 'representation') answer.json = stored.content;
  if (wanted === 'OperationOutcome') answer.json = JSON.stringify(allOk(saying[outcome.kind]));
  return answer;
}

const saying: Record<Outcome['kind'], string> = {
  created: 'The resource was created.',
  updated: 'A new version was stored.',
  unchanged: 'The resource says what was stored already, so no new version was made.',
  deleted: 'The resource was deleted.',
  absent: 'There was nothing to delete.',
};

/** The answer to a delete: 204, or 200 with a word when the client asks for one. */
export function deleteAnswer(call: Call, outcome: Outcome | undefined): Answer {
  const version =
    outcome !== undefined && outcome.kind === 'deleted' ? { version: outcome.stored.version } : {};
  if (call.prefer.answer !== 'OperationOutcome') return { status: 204, ...version };
  return { status: 200, json: JSON.stringify(allOk(saying[outcome?.kind ?? 'absent'])), ...version };
}
