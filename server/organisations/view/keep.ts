import type { Graph } from '../rules/index.ts';

/**
 * Keeps the latest answers of a slow question for as long as the graph is the same. Questions are told apart by their key; the oldest
 * answer goes when there are more than `most`.
 */
export function keepLatest<Answer>(
  most = 50,
): (graph: Graph, key: string, ask: () => Promise<Answer>) => Promise<Answer> {
  let held: { graph: Graph; answers: Map<string, Promise<Answer>> } | undefined;
  return (graph, key, ask) => {
    if (held?.graph !== graph) held = { graph, answers: new Map() };
    const { answers } = held;
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = ask();
    answers.set(key, answer);
    answer.catch(() => answers.delete(key));
    if (answers.size > most) answers.delete(answers.keys().next().value!);
    return answer;
  };
}
