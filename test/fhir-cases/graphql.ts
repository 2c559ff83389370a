import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { SaxesParser } from 'saxes';
import {
  executeGraphQl,
  parseQuery,
  type GraphQlResult,
  type Source,
} from '../../server/record/graphql/index.ts';
import { openExamples, type Examples } from './graphql-source.ts';

export type GraphQlCase = { name: string; outcome: 'passed' | 'failed' | 'needs'; reason: string };

type Listed = {
  name: string;
  source: string;
  output: string;
  context: string;
  resource?: string;
  operation?: string;
};

/** Values for the variables that a case of the suite declares but does not give. */
const variables = { var: true };

/**
 * Runs HL7's GraphQL cases. `from` is their folder or the whole suite; `r4/examples` beside them holds the resources they
 * ask about, as FHIR publishes them, where it is there.
 */
export async function runGraphQlCases(from: string): Promise<GraphQlCase[]> {
  const inSuite = path.join(from, 'r4/graphql');
  const folder = existsSync(inSuite) ? inSuite : from;
  const cases = listed(await readFile(path.join(folder, 'manifest.xml'), 'utf8'));
  const opened = openExamples(path.join(folder, '../examples'));
  const parsed = parseAll(await readFile(path.join(folder, 'parser-tests.gql'), 'utf8'));
  return [...parsed, ...(await Promise.all(cases.map((one) => runCase(folder, one, opened))))];
}

/** The suite's documents for parsers, each under a heading of its own. */
function parseAll(text: string): GraphQlCase[] {
  const sections = text.split(/^#### /m).slice(1);
  return sections.map((section) => {
    const name = `parser: ${section.slice(0, section.indexOf('\n')).trim()}`;
    try {
      parseQuery(section.slice(section.indexOf('\n')));
      return { name, outcome: 'passed', reason: '' };
    } catch (error) {
      return { name, outcome: 'failed', reason: String(error) };
    }
  });
}

async function runCase(folder: string, one: Listed, examples: Examples): Promise<GraphQlCase> {
  const { name } = one;
  const mustFail = one.output === '$error';
  const files = [one.source, ...(mustFail ? [] : [one.output])].map((file) => path.join(folder, file));
  const missing = files.filter((file) => !existsSync(file)).map((file) => path.basename(file));
  if (missing.length > 0) return { name, outcome: 'needs', reason: `needs ${missing.join(' and ')}` };
  const [type = '', id = ''] = one.context.split('/');
  const focus = one.context === '' ? undefined : examples.find(type, id, one.resource);
  if (one.context !== '' && focus === undefined)
    return { name, outcome: 'needs', reason: `needs the example ${type}/${id}` };
  const [query = '', expected = ''] = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  let searched = false;
  const search: Source['search'] = (requests) => {
    searched = true;
    return examples.source.search(requests);
  };
  const { body } = await executeGraphQl({
    document: query,
    variables,
    source: { ...examples.source, search },
    ...(one.operation === undefined ? {} : { operationName: one.operation }),
    ...(focus === undefined ? {} : { focus }),
  });
  const reason = faultOf(body, mustFail ? undefined : JSON.parse(expected));
  if (reason !== '' && searched && !examples.arePublished)
    return { name, outcome: 'needs', reason: 'needs the published examples to search in' };
  return { name, outcome: reason === '' ? 'passed' : 'failed', reason };
}

function faultOf({ data, errors }: GraphQlResult['body'], expected: unknown): string {
  if (expected === undefined) return errors === undefined ? 'an answer came where an error should' : '';
  if (errors !== undefined) return errors.map(({ message }) => message).join('; ');
  return isDeepStrictEqual(JSON.parse(JSON.stringify(data)), expected) ? '' : 'the answer differs';
}

function listed(manifest: string): Listed[] {
  const cases: Listed[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'test') cases.push(attributes as unknown as Listed);
  });
  parser.write(manifest).close();
  return cases;
}
