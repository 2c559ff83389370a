/** One row as a text that is the same whatever the order of the members. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`;
}

/** What must be added and what withdrawn so that what is held becomes what is said. A row said twice is added once. */
export function difference<Row>(
  held: readonly { id: string; row: Row }[],
  said: readonly Row[],
): { added: Row[]; withdrawn: string[] } {
  const open = new Map<string, string[]>();
  for (const { id, row } of held) {
    const key = canonical(row);
    open.set(key, [...(open.get(key) ?? []), id]);
  }
  const kept = new Set<string>();
  const added: Row[] = [];
  for (const row of said) {
    const key = canonical(row);
    if (kept.has(key)) continue;
    kept.add(key);
    if (!open.has(key)) added.push(row);
  }
  const withdrawn = [...open].flatMap(([key, ids]) => (kept.has(key) ? ids.slice(1) : ids));
  return { added, withdrawn };
}
