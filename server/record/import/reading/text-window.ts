/** The part of a character stream that is being looked at. Positions count from the beginning of the stream. */
export class TextWindow {
  #text = '';
  /** Position of the first character in hand. */
  #base = 0;
  #line = 1;
  #lineStart = 0;

  /** Position after the last character in hand. */
  get end(): number {
    return this.#base + this.#text.length;
  }

  get length(): number {
    return this.#text.length;
  }

  append(text: string): void {
    this.#text += text;
  }

  slice(from: number, to: number): string {
    return this.#text.slice(from - this.#base, to - this.#base);
  }

  lastIndexOf(text: string, from: number): number {
    return this.#text.lastIndexOf(text, from - this.#base) + this.#base;
  }

  /** Where a sticky-free pattern first matches at or after a position, or -1. */
  search(pattern: RegExp, from: number): number {
    const found = this.#text.slice(from - this.#base).search(pattern);
    return found === -1 ? -1 : from + found;
  }

  /** Lets go of what lies before a position. */
  drop(to: number): void {
    const cut = Math.min(to, this.end) - this.#base;
    if (cut <= 0) return;
    const place = this.placeOf(this.#base + cut);
    this.#line = place.line;
    this.#lineStart = this.#base + cut + 1 - place.column;
    this.#text = this.#text.slice(cut);
    this.#base += cut;
  }

  placeOf(position: number): { line: number; column: number } {
    let line = this.#line;
    let lineStart = this.#lineStart;
    const to = position - this.#base;
    for (
      let found = this.#text.indexOf('\n');
      found !== -1 && found < to;
      found = this.#text.indexOf('\n', found + 1)
    ) {
      line += 1;
      lineStart = this.#base + found + 1;
    }
    return { line, column: position - lineStart + 1 };
  }
}
