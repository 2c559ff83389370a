import path from 'node:path';
import { runFhirPathCases } from '../test/fhir-cases/fhirpath.ts';
import { runGraphQlCases } from '../test/fhir-cases/graphql.ts';
import { runPatchCases } from '../test/fhir-cases/patch.ts';
import { disagreementGroup, runValidatorCases } from '../test/fhir-cases/validator.ts';

type Case = { name: string; outcome: 'passed' | 'failed' | 'needs'; reason?: string };

const folder = path.resolve(import.meta.dirname, '../../shared/data/fhir-test-cases');

/** Runs HL7's own test cases and prints how many pass, fail, or need a package or a terminology server that is not here. */
export async function prove(args: string[]): Promise<boolean> {
  const from = args[0] === undefined ? folder : path.resolve(args[0]);
  const suites: [string, (from: string) => Promise<Case[]> | Case[]][] = [
    ['validator', (root) => runValidatorCases(path.join(root, 'validator'))],
    [
      'FHIRPath',
      (root) =>
        runFhirPathCases(path.join(root, 'r4/fhirpath'), [
          path.join(root, 'r4/examples'),
          path.join(root, 'r4'),
        ]),
    ],
    ['patch', runPatchCases],
    ['GraphQL', runGraphQlCases],
  ];
  console.log('| suite | passed | failed | needs what is not here | passed of those that could run |');
  console.log('| --- | --- | --- | --- | --- |');
  const failures: [string, Case][] = [];
  for (const [name, run] of suites) {
    const cases = await run(from);
    const count = (outcome: Case['outcome']): number =>
      cases.filter((each) => each.outcome === outcome).length;
    const [passed, failed, needs] = [count('passed'), count('failed'), count('needs')];
    console.log(
      `| ${name} | ${passed} | ${failed} | ${needs} | ${((100 * passed) / (passed + failed)).toFixed(1)}% |`,
    );
    failures.push(
      ...cases.filter((each) => each.outcome === 'failed').map((each): [string, Case] => [name, each]),
    );
  }
  console.log('\nFailed, by reason:');
  const groups = new Map<string, string[]>();
  for (const [suite, { name, reason }] of failures) {
    const why = reason ?? 'no reason given';
    const group = `${suite}: ${suite === 'validator' ? disagreementGroup(why) : why}`;
    groups.set(group, [...(groups.get(group) ?? []), name]);
  }
  for (const [group, names] of [...groups].sort(([, a], [, b]) => b.length - a.length)) {
    console.log(
      `- ${names.length} ${group} (${names.slice(0, 6).join(', ')}${names.length > 6 ? ', ...' : ''})`,
    );
  }
  return true;
}
