import { Problem } from '../../platform/errors.ts';
import { parseJsonNoting } from '../formats/index.ts';
import type { Change, Issue, Resource } from '../types.ts';
import { actionFor, type Action, type Condition } from './actions.ts';
import { idFor, type Head } from './identity.ts';
import { headOfFound, isWrittenPlainly, jsonOf } from './json-of.ts';
import { rewriteLinks, type Links, type Rewritten } from './links.ts';
import { pathOfReference } from './paths.ts';
import type { Ready } from './plan.ts';
import { itemOfFault, itemOfFound } from './quarantine-item.ts';
import type { Found } from './reading/index.ts';
import type { Resolution, Resolver } from './resolver.ts';
import { unnamedSource } from './source.ts';
import { withoutWrongNumbers } from './unchecked-number.ts';
import { lineVersionOf } from './line-version.ts';
import type { Admitted, QuarantineItem } from './types.ts';

export type AdmissionParts = {
  source: string;
  resolver: Resolver;
  isResourceType(name: string): boolean;
  validate(resource: Resource): Issue[];
};

/** Whether an entry may still wait for what it refers to. */
export type Patience = 'may-wait' | 'last-chance';

type Put = Action & { kind: 'put' };

const nothingFound: ReadonlyMap<string, string> = new Map();

/** Judges entries: what each asks for, whether it is sound, and under which id it is stored. */
export class Admission {
  readonly #parts: AdmissionParts;

  constructor(parts: AdmissionParts) {
    this.#parts = parts;
  }

