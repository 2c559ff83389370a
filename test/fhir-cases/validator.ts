import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Problem } from '../../server/platform/errors.ts';
import {
  openDefinitions,
  readPackage,
  type DefinitionPackage,
} from '../../server/record/definitions/index.ts';
import { fromXml, parseJsonBytes } from '../../server/record/formats/index.ts';
import type { Issue, Resource } from '../../server/record/types.ts';
import { createValidator, type Validator } from '../../server/record/validation/index.ts';
import { missingFromHere, type ExpectedIssue } from './validator-needs.ts';

export { disagreementGroup } from './validator-needs.ts';

export type CaseResult = { name: string; outcome: 'passed' | 'failed' | 'needs'; reason: string };

type Expectation = string | { outcome?: ExpectedOutcome; errorCount?: number } | null;
export type ExpectedOutcome = { issue?: ExpectedIssue[] };

type Run = { source?: string; supporting?: string[]; packages?: string[]; java?: Expectation };
type Case = Run & {
  name: string;
  file: string;
  version?: string;
  module?: string;
  profiles?: string[];
  profile?: Run;
  logical?: unknown;
  tags?: string[];
  'allow-comments'?: boolean;
};

/** Runs HL7's validator cases in a folder (manifest.json, resources, outcomes/). A case agrees when both or neither find an error. */
export function runValidatorCases(dir: string): CaseResult[] {
  const manifest = JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8')) as { 'test-cases': Case[] };
  const validators = new Map<string, Validator>();
  return manifest['test-cases'].flatMap((one) => {
    const base = runOne(dir, one, undefined, validators);
    const results = [base];
    if (one.profile) results.push(runOne(dir, one, one.profile, validators));
    if (one.logical)
      results.push({
        name: `${one.name} (logical)`,
        outcome: 'needs',
        reason: 'needs a logical model of another package',
      });
    return results;
  });
}

function runOne(
  dir: string,
  one: Case,
  profile: Run | undefined,
  validators: Map<string, Validator>,
): CaseResult {
  const name = profile ? `${one.name} (profile)` : one.name;
  const expected = readExpected(dir, (profile ?? one).java);
  if (!expected) return { name, outcome: 'needs', reason: 'no expected outcome is here' };
  const need = missing(dir, one, profile);
  if (need !== undefined) return { name, outcome: 'needs', reason: need };
  const issues = validate(dir, one, profile, validators);
  const errors = issues.filter((issue) => issue.severity === 'error' || issue.severity === 'fatal');
  const wanted = (expected.issue ?? []).filter(
    (issue) => issue.severity === 'error' || issue.severity === 'fatal',
  );
  if (errors.length > 0 === wanted.length > 0) return { name, outcome: 'passed', reason: '' };
  if (wanted.length > 0) {
    const terminology = missingFromHere(wanted);
    if (terminology !== undefined) return { name, outcome: 'needs', reason: terminology };
    return {
      name,
      outcome: 'failed',
      reason: `error wanted: ${wanted
        .map((issue) => issue.details?.text ?? issue.code)
        .join(' / ')
        .slice(0, 300)}`,
    };
  }
  return {
    name,
    outcome: 'failed',
    reason: `no error wanted: ${errors
      .map((issue) => `${issue.path}: ${issue.text}`)
      .join(' / ')
      .slice(0, 300)}`,
  };
}

function readExpected(dir: string, expectation: Expectation | undefined): ExpectedOutcome | undefined {
  if (expectation === null || expectation === undefined) return undefined;
  if (typeof expectation !== 'string') {
    const { outcome, errorCount } = expectation;
    return (
      outcome ??
      (errorCount === undefined
        ? undefined
        : { issue: Array.from({ length: errorCount }, () => ({ severity: 'error' })) })
    );
  }
  const path = join(dir, 'outcomes', expectation);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as ExpectedOutcome) : undefined;
}

/** What a case needs that is not here. */
function missing(dir: string, one: Case, profile: Run | undefined): string | undefined {
  if (one['allow-comments']) return 'needs JSON with comments, which FHIR JSON does not allow';
  const packages = [...(one.packages ?? []), ...(profile?.packages ?? [])];
  const absentPackage = packages.find((name) => !existsSync(join(dir, name)));
  if (absentPackage !== undefined) return `needs the package ${absentPackage}`;
  const files = [one.file, ...supportingFiles(one, profile)];
  const absentFile = files.find((name) => !existsSync(join(dir, name)));
  if (absentFile !== undefined) return `needs the file ${absentFile}`;
  const read = readResource(join(dir, one.file));
  const version = 'resource' in read ? read.resource['fhirVersion'] : undefined;
  return typeof version === 'string' && version.startsWith('5.') ? 'needs the definitions of R5' : undefined;
}

function supportingFiles(one: Case, profile: Run | undefined): string[] {
  const source = profile?.source !== undefined && !profile.source.includes('://') ? [profile.source] : [];
  return [...(one.supporting ?? []), ...(one.profiles ?? []), ...(profile?.supporting ?? []), ...source];
}

function validate(
  dir: string,
  one: Case,
  profile: Run | undefined,
  validators: Map<string, Validator>,
): Issue[] {
  const read = readResource(join(dir, one.file));
  if (!('resource' in read)) return [read];
  const packages = [...(one.packages ?? []), ...(profile?.packages ?? [])];
  const files = supportingFiles(one, profile);
  const supporting = files
    .map((name) => readResource(join(dir, name)))
    .flatMap((file) => ('resource' in file ? [file.resource] : []));
  const key = [...packages, ...files].join('|');
  let validator = validators.get(key);
  if (!validator) {
    const loaded = packages.map((name) => readPackage(join(dir, name), { fromXml }));
    const beside: DefinitionPackage = { name: 'supporting', version: '1', resources: supporting };
    validator = createValidator(openDefinitions({ packages: [...loaded, beside] }));
    validators.set(key, validator);
  }
  const url = profile?.source?.includes('://') ? profile.source : profileUrl(dir, profile);
  const resolve = (reference: string): Resource | undefined =>
    supporting.find((other) => matches(other, reference));
  return validator.validate(read.resource, { profiles: url === undefined ? [] : [url], resolve });
}

function profileUrl(dir: string, profile: Run | undefined): string | undefined {
  if (profile?.source === undefined) return undefined;
  const read = readResource(join(dir, profile.source));
  return 'resource' in read ? (read.resource['url'] as string) : undefined;
}

function matches(resource: Resource, reference: string): boolean {
  const [url, version] = reference.split('|');
  const isCanonical = resource['url'] === url && (version === undefined || version === resource['version']);
  return isCanonical || reference === `${resource.resourceType}/${resource.id}`;
}

function readResource(path: string): { resource: Resource } | Issue {
  const bytes = readFileSync(path);
  try {
    const resource = basename(path).endsWith('.xml')
      ? fromXml(bytes.toString('utf8'))
      : parseJsonBytes(bytes);
    return { resource };
  } catch (error) {
    if (error instanceof Problem)
      return { severity: 'fatal', code: 'structure', path: '', text: error.message };
    throw error;
  }
}
