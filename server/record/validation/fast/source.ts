/** Source text of one generated function, with the values it needs from outside. */
export type Source = {
  /** Adds a value and gives the name it has inside. */
  constant(value: unknown): string;
  /** Adds a function beside the main one and gives its name. */
  helper(parameters: string, body: string): string;
  /** A new name. */
  name(prefix: string): string;
  /** Makes the function. */
  build(parameters: string, body: string): (...args: never[]) => unknown;
};

/** Starts a generated function. Only definitions, never resources, go into its text, and each text from them is quoted. */
export function createSource(): Source {
  const values: unknown[] = [];
  const names = new Map<unknown, string>();
  const helpers: string[] = [];
  let count = 0;
  const source: Source = {
    name: (prefix) => `${prefix}${++count}`,
    constant(value) {
      const known = names.get(value);
      if (known !== undefined) return known;
      const name = source.name('k');
      values.push(value);
      names.set(value, name);
      return name;
    },
    helper(parameters, body) {
      const name = source.name('h');
      helpers.push(`function ${name}(${parameters}) {\n${body}\n}`);
      return name;
    },
    build(parameters, body) {
      const text = `'use strict';\n${helpers.join('\n')}\nreturn function (${parameters}) {\n${body}\n};`;
      // oxlint-disable-next-line typescript/no-implied-eval
      const make = new Function(...names.values(), text) as (
        ...given: unknown[]
      ) => (...args: never[]) => unknown;
      return make(...values);
    },
  };
  return source;
}

/** A JavaScript property access; names come from definitions and are quoted unless plain. */
export function property(object: string, key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `${object}.${key}` : `${object}[${JSON.stringify(key)}]`;
}