  /** Judges at once where nothing must be looked up, which is the usual case. */
  admit(ready: Ready, file: string, patience: Patience): Admitted | Promise<Admitted> {
    const place = ready.member === '' ? file : `${file}!${ready.member}`;
    if (ready.part.kind === 'fault') {
      return { kind: 'quarantine', item: itemOfFault(ready.part, place, this.#parts.source) };
    }
    const entry = new Entry(ready.part, ready, place, this.#parts);
    try {
      const admitted = entry.admit(patience);
      return admitted instanceof Promise ? admitted.catch(withoutEntry) : admitted;
    } catch (error) {
      return withoutEntry(error);
    }
  }
}

/** What to do with an entry whose judgement was left. */
function withoutEntry(error: unknown): Admitted {
  if (error instanceof Refused) return { kind: 'quarantine', item: error.item };
  if (error instanceof NotYet) return { kind: 'postpone' };
  throw error;
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
  #id: string | undefined;

  constructor(found: Found, ready: Ready, place: string, parts: AdmissionParts) {
    this.#found = found;
    this.#links = ready.links;
    this.#bundleType = ready.bundleType;
    this.#place = place;
    this.#parts = parts;
  }

  admit(patience: Patience): Admitted | Promise<Admitted> {
    const json = this.#json();
    this.#head = headOfFound(this.#found);
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

  #put(json: string, action: Put, patience: Patience): Admitted | Promise<Admitted> {
    if (this.#head?.type === 'Bundle')
      return this.#store({ text: json, unknown: [], targets: [] }, action.id);
    const rewritten = rewriteLinks(json, this.#links, nothingFound);
    const isClear = rewritten.unknown.length === 0;
    if (isClear && action.unless === undefined && action.inPlaceOf === undefined) {
      return this.#store(rewritten, action.id);
    }
    return this.#putAfterLooking(json, rewritten, action, patience);
  }

  async #putAfterLooking(json: string, first: Rewritten, action: Put, patience: Patience): Promise<Admitted> {
    const rewritten =
      first.unknown.length === 0 ? first : await this.#lookedUp(json, first.unknown, patience);
    const condition = action.unless ?? action.inPlaceOf;
    if (condition === undefined || this.#head === undefined) return this.#store(rewritten, action.id);
    const { type, id: own } = this.#head;
    const inHand = `${type}/${action.id ?? idFor(this.#found, own, this.#parts.source)}`;
    const target = await this.#target(condition, inHand);
    if (action.unless !== undefined && target !== inHand) return this.#done('unchanged');
    return this.#store(rewritten, target.slice(type.length + 1));
  }

  /** Reads and checks the resource; `id` is where it goes when that is not its own id. */
  #store(rewritten: Rewritten, id: string | undefined): Admitted {
    const { resource: read, isPlain } = this.#parsed(rewritten.text);
    const { resourceType: type } = read;
    if (!this.#parts.isResourceType(type)) {
      throw this.#refused('not-supported', 'FHIR R4 has no resource of this type.', {
        wayOut: 'Correct resourceType, or ask the sender for R4.',
      });
    }
    const named = id ?? idFor(this.#found, read.id, this.#parts.source);
    let resource = withId(read, named);
    this.#id = named;
    let issues = this.#parts.validate(resource);
    const corrected = issues.some(isError) ? withoutWrongNumbers(resource) : undefined;
    if (corrected !== undefined) {
      resource = corrected;
      issues = this.#parts.validate(resource);
    }
    if (issues.some(isError)) throw this.#unsound(issues);
    const source = this.#parts.source === unnamedSource ? {} : { source: this.#parts.source };
    const changeOf = (parsed: Resource): Change => ({
      kind: 'put',
      type,
      id: named,
      resource: parsed,
      ...source,
    });
    return {
      kind: 'change',
      name: `${type}/${named}`,
      type,
      deletes: false,
      change: changeOf(resource),
      isPlain,
      written:
        corrected === undefined && isWrittenPlainly(this.#found, rewritten.text) ? rewritten.text : undefined,
      remake: () => {
        const again = withId(this.#parsed(rewritten.text).resource, named);
        return changeOf(corrected === undefined ? again : (withoutWrongNumbers(again) ?? again));
      },
      wrongNumbers: corrected === undefined ? 0 : 1,
      lineVersion: this.#bundleType === undefined ? lineVersionOf(resource) : undefined,
      length: rewritten.text.length,
      targets: rewritten.targets,
      warnings: issues.length === 0 ? 0 : issues.filter((issue) => issue.severity === 'warning').length,
      item: this.#item,
    };
  }

  async #lookedUp(json: string, unknown: readonly string[], patience: Patience): Promise<Rewritten> {
    const answers = await this.#parts.resolver.links(unknown);
    const targets = new Map<string, string>();
    for (const [link, answer] of answers) targets.set(link, this.#resolved(link, answer, json, patience));
    return rewriteLinks(json, this.#links, targets);
  }

  #resolved(link: string, answer: Resolution, json: string, patience: Patience): string {
    if (answer.kind === 'found') return answer.target;
    if (answer.kind === 'nothing' && patience === 'may-wait') throw new NotYet();
    const path = pathOfReference(this.#parsed(json).resource, link);
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
    const change: Change = { kind: 'delete', type, id };
    return {
      kind: 'change',
      name: `${type}/${id}`,
      type,
      deletes: true,
      change,
      isPlain: true,
      written: undefined,
      remake: () => change,
      length: 0,
      targets: [],
      wrongNumbers: 0,
      lineVersion: undefined,
      warnings: 0,
      item: this.#item,
    };
  }

  async #deleteMatching(condition: Condition): Promise<Admitted> {
    const answer = await this.#parts.resolver.condition(condition);
    if (answer.kind === 'nothing') return { kind: 'done', outcome: 'unchanged', type: condition.type };
    if (answer.kind !== 'found') throw this.#unresolved(answer, 'Bundle.entry.request');
    return this.#delete(condition.type, answer.target.slice(condition.type.length + 1));
  }

  #parsed(json: string): ReturnType<typeof parseJsonNoting> {
    try {
      return parseJsonNoting(json);
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

  readonly #item = (code: string, reason: string): QuarantineItem =>
    itemOfFound(this.#found, {
      file: this.#place,
      source: this.#parts.source,
      head: this.#head,
      id: this.#id,
      links: this.#links,
      bundleType: this.#bundleType,
      code,
      reason,
    });
}

const isError = (issue: Issue): boolean => issue.severity === 'error' || issue.severity === 'fatal';

/** The same resource with an id, in its usual place. */
function withId(resource: Resource, id: string): Resource {
  if (resource.id === id) return resource;
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
