/** What the package registry answered about the dependencies that run in production. */
export type AuditAnswer =
  { state: 'not-asked'; why: string } | { state: 'asked'; grave: string[]; lesser: string[] };

const graveOnes = new Set(['high', 'critical']);

type Said = {
  message?: unknown;
  error?: unknown;
  vulnerabilities?: Record<string, { severity?: string; range?: string }>;
};

/** Reads what `npm audit --json` printed. Anything but an answer means that nobody was asked. */
export function readAudit(printed: string): AuditAnswer {
  const said = parsed(printed);
  if (said?.vulnerabilities === undefined)
    return {
      state: 'not-asked',
      why: typeof said?.message === 'string' ? said.message : 'the registry did not answer',
    };
  const found = Object.entries(said.vulnerabilities).map(([name, { severity = 'unknown', range = '' }]) => ({
    isGrave: graveOnes.has(severity),
    line: `${name} ${range}: ${severity}`.trim(),
  }));
  return {
    state: 'asked',
    grave: found.filter(({ isGrave }) => isGrave).map(({ line }) => line),
    lesser: found.filter(({ isGrave }) => !isGrave).map(({ line }) => line),
  };
}

function parsed(printed: string): Said | undefined {
  try {
    return JSON.parse(printed.slice(printed.indexOf('{'))) as Said;
  } catch {
    return undefined;
  }
}
