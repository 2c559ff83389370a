import { Problem } from '../../platform/errors.ts';

/** FHIRPath grammar. Source: http://hl7.org/fhirpath/N1/#expressions and its precedence table. */

export type Ast =
  | { kind: 'literal'; type: LiteralType; text: string; unit?: string }
  | { kind: 'empty' }
  | { kind: 'this' | 'index' | 'total' }
  | { kind: 'variable'; name: string }
  | { kind: 'member'; name: string; isFirst: boolean }
  | { kind: 'call'; name: string; args: Ast[] }
  | { kind: 'dot'; left: Ast; right: Ast }
  | { kind: 'at'; left: Ast; index: Ast }
  | { kind: 'sign'; operator: '+' | '-'; of: Ast }
  | { kind: 'binary'; operator: string; left: Ast; right: Ast }
  | { kind: 'type'; operator: 'is' | 'as'; left: Ast; type: string };

export type LiteralType =
  'String' | 'Boolean' | 'Integer' | 'Long' | 'Decimal' | 'Date' | 'DateTime' | 'Time' | 'Quantity';

type Token = {
  kind: 'string' | 'number' | 'date' | 'name' | 'quoted' | 'variable' | 'dollar' | 'symbol' | 'end';
  text: string;
  at: number;
};

const time = String.raw`\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?`;

const tokenPattern = new RegExp(
  [
    String.raw`(?<space>\s+|//[^\n\r]*|/\*[\s\S]*?\*/)`,
    String.raw`(?<date>@(?:T${time}|\d{4}(?:-\d\d(?:-\d\d)?)?(?:T(?:${time})?(?:Z|[+-]\d\d:\d\d)?)?))`,
    String.raw`(?<number>\d+(?:\.\d+)?L?)`,
    String.raw`(?<string>'(?:[^'\\]|\\[\s\S])*')`,
    String.raw`(?<quoted>\x60(?:[^\x60\\]|\\[\s\S])*\x60)`,
    String.raw`(?<variable>%(?:[A-Za-z_]\w*(?:-[A-Za-z]\w*)*|\x60(?:[^\x60\\]|\\[\s\S])*\x60|'(?:[^'\\]|\\[\s\S])*'))`,
    String.raw`(?<dollar>\$(?:this|index|total))`,
    String.raw`(?<name>[A-Za-z_]\w*)`,
    String.raw`(?<symbol>!=|!~|<=|>=|[.,()[\]{}+\-*/&|<>=~])`,
  ].join('|'),
  'y',
);

const levels: Record<string, number> = { implies: 1, or: 2, xor: 2, and: 3, in: 4, contains: 4 };
Object.assign(levels, {
  '=': 5,
  '~': 5,
  '!=': 5,
  '!~': 5,
  '<': 6,
  '>': 6,
  '<=': 6,
  '>=': 6,
  '|': 7,
  is: 8,
  as: 8,
});
Object.assign(levels, { '+': 9, '-': 9, '&': 9, '*': 10, '/': 10, div: 10, mod: 10 });

const dateUnit = /^(?:year|month|week|day|hour|minute|second|millisecond)s?$/;
const maxDepth = 200;

/** Reads an expression into a tree. Throws a Problem with the place when it is not FHIRPath. */
export function parse(expression: string): Ast {
  const parser = new Parser(expression, tokensOf(expression));
  return parser.whole();
}

function syntaxError(expression: string, at: number): Problem {
  return new Problem(
    'record/fhirpath-syntax',
    400,
    `The FHIRPath expression cannot be read at character ${at + 1}.`,
    {
      place: expression.slice(0, 500),
      wayOut: 'Correct the expression.',
    },
  );
}

function tokensOf(expression: string): Token[] {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < expression.length) {
    const at = tokenPattern.lastIndex;
    const groups = tokenPattern.exec(expression)?.groups;
    if (!groups) throw syntaxError(expression, at);
    const [kind, text] = Object.entries(groups).find(([, found]) => found !== undefined) as [
      Token['kind'] | 'space',
      string,
    ];
    if (kind !== 'space') tokens.push({ kind, text, at });
  }
  tokens.push({ kind: 'end', text: '', at: expression.length });
  return tokens;
}

class Parser {
  readonly #expression: string;
  readonly #tokens: Token[];
  #next = 0;
  #depth = 0;

  constructor(expression: string, tokens: Token[]) {
    this.#expression = expression;
    this.#tokens = tokens;
  }

  whole(): Ast {
    const ast = this.#binary(0);
    if (this.#peek().kind !== 'end') throw this.#error();
    return ast;
  }

  #peek(): Token {
    return this.#tokens[this.#next]!;
  }

