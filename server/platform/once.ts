/** Gives what `make` makes, made when it is first asked for and kept. */
export function once<Made extends object>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => (made ??= make());
}
