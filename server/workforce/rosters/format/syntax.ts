/** The line on which a text stops being JSON, counted from 1; undefined where all of it is JSON. */
export function brokenLine(text: string): number | undefined {
  const reader = new Reader(text);
  return reader.isWhole() ? undefined : text.slice(0, reader.at).split(/\r\n?|\n/).length;
}

const tokens = {
  space: /[ \t\r\n]*/y,
  string: /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y,
  plain: /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])/y,
} as const;

/** Reads JSON as far as it goes; `at` is where it stands. */
class Reader {
  readonly #text: string;
  at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  isWhole(): boolean {
    return this.#value() && this.at === this.#text.length;
  }

  #take(token: keyof typeof tokens): boolean {
    const pattern = tokens[token];
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#text)?.[0];
    this.at += found?.length ?? 0;
    return found !== undefined;
  }

  /** Takes one character and the space after it. */
  #takeSign(sign: string): boolean {
    if (this.#text[this.at] !== sign) return false;
    this.at++;
    return this.#take('space');
  }

  #value(): boolean {
    this.#take('space');
    const isRead = this.#takeSign('{')
      ? this.#list(
          '}',
          () => this.#take('string') && this.#take('space') && this.#takeSign(':') && this.#value(),
        )
      : this.#takeSign('[')
        ? this.#list(']', () => this.#value())
        : this.#take('string') || this.#take('plain');
    return isRead && this.#take('space');
  }

  #list(end: string, member: () => boolean): boolean {
    if (this.#takeSign(end)) return true;
    do if (!member()) return false;
    while (this.#takeSign(','));
    return this.#takeSign(end);
  }
}
