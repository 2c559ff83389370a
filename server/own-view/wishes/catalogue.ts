export type WishKind = 'language' | 'interpreter' | 'contact' | 'adjustment';

export type WishSort = {
  kind: WishKind;
  code: string;
  words: string;
  /** What staff read. */ forStaff: string;
};

const adjustment = (code: string, words: string, forStaff: string): WishSort => ({
  kind: 'adjustment',
  code,
  words,
  forStaff,
});
const contact = (code: string, words: string, forStaff: string): WishSort => ({
  kind: 'contact',
  code,
  words,
  forStaff,
});

/**
 * What a person can ask for. The sorts of help follow the information standard for the Reasonable Adjustment Flag (DAPB4019) and for
 * accessible information (DAPB1605), from memory: the codes are ours and unconfirmed.
 */
export const catalogue: readonly WishSort[] = [
  adjustment('more-time', 'I need more time at appointments', 'Needs longer appointments'),
  adjustment('quiet-place', 'I need a quiet place to wait', 'Needs a quiet place to wait'),
  adjustment(
    'first-or-last',
    'I need to be seen first or last',
    'Needs the first or last appointment of the day',
  ),
  adjustment('step-free', 'I cannot use stairs', 'Needs step-free access'),
  adjustment('hoist', 'I need help to move', 'Needs help to move: plan staff and hoist'),
  adjustment(
    'easy-words',
    'I need things said in easy words',
    'Needs information in easy words, checked that it was understood',
  ),
  adjustment('hear', 'I find it hard to hear', 'Hearing: face the person, speak clearly, use a loop'),
  adjustment('lip-read', 'I read lips', 'Reads lips: be seen, and take off the mask where it is safe'),
  adjustment('sign', 'I use British Sign Language', 'Needs a British Sign Language interpreter'),
  adjustment('see', 'I find it hard to see', 'Sight: guide, say who you are and what you do'),
  adjustment('carer', 'I want someone with me', 'Wants a person of their choice present'),
  adjustment(
    'needles',
    'I am very scared of needles or tests',
    'Great fear of needles or tests: plan together first',
  ),
  adjustment('touch', 'Ask before you touch me', 'Ask before touching'),
  adjustment('assistance-dog', 'I come with a dog that helps me', 'Comes with an assistance dog'),
  contact('letter', 'Send me letters', 'Contact by letter'),
  contact('phone', 'Phone me', 'Contact by phone'),
  contact('text', 'Send me texts', 'Contact by text message'),
  contact('email', 'Send me emails', 'Contact by email'),
  contact('no-phone', 'Do not phone me', 'Do not phone'),
  contact('large-print', 'Use large print', 'Needs large print'),
  contact('easy-read', 'Use easy words and pictures', 'Needs easy read'),
  contact('braille', 'Use braille', 'Needs braille'),
  contact('audio', 'Send me sound I can listen to', 'Needs audio'),
  { kind: 'interpreter', code: 'needed', words: 'I need an interpreter', forStaff: 'Needs an interpreter' },
];

/** Languages by code (BCP 47). Others can be written in words. */
export const languages: readonly (readonly [code: string, name: string])[] = [
  ['en', 'English'],
  ['ar', 'Arabic'],
  ['bn', 'Bengali'],
  ['bfi', 'British Sign Language'],
  ['cy', 'Welsh'],
  ['fa', 'Farsi'],
  ['fr', 'French'],
  ['gu', 'Gujarati'],
  ['it', 'Italian'],
  ['ku', 'Kurdish'],
  ['lt', 'Lithuanian'],
  ['pa', 'Punjabi'],
  ['pl', 'Polish'],
  ['ps', 'Pashto'],
  ['pt', 'Portuguese'],
  ['ro', 'Romanian'],
  ['ru', 'Russian'],
  ['so', 'Somali'],
  ['es', 'Spanish'],
  ['ta', 'Tamil'],
  ['ti', 'Tigrinya'],
  ['tr', 'Turkish'],
  ['uk', 'Ukrainian'],
  ['ur', 'Urdu'],
  ['yue', 'Cantonese'],
  ['zh', 'Mandarin'],
];

const languageNames = new Map(languages);

/** What a wish says to staff; undefined when there is no such wish. */
export function staffWords({ kind, code }: { kind: WishKind; code: string }): string | undefined {
  if (kind === 'language') {
    const name = languageNames.get(code);
    return name === undefined ? undefined : `Speaks ${name}`;
  }
  return catalogue.find((each) => each.kind === kind && each.code === code)?.forStaff;
}
