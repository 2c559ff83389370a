/**
 * The statements of a migration, one by one: Citus passes a change of a spread table on only when it comes alone. A
 * statement ends with a semicolon at the end of a line, outside `$$`.
 */
export function statementsOf(sql: string): string[] {
  const statements: string[] = [];
  let lines: string[] = [];
  let inBody = false;
  for (const line of sql.split('\n')) {
    if (!inBody && /^\s*(?:--.*)?$/.test(line)) continue;
    lines.push(line);
    if (line.split('$$').length % 2 === 0) inBody = !inBody;
    if (inBody || !/;\s*(?:--.*)?$/.test(line)) continue;
    statements.push(lines.join('\n'));
    lines = [];
  }
  if (lines.length > 0) statements.push(lines.join('\n'));
  return statements;
}
