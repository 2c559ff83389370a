import { Problem } from '../../platform/errors.ts';
import { parseJson } from '../formats/index.ts';
import type { Issue, Resource } from '../types.ts';
import { actionFor, type Action, type Condition } from './actions.ts';
import { headOf, idFor, type Head } from './identity.ts';
import { jsonOf } from './json-of.ts';
import { rewriteLinks, type Links, type Rewritten } from './links.ts';
import { pathOfReference } from './paths.ts';
import type { Ready } from './plan.ts';
import { itemOfFault, itemOfFound } from './quarantine-item.ts';
import type { Found } from './reading/index.ts';
import type { Resolution, Resolver } from './resolver.ts';
import type { Admitted, QuarantineItem } from './types.ts';

export type AdmissionParts = {
  source: string;
  resolver: Resolver;
  isResourceType(name: string): boolean;
  validate(resource: Resource): Issue[];
};

/** Whether an entry may still wait for what it refers to. */
export type Patience = 'may-wait' | 'last-chance';

const nothingFound: ReadonlyMap<string, string> = new Map();

/** Judges entries: what each asks for, whether it is sound, and under which id it is stored. */
export class Admission {
  readonly #parts: AdmissionParts;

  constructor(parts: AdmissionParts) {
    this.#parts = parts;
  }

  async admit(ready: Ready, file: string, patience: Patience): Promise<Admitted> {
    const place = ready.member === '' ? file : `${file}!${ready.member}`;
    if (ready.part.kind === 'fault') {
      return { kind: 'quarantine', item: itemOfFault(ready.part, place, this.#parts.source) };
    }
    const entry = new Entry(ready.part, ready, place, this.#parts);
    try {
      return await entry.admit(patience);
    } catch (error) {
      if (error instanceof Refused) return { kind: 'quarantine', item: error.item };
      if (error instanceof NotYet) return { kind: 'postpone' };
      throw error;
    }
  }
}

/** Leaves the judgement of an entry that cannot be stored. */
class Refused extends Error {
  readonly item: QuarantineItem;

  constructor(item: QuarantineItem) {
    super(item.code);
    this.item = item;
  }
}

/** Leaves the judgement of an entry that must wait. */
class NotYet extends Error {}

class Entry {
  readonly #found: Found;
  readonly #links: Links;
  readonly #bundleType: string | undefined;
  readonly #place: string;
  readonly #parts: AdmissionParts;
  #head: Head | undefined;
  #resource: Resource | undefined;

  constructor(found: Found, ready: Ready, place: string, parts: AdmissionParts) {
    this.#found = found;
    this.#links = ready.links;
    this.#bundleType = ready.bundleType;
    this.#place = place;
    this.#parts = parts;
  }

  async admit(patience: Patience): Promise<Admitted> {
    const json = this.#json();
    this.#head = json === '' ? undefined : headOf(json);
    const action = actionFor(this.#found, this.#head, this.#bundleType);
    switch (action.kind) {
      case 'skip':
        return this.#done('skipped');
      case 'refuse':
        throw this.#refused(action.code, action.reason, { wayOut: action.wayOut });
      case 'delete':
        return this.#delete(action.type, action.id);
      case 'delete-matching':
        return this.#deleteMatching(action.condition);
      case 'put':
        return this.#put(json, action, patience);
    }
  }

  #json(): string {
    try {
      return jsonOf(this.#found);
    } catch (error) {
      throw this.#unreadable(error);
    }
  }

  async #put(json: string, action: Action & { kind: 'put' }, patience: Patience): Promise<Admitted> {
    const rewritten = this.#head?.type === 'Bundle' ? untouched(json) : await this.#rewritten(json, patience);
    const resource = this.#parsed(rewritten.text);
    const { resourceType: type } = resource;
    if (!this.#parts.isResourceType(type)) {
      throw this.#refused('not-supported', 'FHIR R4 has no resource of this type.', {
        wayOut: 'Correct resourceType, or ask the sender for R4.',
      });
    }
    let id = action.id ?? idFor(this.#found, resource.id, this.#parts.source);
    if (action.unless !== undefined) {
      const target = await this.#target(action.unless, `${type}/${id}`);
      if (target !== `${type}/${id}`) return this.#done('unchanged');
    }
    if (action.inPlaceOf !== undefined) {
      id = (await this.#target(action.inPlaceOf, `${type}/${id}`)).slice(type.length + 1);
    }
    const named = resource.id === id ? resource : withId(resource, id);
    this.#resource = named;
    const issues = this.#parts.validate(named);
    if (issues.some(isError)) throw this.#unsound(issues);
    return {
      kind: 'change',
      change: { kind: 'put', type, id, resource: named },
      text: this.#found.text,
      targets: rewritten.targets,
      warnings: issues.filter((issue) => issue.severity === 'warning').length,
      item: () => this.#item('conflict', ''),
    };
  }

  async #rewritten(json: string, patience: Patience): Promise<Rewritten> {
    const first = rewriteLinks(json, this.#links, nothingFound);
    if (first.unknown.length === 0) return first;
    const answers = await this.#parts.resolver.links(first.unknown);
    const targets = new Map<string, string>();
    for (const [link, answer] of answers) targets.set(link, this.#resolved(link, answer, json, patience));
    return rewriteLinks(json, this.#links, targets);
  }

  #resolved(link: string, answer: Resolution, json: string, patience: Patience): string {
    if (answer.kind === 'found') return answer.target;
    if (answer.kind === 'nothing' && patience === 'may-wait') throw new NotYet();
    const path = pathOfReference(this.#parsed(json), link);
    throw this.#unresolved(answer, path);
  }

  /** What a condition of the entry's request finds; when nothing, the resource in hand, which others will then find. */
  async #target(condition: Condition, inHand: string): Promise<string> {
    const answer = await this.#parts.resolver.condition(condition);
    if (answer.kind === 'found') return answer.target;
    if (answer.kind !== 'nothing') throw this.#unresolved(answer, 'Bundle.entry.request');
    this.#parts.resolver.expect(condition, inHand);
    return inHand;
  }

  #delete(type: string, id: string): Admitted {
    if (!this.#parts.isResourceType(type)) {
      throw this.#refused('not-supported', 'FHIR R4 has no resource of this type.');
    }
    return {
      kind: 'change',
      change: { kind: 'delete', type, id },
      text: '',
      targets: [],
      warnings: 0,
      item: () => this.#item('conflict', ''),
    };
  }

  async #deleteMatching(condition: Condition): Promise<Admitted> {
    const answer = await this.#parts.resolver.condition(condition);
    if (answer.kind === 'nothing') return { kind: 'done', outcome: 'unchanged', type: condition.type };
    if (answer.kind !== 'found') throw this.#unresolved(answer, 'Bundle.entry.request');
    return this.#delete(condition.type, answer.target.slice(condition.type.length + 1));
  }

  #parsed(json: string): Resource {
    try {
      return parseJson(json);
    } catch (error) {
      throw this.#unreadable(error);
    }
  }

  #done(outcome: 'skipped' | 'unchanged'): Admitted {
    return { kind: 'done', outcome, type: this.#head?.type ?? 'unknown' };
  }

  #unsound(issues: Issue[]): Refused {
    const first = issues.find(isError)!;
    const item = this.#item(first.code, first.text);
    return new Refused({ ...item, path: first.path, issues });
  }

