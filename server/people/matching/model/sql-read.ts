import { Problem } from '../../../platform/errors.ts';

/** A piece of SQL taken apart. Columns know their side. */
export type Sql =
  | { kind: 'column'; name: string; side: 'l' | 'r' | undefined }
  | { kind: 'number'; value: number }
  | { kind: 'text'; value: string }
  | { kind: 'call'; name: string; args: Sql[] }
  | { kind: 'compare'; op: string; left: Sql; right: Sql }
  | { kind: 'isNull'; of: Sql }
  | { kind: 'and' | 'or'; of: Sql[] }
  | { kind: 'not'; of: Sql };

const word =
  /\s*(?:("(?:[^"]|"")*")|('(?:[^']|'')*')|(\d+(?:\.\d+)?(?:e-?\d+)?)|([A-Za-z_]\w*)|(<=|>=|<>|!=|=|<|>|[(),.\-+]))/gy;

/** Reads the conditions that Splink and we write: comparisons of columns and calls, joined by and, or, not. */
export function readSql(text: string): Sql {
  const words = wordsOf(text);
  let at = 0;
  const refuse = (): never => {
    throw new Problem('link/splink-condition', 400, `This condition is not understood: ${text}`, {
      wayOut:
        'Write it with =, is null, jaro_winkler_similarity, levenshtein, damerau_levenshtein, substr or list functions.',
    });
  };
  const is = (...wanted: string[]): boolean =>
    wanted.every((each, k) => words[at + k]?.toLowerCase() === each);
  const take = (wanted: string): void => {
    if (!is(wanted)) refuse();
    at++;
  };
  const list = (kind: 'and' | 'or', part: () => Sql): Sql => {
    const of = [part()];
    while (is(kind)) {
      at++;
      of.push(part());
    }
    return of.length === 1 ? of[0]! : { kind, of };
  };
  const or = (): Sql => list('or', and);
  const and = (): Sql => list('and', not);
  const not = (): Sql => {
    if (!is('not')) return compare();
    at++;
    return { kind: 'not', of: not() };
  };
  const compare = (): Sql => {
    const left = difference();
    if (is('is', 'null')) {
      at += 2;
      return { kind: 'isNull', of: left };
    }
    const op = words[at];
    if (op === undefined || !/^(?:<=|>=|=|<|>|<>|!=)$/.test(op)) return left;
    at++;
    return { kind: 'compare', op, left, right: difference() };
  };
  const difference = (): Sql => {
    let left = term();
    while (is('-')) {
      at++;
      left = { kind: 'call', name: 'minus', args: [left, term()] };
    }
    return left;
  };
  const term = (): Sql => {
    const first = words[at++] ?? refuse();
    if (first === '(') {
      const inner = or();
      take(')');
      return inner;
    }
    if (/^\d/.test(first)) return { kind: 'number', value: Number(first) };
    if (first.startsWith("'")) return { kind: 'text', value: first.slice(1, -1) };
    if (is('(') && !first.startsWith('"')) return call(first.toLowerCase());
    if (!/^["A-Za-z_]/.test(first)) refuse();
    if (/^[lr]$/i.test(first) && is('.')) {
      at++;
      return { kind: 'column', name: bare(words[at++] ?? refuse()), side: first.toLowerCase() as 'l' | 'r' };
    }
    const name = bare(first);
    const sided = /^(.*)_([lr])$/.exec(name);
    return sided === null
      ? { kind: 'column', name, side: undefined }
      : { kind: 'column', name: sided[1]!, side: sided[2] as 'l' | 'r' };
  };
  const call = (name: string): Sql => {
    take('(');
    const args: Sql[] = [];
    while (!is(')')) {
      args.push(or());
      if (is('as')) at += 2;
      if (is(',')) at++;
      else if (!is(')')) refuse();
    }
    take(')');
    return { kind: 'call', name, args };
  };
  const whole = or();
  if (at < words.length) refuse();
  return whole;
}

function wordsOf(sql: string): string[] {
  const found: string[] = [];
  word.lastIndex = 0;
  let end = 0;
  for (let next = word.exec(sql); next !== null; next = word.exec(sql)) {
    found.push(next[0].trim());
    end = word.lastIndex;
  }
  if (sql.slice(end).trim() !== '') {
    throw new Problem('link/splink-condition', 400, `This condition is not understood: ${sql}`);
  }
  return found;
}

const bare = (name: string): string =>
  name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
