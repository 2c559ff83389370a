import { hash } from 'node:crypto';

const known = new Map<string, string>();
const mostNamed = 200;

/**
 * A name for a statement that reads a few patients' ranges, so that it is planned once for each connection. Its plan is
 * the same whatever the values. Only so many texts get a name, because each takes memory on every connection.
 */
export function statementName(text: string): string | undefined {
  const found = known.get(text);
  if (found !== undefined || known.size >= mostNamed) return found;
  const name = `search-${hash('sha256', text, 'hex').slice(0, 24)}`;
  known.set(text, name);
  return name;
}