  /** A Problem of the formats room as a refusal, its line and column counted from the start of the input. */
  #unreadable(error: unknown): unknown {
    if (!(error instanceof Problem)) return error;
    const item = this.#item('structure', error.message);
    if (error.wayOut !== undefined) item.wayOut = 'Mend the text at this place and replay it.';
    const inner = /^line (\d+), column (\d+)$/.exec(error.place ?? '');
    if (inner !== null && item.line !== undefined) {
      const [line, column] = [Number(inner[1]), Number(inner[2])];
      item.column = line === 1 ? (item.column ?? 1) + column - 1 : column;
      item.line += line - 1;
    }
    return new Refused(item);
  }

  #unresolved(answer: Resolution, path: string): Refused {
    const [code, reason, wayOut] = wordsFor(answer);
    return this.#refused(code, reason, { path, wayOut });
  }

  #refused(code: string, reason: string, more: { path?: string; wayOut?: string } = {}): Refused {
    return new Refused({ ...this.#item(code, reason), ...more });
  }

  #item(code: string, reason: string): QuarantineItem {
    return itemOfFound(this.#found, {
      file: this.#place,
      source: this.#parts.source,
      head: this.#head,
      id: this.#resource?.id,
      links: this.#links,
      bundleType: this.#bundleType,
      code,
      reason,
    });
  }
}

const isError = (issue: Issue): boolean => issue.severity === 'error' || issue.severity === 'fatal';

const untouched = (text: string): Rewritten => ({ text, unknown: [], targets: [] });

/** The same resource with an id, in its usual place. */
function withId(resource: Resource, id: string): Resource {
  const { resourceType, ...rest } = resource;
  return { resourceType, ...rest, id };
}

function wordsFor(answer: Resolution): [code: string, reason: string, wayOut: string] {
  if (answer.kind === 'several') {
    return [
      'multiple-matches',
      'A reference by search matches more than one resource.',
      'Mend the reference so that it names one, and replay it.',
    ];
  }
  if (answer.kind === 'not-understood') {
    return [
      'not-supported',
      answer.reason,
      'Mend the search, or name the resource as Type/id, and replay it.',
    ];
  }
  return [
    'not-found',
    'It refers to a resource that is neither in its bundle nor in the record.',
    'Import the resource it refers to, or mend the reference, and replay it.',
  ];
}