  #take(): Token {
    return this.#tokens[this.#next++]!;
  }

  #error(): Problem {
    return syntaxError(this.#expression, this.#peek().at);
  }

  #isNext(text: string): boolean {
    const token = this.#peek();
    return token.text === text && (token.kind === 'symbol' || token.kind === 'name');
  }

  #expect(text: string): void {
    if (!this.#isNext(text)) throw this.#error();
    this.#next++;
  }

  #binary(level: number): Ast {
    if (++this.#depth > maxDepth) throw this.#error();
    let left = this.#signed();
    for (;;) {
      const { kind, text } = this.#peek();
      const own = kind === 'symbol' || kind === 'name' ? levels[text] : undefined;
      if (own === undefined || own <= level) break;
      this.#next++;
      if (text === 'is' || text === 'as')
        left = { kind: 'type', operator: text, left, type: this.#typeName() };
      else left = { kind: 'binary', operator: text, left, right: this.#binary(own) };
    }
    this.#depth--;
    return left;
  }

  #signed(): Ast {
    if (this.#isNext('-') || this.#isNext('+')) {
      const operator = this.#take().text as '+' | '-';
      return { kind: 'sign', operator, of: this.#signed() };
    }
    return this.#chain();
  }

  #chain(): Ast {
    let left = this.#term();
    for (;;) {
      if (this.#isNext('.')) {
        this.#next++;
        left = { kind: 'dot', left, right: this.#invocation(false) };
      } else if (this.#isNext('[')) {
        this.#next++;
        left = { kind: 'at', left, index: this.#binary(0) };
        this.#expect(']');
      } else {
        return left;
      }
    }
  }

  #term(): Ast {
    const token = this.#peek();
    switch (token.kind) {
      case 'string':
        this.#next++;
        return { kind: 'literal', type: 'String', text: unescape(token.text.slice(1, -1)) };
      case 'number':
        return this.#number();
      case 'date':
        this.#next++;
        return dateLiteral(token.text) ?? this.#fail(token);
      case 'variable':
        this.#next++;
        return { kind: 'variable', name: unquote(token.text.slice(1)) };
      case 'symbol':
        return this.#group();
      default:
        return this.#invocation(true);
    }
  }

  #fail(token: Token): never {
    throw syntaxError(this.#expression, token.at);
  }

  #group(): Ast {
    if (this.#isNext('(')) {
      this.#next++;
      const inner = this.#binary(0);
      this.#expect(')');
      return inner;
    }
    this.#expect('{');
    this.#expect('}');
    return { kind: 'empty' };
  }

  #number(): Ast {
    const { text } = this.#take();
    const unit = this.#peek();
    if (unit.kind === 'string') {
      this.#next++;
      return { kind: 'literal', type: 'Quantity', text, unit: unescape(unit.text.slice(1, -1)) };
    }
    if (unit.kind === 'name' && dateUnit.test(unit.text)) {
      this.#next++;
      return { kind: 'literal', type: 'Quantity', text, unit: ` ${unit.text}` };
    }
    if (text.endsWith('L')) return { kind: 'literal', type: 'Long', text: text.slice(0, -1) };
    return { kind: 'literal', type: text.includes('.') ? 'Decimal' : 'Integer', text };
  }

  #invocation(isFirst: boolean): Ast {
    const token = this.#take();
    if (token.kind === 'dollar') return { kind: token.text.slice(1) as 'this' };
    if (token.kind !== 'name' && token.kind !== 'quoted') this.#fail(token);
    const isLiteral = isFirst && token.kind === 'name' && (token.text === 'true' || token.text === 'false');
    if (isLiteral) return { kind: 'literal', type: 'Boolean', text: token.text };
    const name = unquote(token.text);
    if (!this.#isNext('(')) return { kind: 'member', name, isFirst };
    this.#next++;
    const args: Ast[] = [];
    while (!this.#isNext(')')) {
      if (args.length > 0) this.#expect(',');
      args.push(this.#argument(name));
    }
    this.#next++;
    return { kind: 'call', name, args };
  }

  /** `sort` alone allows `asc` and `desc` after a key. */
  #argument(name: string): Ast {
    const ast = this.#binary(0);
    const word = this.#peek().text;
    if (name !== 'sort' || (word !== 'asc' && word !== 'desc')) return ast;
    this.#next++;
    return word === 'desc' ? { kind: 'sign', operator: '-', of: ast } : ast;
  }

  #typeName(): string {
    const parts: string[] = [];
    do {
      const token = this.#take();
      if (token.kind !== 'name' && token.kind !== 'quoted') this.#fail(token);
      parts.push(unquote(token.text));
    } while (this.#isNext('.') && this.#take());
    return parts.join('.');
  }
}

function unquote(text: string): string {
  return text.startsWith('`') || text.startsWith("'") ? unescape(text.slice(1, -1)) : text;
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', f: '\f' };

function unescape(text: string): string {
  return text.replaceAll(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_, hex: string | undefined, other: string) =>
    hex === undefined ? (escapes[other] ?? other) : String.fromCodePoint(Number.parseInt(hex, 16)),
  );
}

const timeLiteral = new RegExp(`^@T(${time})$`);
const dateTimeLiteral = new RegExp(
  String.raw`^@(\d{4}(?:-\d\d(?:-\d\d)?)?)T((?:${time})?(?:Z|[+-]\d\d:\d\d)?)$`,
);

function dateLiteral(text: string): Ast | undefined {
  const timeOnly = timeLiteral.exec(text)?.[1];
  if (timeOnly !== undefined) return { kind: 'literal', type: 'Time', text: timeOnly };
  if (/^@\d{4}(?:-\d\d(?:-\d\d)?)?$/.test(text))
    return { kind: 'literal', type: 'Date', text: text.slice(1) };
  const [, date, rest] = dateTimeLiteral.exec(text) ?? [];
  if (date === undefined) return undefined;
  return { kind: 'literal', type: 'DateTime', text: rest === '' ? date : `${date}T${rest}` };
}
