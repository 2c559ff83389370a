/** One requirement of OWASP ASVS and how we stand to it. A proof is a file, and words it must hold. */
export type AsvsAnswer = {
  id: string;
  state: 'met' | 'planned' | 'not-applicable';
  note: string;
  proof: { file: string; holds?: string }[];
};

export type AsvsAnswers = { standard: string; answers: AsvsAnswer[] };

const words = { met: 'met', planned: 'planned', 'not-applicable': 'not applicable' } as const;

/** Writes the answers as a page: how many of each, then one line for each requirement. */
export function asvsPage({ standard, answers }: AsvsAnswers): string {
  const counted = (state: AsvsAnswer['state']): number =>
    answers.filter((each) => each.state === state).length;
  return `# ${standard}, levels 1 and 2

Written from \`asvs.json\` by \`node server/access/reports/write.ts\`; a test keeps the two alike and looks for each proof. The
requirements themselves are OWASP's: look them up by id. Planned means that nothing proves it yet, whatever the code does.

| met | planned | not applicable | all |
| --- | --- | --- | --- |
| ${counted('met')} | ${counted('planned')} | ${counted('not-applicable')} | ${answers.length} |

| requirement | state | how we know, or why not |
| --- | --- | --- |
${answers.map(line).join('\n')}
`;
}

const line = ({ id, state, note, proof }: AsvsAnswer): string =>
  `| ${id} | ${words[state]} | ${[note, ...proof.map(proofText)].join(' ')} |`;

const proofText = ({ file, holds }: AsvsAnswer['proof'][number]): string => {
  const link = `[${file}](../../${file})`;
  return holds === undefined || !file.includes('.test.') ? `${link}.` : `${link}: “${holds}”.`;
};

/** What is wrong with the answers: proofs that are not there, and what is called met without one. */
export function asvsFaults({ answers }: AsvsAnswers, read: (file: string) => string | undefined): string[] {
  return answers.flatMap(({ id, state, proof }) => [
    ...((state === 'met') === proof.length > 0
      ? []
      : [`${id} is ${words[state]} with ${proof.length} proofs`]),
    ...proof.flatMap(({ file, holds }) => {
      const text = read(file);
      if (text === undefined) return [`${id}: there is no ${file}`];
      return holds === undefined || text.includes(holds) ? [] : [`${id}: ${file} does not hold “${holds}”`];
    }),
  ]);
}
