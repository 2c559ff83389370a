import { Problem } from '../../platform/errors.ts';
import { isResourceType } from '../resource-types.ts';
import type { Issue, Resource } from '../types.ts';

/** The code system of our own problem codes, as they stand in `OperationOutcome.issue.details.coding`. */
export const problemSystem = 'urn:openics:problem';

const lineExtension = 'http://hl7.org/fhir/StructureDefinition/operationoutcome-issue-line';
const columnExtension = 'http://hl7.org/fhir/StructureDefinition/operationoutcome-issue-col';

const issueTypeByStatus: Record<number, string> = {
  400: 'invalid',
  401: 'login',
  403: 'forbidden',
  404: 'not-found',
  405: 'not-supported',
  406: 'not-supported',
  409: 'conflict',
  410: 'deleted',
  412: 'conflict',
  413: 'too-long',
  415: 'not-supported',
  422: 'processing',
  429: 'throttled',
  501: 'not-supported',
  503: 'transient',
};

/** A resource that was read but breaks the rules of FHIR or of its profiles. It carries every issue found. */
export class Unacceptable extends Problem {
  readonly issues: Issue[];

  constructor(issues: Issue[]) {
    super(
      'rest/unacceptable',
      breaksProfileOnly(issues) ? 422 : 400,
      'The resource breaks the rules of FHIR.',
      {
        wayOut: 'Mend each place named in the outcome and send it again. Nothing was stored.',
      },
    );
    this.issues = issues;
  }
}

/** An OperationOutcome that names each issue, its place and what to do. */
export function outcomeOf(issues: readonly Issue[]): Resource {
  return { resourceType: 'OperationOutcome', issue: issues.map(issueElement) };
}

/** The OperationOutcome and HTTP status for whatever was thrown. Unknown errors say nothing of their inside. */
export function outcomeOfError(error: unknown, reference?: string): { status: number; outcome: Resource } {
  if (error instanceof Unacceptable) return { status: error.status, outcome: outcomeOf(error.issues) };
  if (error instanceof Problem) return { status: error.status, outcome: problemOutcome(error) };
  const problem = new Problem(
    'rest/unexpected',
    500,
    'Something went wrong inside the server. Nothing was stored.',
    {
      wayOut: `Send it again. If it happens again, report ${reference === undefined ? 'it' : `reference ${reference}`}.`,
    },
  );
  return { status: 500, outcome: problemOutcome(problem) };
}

/** An OperationOutcome that says all is well. */
export function allOk(text: string): Resource {
  return {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'information', code: 'informational', details: { text } }],
  };
}

/** True when something in the list forbids storing. */
export function hasErrors(issues: readonly Issue[]): boolean {
  return issues.some((issue) => issue.severity === 'error' || issue.severity === 'fatal');
}

function problemOutcome(problem: Problem): Resource {
  const issue: Record<string, unknown> = {
    severity: problem.status >= 500 ? 'fatal' : 'error',
    code: issueTypeByStatus[problem.status] ?? (problem.status >= 500 ? 'exception' : 'processing'),
    details: { coding: [{ system: problemSystem, code: problem.code }], text: problem.message },
  };
  if (problem.wayOut !== undefined) issue['diagnostics'] = problem.wayOut;
  const line = /^line (\d+)(?:, column (\d+))?$/.exec(problem.place ?? '');
  if (line !== null)
    return { resourceType: 'OperationOutcome', issue: [{ extension: lineOf(line[1]!, line[2]), ...issue }] };
  if (problem.place !== undefined) issue['expression'] = [expressionOf(problem.place)];
  return { resourceType: 'OperationOutcome', issue: [issue] };
}

function issueElement(issue: Issue): Record<string, unknown> {
  const element: Record<string, unknown> = {};
  if (issue.line !== undefined) {
    element['extension'] = lineOf(issue.line, issue.column);
  }
  element['severity'] = issue.severity;
  element['code'] = issue.code;
  element['details'] = { text: issue.text };
  if (issue.rule !== undefined) element['diagnostics'] = `Rule: ${issue.rule}`;
  if (issue.path !== '') element['expression'] = [issue.path];
  return element;
}

function lineOf(line: number | string, column: number | string | undefined): unknown[] {
  return [
    { url: lineExtension, valueInteger: Number(line) },
    ...(column === undefined ? [] : [{ url: columnExtension, valueInteger: Number(column) }]),
  ];
}

/** A place in a resource as it is; a header or parameter after `http.`, as FHIR R4 asks of OperationOutcome.issue.expression. */
function expressionOf(place: string): string {
  return isResourceType(place.split(/[.[]/, 1)[0]!) ? place : `http.${place}`;
}

function breaksProfileOnly(issues: readonly Issue[]): boolean {
  return issues.every(
    (issue) => issue.severity === 'warning' || issue.severity === 'information' || isProfileRule(issue.rule),
  );
}

function isProfileRule(rule: string | undefined): boolean {
  return rule !== undefined && /^https?:/.test(rule) && !rule.startsWith('http://hl7.org/fhir/');
}
