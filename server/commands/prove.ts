import path from 'node:path';
import { Problem } from '../platform/errors.ts';

export const summary = 'run a long proof: prove NAME';

const folder = path.resolve(import.meta.dirname, '../../bench');

const proofs: Record<string, string> = {
  'access-mutants':
    'each slip put into the code that decides who may see what is noticed by a second way to decide',
  audit: '2,000 tamperings with the audit log: the verifier that stands alone sees every one',
  'audit-kill': 'kill -9 a server while it answers reads, 200 times: no answer without its event on record',
  'audit-kill-signed-in':
    'kill -9 the real server while signed-in people read and write, 200 times: no answer and no write without its event',
  feeds:
    'kill -9 the listener and PostgreSQL under load; senders send again: nothing lost, nothing done twice',
  mutations: '200,000 damaged HL7 v2 messages: each taken or refused with its place, none crashes',
  rows: '10 GB of rows in bounded memory, a row without an end, files wrong at their end: refused, nothing stored',
  kill: 'kill -9 the import and PostgreSQL at random points; the rerun must end with the same content',
  'fhir-cases': "HL7's own test cases: validator, FHIRPath, patch, GraphQL",
  identity: '100,000 random links, merges, unlinks and replacements end as a replay from nothing does',
  counts: 'import the shared data and compare counts with an independent count of the files',
};

type Proof = { prove(args: string[]): Promise<boolean> };

/** Runs a proof that is too long for the tests. The exit code says whether it held. */
export async function run([name, ...args]: string[]): Promise<number> {
  if (name === undefined || name === '--help') {
    console.log('./openics prove NAME\n');
    for (const [proof, what] of Object.entries(proofs)) console.log(`  ${proof.padEnd(12)} ${what}`);
    return name === undefined ? 1 : 0;
  }
  if (!Object.hasOwn(proofs, name)) {
    throw new Problem('prove/unknown', 404, `There is no proof called ${name}.`, {
      wayOut: `Choose one of ${Object.keys(proofs).join(', ')}.`,
    });
  }
  const { prove } = (await import(path.join(folder, `prove-${name}.ts`))) as Proof;
  return (await prove(args)) ? 0 : 1;
}
