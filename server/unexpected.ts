/** An unexpected error is told by its reference, kind and place in the code. Its message may hold a person's data, so it is left out. */
export function tellUnexpected(reference: string, error: unknown): void {
  const kind = error instanceof Error ? error.name : typeof error;
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  console.error(`Unexpected ${kind}, reference ${reference}\n${frames.join('\n')}`);
}
