import type { Fault } from './known-faults.ts';

/** What the package registry answered about the dependencies that run in production. */
export type AuditAnswer = { state: 'not-asked'; why: string } | { state: 'asked'; faults: Fault[] };

type Via = { source?: number | string; name?: string; url?: string; severity?: string };
type Said = { message?: unknown; vulnerabilities?: Record<string, { via?: (Via | string)[] }> };

/** Reads what `npm audit --json` printed. Anything but an answer means that nobody was asked. */
export function readAudit(printed: string): AuditAnswer {
  const said = parsed(printed);
  if (said?.vulnerabilities === undefined)
    return {
      state: 'not-asked',
      why: typeof said?.message === 'string' ? said.message : 'the registry did not answer',
    };
  const faults = new Map<string, Fault>();
  for (const [at, { via = [] }] of Object.entries(said.vulnerabilities)) {
    for (const each of via) {
      if (typeof each === 'string') continue;
      const { name = at, severity = 'critical', url, source } = each;
      const id = /GHSA(?:-[0-9a-z]{4}){3}$/.exec(url ?? '')?.[0] ?? String(source ?? 'without a number');
      faults.set(`${id} ${name}`, { id, package: name, severity });
    }
  }
  return { state: 'asked', faults: [...faults.values()] };
}

function parsed(printed: string): Said | undefined {
  try {
    return JSON.parse(printed.slice(printed.indexOf('{'))) as Said;
  } catch {
    return undefined;
  }
}
