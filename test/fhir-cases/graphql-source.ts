import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { openDefinitions } from '../../server/record/definitions/index.ts';
import { evaluate } from '../../server/record/fhirpath/index.ts';
import { decodeXml, fromXml, parseJsonBytes } from '../../server/record/formats/index.ts';
import type { SearchRequest, Source } from '../../server/record/graphql/index.ts';
import type { Resource } from '../../server/record/types.ts';
import { smallExamples } from './graphql-examples.ts';

const definitions = openDefinitions();

export type Examples = {
  arePublished: boolean;
  find(type: string, id: string, fileName?: string): Resource | undefined;
  source: Source;
};

/** Resources of a folder of FHIR's published examples (`patient-example.xml`), where there is one, else small ones of our own. */
export function openExamples(folder: string): Examples {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const find: Examples['find'] = (type, id, fileName = `${type.toLowerCase()}-${id.toLowerCase()}`) =>
    readExample(folder, names, fileName) ??
    smallExamples.find((one) => one.resourceType === type && one.id === id);
  const ofType = (type: string): Resource[] => {
    const published = readExample(folder, names, `${type.toLowerCase()}-example`);
    return published === undefined ? smallExamples.filter((one) => one.resourceType === type) : [published];
  };
  return {
    arePublished: names.length > 0,
    find,
    source: {
      read: (targets) => Promise.resolve(targets.map(({ type, id }) => find(type, id))),
      search: (requests) => Promise.resolve(requests.map((request) => search(ofType(request.type), request))),
    },
  };
}

function readExample(folder: string, names: string[], name: string): Resource | undefined {
  if (names.includes(`${name}.json`)) return parseJsonBytes(readFileSync(path.join(folder, `${name}.json`)));
  return names.includes(`${name}.xml`)
    ? fromXml(decodeXml(readFileSync(path.join(folder, `${name}.xml`))))
    : undefined;
}

function search(resources: Resource[], { type, parameters }: SearchRequest) {
  const found = resources.filter((resource) =>
    parameters.every(([name, value]) => matches(resource, type, name, value)),
  );
  return { entries: found.map((resource) => ({ resource, mode: 'match' })), total: found.length };
}

/** A search good enough for the cases: references by their text, other values by how they begin. */
function matches(resource: Resource, type: string, name: string, value: string): boolean {
  const expression = definitions.searchParameters(type).find(({ code }) => code === name)?.expression ?? '';
  const own = expression.split('|').find((part) => part.trim().startsWith(`${type}.`)) ?? expression;
  const texts = JSON.stringify(
    evaluate(own.replace('.where(resolve() is Patient)', ''), resource),
  ).toLowerCase();
  return value.split(',').some((one) => texts.includes(`"${one.toLowerCase()}`));
}
