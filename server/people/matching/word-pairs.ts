/** A table written as words in turn: what stands for what. An empty value is written as a hyphen. */
export function wordPairs(text: string): ReadonlyMap<string, string> {
  const words = text.trim().split(/\s+/);
  const pairs = new Map<string, string>();
  for (let i = 0; i + 1 < words.length; i += 2)
    pairs.set(words[i]!, words[i + 1] === '-' ? '' : words[i + 1]!);
  return pairs;
}
