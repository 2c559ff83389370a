/**
 * The line on which the value at a JSON pointer stands in the text of a JSON file; the nearest value around it
 * when there is none.
 */
export function lineOf(text: string, pointer: string): number {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const reader = new PlaceReader(text);
  const at = reader.find(steps);
  return text.slice(0, at).split('\n').length;
}

/** Walks the text of valid JSON to one value. */
class PlaceReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  find(steps: readonly string[]): number {
    this.#skipSpace();
    const here = this.#at;
    const [step, ...rest] = steps;
    if (step === undefined) return here;
    const opening = this.#text[this.#at];
    if (opening !== '{' && opening !== '[') return here;
    this.#at++;
    for (let index = 0; ; index++) {
      this.#skipSpace();
      const next = this.#text[this.#at];
      if (next === '}' || next === ']' || next === undefined) return here;
      if (next === ',') {
        this.#at++;
        index--;
        continue;
      }
      const key = opening === '{' ? this.#key() : String(index);
      if (key === step) return this.find(rest);
      this.#skipValue();
    }
  }

  #key(): string {
    const start = this.#at;
    this.#skipString();
    const key = JSON.parse(this.#text.slice(start, this.#at)) as string;
    this.#skipSpace();
    this.#at++;
    return key;
  }

  #skipValue(): void {
    this.#skipSpace();
    let depth = 0;
    do {
      const character = this.#text[this.#at];
      if (character === undefined) return;
      if (character === '"') this.#skipString();
      else {
        if (character === '{' || character === '[') depth++;
        if (character === '}' || character === ']') depth--;
        this.#at++;
      }
    } while (depth > 0 || /[^\s,\]}]/.test(this.#text[this.#at] ?? ' '));
  }

  #skipString(): void {
    this.#at++;
    while (this.#text[this.#at] !== '"') this.#at += this.#text[this.#at] === '\\' ? 2 : 1;
    this.#at++;
  }

  #skipSpace(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++;
  }
}
