import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { SaxesParser } from 'saxes';
import { Problem } from '../../server/platform/errors.ts';
import { fromXml } from '../../server/record/formats/index.ts';
import { applyJsonPatch, fhirPathPatch } from '../../server/record/patch/index.ts';
import type { Json, Resource } from '../../server/record/types.ts';
import { sameTree } from './round-trip.ts';

export type PatchCase = { name: string; outcome: 'passed' | 'failed' | 'needs'; reason: string };

type JsonCase = { comment: string; doc: Json; patch: Json; expected?: Json; error?: string };
type FhirPathCase = { name: string; parts: Map<string, string> };

/** Runs HL7's JSON Patch and FHIRPath Patch cases, each against the answer it comes with. `from` is their folder or the whole suite. */
export async function runPatchCases(from: string): Promise<PatchCase[]> {
  const inSuite = path.join(from, 'r4/patch');
  const folder = existsSync(inSuite) ? inSuite : from;
  const jsonCases = JSON.parse(
    await readFile(path.join(folder, 'json-patch-tests.json'), 'utf8'),
  ) as JsonCase[];
  const fhirPathCases = splitCases(await readFile(path.join(folder, 'fhir-patch-tests.xml'), 'utf8'));
  return [...jsonCases.map(runJsonCase), ...fhirPathCases.map(runFhirPathCase)];
}

function runJsonCase({ comment, doc, patch, expected, error }: JsonCase): PatchCase {
  return judge(`JSON Patch: ${comment}`, error !== undefined, () => {
    const patched = applyJsonPatch(doc, patch);
    return sameTree({ resourceType: '', patched }, { resourceType: '', patched: expected });
  });
}

function runFhirPathCase({ name, parts }: FhirPathCase): PatchCase {
  const resource = fromXml(parts.get('input') ?? '');
  const parameters = fromXml(parts.get('diff') ?? '');
  return judge(`FHIRPath Patch: ${name}`, parts.has('error'), () =>
    sameTree(collapsed(fhirPathPatch(resource, parameters)), collapsed(fromXml(parts.get('output') ?? ''))),
  );
}

/** One case indents its narrative in two ways, which is the same XHTML: runs of white space count as one space. */
function collapsed(resource: Resource): Resource {
  const text = resource['text'] as { div?: string } | undefined;
  if (text?.div === undefined) return resource;
  const div = text.div
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?(<[^>]*>) ?/g, '$1')
    .replaceAll('&quot;', '"');
  return { ...resource, text: { ...text, div } };
}

function judge(name: string, mustFail: boolean, run: () => boolean): PatchCase {
  try {
    const isRight = run();
    if (mustFail) return { name, outcome: 'failed', reason: 'the patch was applied, but should be refused' };
    return { name, outcome: isRight ? 'passed' : 'failed', reason: isRight ? '' : 'the result differs' };
  } catch (problem) {
    if (mustFail && problem instanceof Problem) return { name, outcome: 'passed', reason: '' };
    return { name, outcome: 'failed', reason: String(problem) };
  }
}

/** The cases of the file; each part (`input`, `diff`, `output`, `error`) is the text between its tags. */
function splitCases(xml: string): FhirPathCase[] {
  const cases: FhirPathCase[] = [];
  const open: { name: string; start: number }[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'case') cases.push({ name: attributes['name'] ?? '', parts: new Map() });
    open.push({ name, start: parser.position });
  });
  parser.on('closetag', ({ name, isSelfClosing }) => {
    const { start } = open.pop() as { name: string; start: number };
    if (open.at(-1)?.name !== 'case') return;
    const end = isSelfClosing ? start : xml.lastIndexOf('<', parser.position - 1);
    cases.at(-1)?.parts.set(name, xml.slice(start, end).trim());
  });
  parser.write(xml).close();
  return cases;
}
