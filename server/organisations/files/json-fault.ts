const token =
  /\s*(?:([{}[\],:])|("(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/uy;

/** Where a text stops being JSON: the place of its first token that does not fit. JavaScript's own parser does not always say. */
export function jsonFaultAt(text: string): number {
  const open: string[] = [];
  let wanted: 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma' | 'nothing' = 'value';
  for (token.lastIndex = 0; ;) {
    const start = token.lastIndex;
    const found = token.exec(text);
    const at = start + /^\s*/.exec(text.slice(start, start + 10_000))![0].length;
    if (found === null) return at;
    const [, mark, value] = found;
    const after = (): typeof wanted => (open.length === 0 ? 'nothing' : 'comma');
    if (value !== undefined) {
      if (wanted === 'key' || wanted === 'key-or-end') {
        if (!value.startsWith('"')) return at;
        wanted = 'colon';
      } else if (wanted === 'value' || wanted === 'value-or-end') wanted = after();
      else return at;
    } else if (mark === '{' || mark === '[') {
      if (wanted !== 'value' && wanted !== 'value-or-end') return at;
      open.push(mark);
      wanted = mark === '{' ? 'key-or-end' : 'value-or-end';
    } else if (mark === ':') {
      if (wanted !== 'colon') return at;
      wanted = 'value';
    } else if (mark === ',') {
      if (wanted !== 'comma') return at;
      wanted = open.at(-1) === '{' ? 'key' : 'value';
    } else {
      const isEmpty = mark === '}' ? 'key-or-end' : 'value-or-end';
      if ((wanted !== 'comma' && wanted !== isEmpty) || open.pop() !== (mark === '}' ? '{' : '[')) return at;
      wanted = after();
    }
  }
}
