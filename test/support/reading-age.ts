/**
 * The age at which a text is read with ease: the Flesch-Kincaid grade and five years. Source: Kincaid et al. 1975, Research Branch Report
 * 8-75: 0.39 words a sentence + 11.8 syllables a word - 15.59.
 */
export function readingAge(text: string): number {
  const sentences = text.split(/[.!?]+(?:\s|$)/).filter((each) => /[a-z]/i.test(each));
  const words = text.match(/[A-Za-z']+/g) ?? [];
  const syllables = words.reduce((sum, word) => sum + syllablesIn(word), 0);
  const grade = 0.39 * (words.length / sentences.length) + 11.8 * (syllables / words.length) - 15.59;
  return Math.max(5, grade + 5);
}

/** Groups of vowels, without a silent e at the end. */
function syllablesIn(word: string): number {
  const plain = word.toLowerCase().replace(/(?:[^laeiouy]es|[^laeiouy]ed|[^aeiouyl]e)$/, '');
  return Math.max(1, plain.match(/[aeiouy]+/g)?.length ?? 1);
}
