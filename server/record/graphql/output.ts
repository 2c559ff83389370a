import type { FieldNode } from 'graphql';
import { unanswerable, type ResponsePath } from './failure.ts';

/** One object of the answer while it grows. Fields keep the order in which they were first met. */
export class OutputObject {
  readonly #fields = new Map<string, OutputField>();
  readonly path: ResponsePath | undefined;

  constructor(path: ResponsePath | undefined) {
    this.path = path;
  }

  /** The field of a name, new or met before. What is met as a list anywhere is a list, unless it is a singleton. */
  field(key: string, isList: boolean, isSingleton: boolean, kind: string, node: FieldNode): OutputField {
    let field = this.#fields.get(key);
    if (field === undefined)
      this.#fields.set(key, (field = new OutputField({ key, parent: this.path }, kind, node)));
    else if (field.kind !== kind) {
      throw unanswerable(
        'invariant',
        'Values of different types come together under one name',
        node,
        field.path,
      );
    }
    field.isList ||= isList;
    field.isSingleton ||= isSingleton;
    return field;
  }

  /** The JSON of the object. A field without values is left out, as in FHIR; a search without matches is an empty list. */
  toJson(): Record<string, unknown> {
    const json: Record<string, unknown> = {};
    for (const [key, field] of this.#fields) {
      if (field.values.length > 0 || field.isKept) json[key] = field.toJson();
    }
    return json;
  }
}

/** One field of the answer: the values met so far, and whether they make a list. */
export class OutputField {
  readonly values: unknown[] = [];
  readonly path: ResponsePath;
  readonly kind: string;
  readonly #node: FieldNode;
  isList = false;
  isSingleton = false;
  isKept = false;

  constructor(path: ResponsePath, kind: string, node: FieldNode) {
    this.path = path;
    this.kind = kind;
    this.#node = node;
  }

  /** A new object among the values. */
  object(): OutputObject {
    const isListed = this.isList && !this.isSingleton;
    const object = new OutputObject(isListed ? { key: this.values.length, parent: this.path } : this.path);
    this.values.push(object);
    return object;
  }

  toJson(): unknown {
    const values = this.values.map((value) => (value instanceof OutputObject ? value.toJson() : value));
    if (this.isList && !this.isSingleton) return values;
    if (values.length > 1)
      throw unanswerable(
        'multiple-matches',
        'A field that is not a list has several values',
        this.#node,
        this.path,
      );
    return values[0];
  }
}
