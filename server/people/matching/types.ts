/** What one source says about who somebody is. Everything may be missing; nothing need be tidy. Dates as they came. */
export type Particulars = {
  nhsNumber?: string | undefined;
  /** Another number that is meant to be one person's own: hospital number, pupil number ... */
  otherNumber?: string | undefined;
  family?: readonly string[] | undefined;
  given?: readonly string[] | undefined;
  /** Whole names in one text, where a source does not part them. */
  fullNames?: readonly string[] | undefined;
  /** Names used before, or beside: maiden names, aliases. */
  previousNames?: readonly { family?: string | undefined; given?: string | undefined }[] | undefined;
  birthDate?: string | undefined;
  deathDate?: string | undefined;
  sex?: string | undefined;
  addresses?: readonly Address[] | undefined;
  phones?: readonly string[] | undefined;
  emails?: readonly string[] | undefined;
  birthPlace?: string | undefined;
  occupation?: string | undefined;
};

/** The newest address comes first; past ones follow. */
export type Address = {
  lines?: readonly string[] | undefined;
  place?: string | undefined;
  postcode?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

/** Fields with one value. */
export const textFields = [
  'nhsNumber',
  'otherNumber',
  'given',
  'givenRoot',
  'family',
  'familySound',
  'birthDate',
  'birthYear',
  'birthMonth',
  'birthDay',
  'deathDate',
  'sex',
  'postcode',
  'outcode',
  'house',
  'street',
  'place',
  'email',
  'emailUser',
  'occupation',
] as const;

/** Fields with any number of values. */
export const listFields = ['names', 'middle', 'postcodes', 'phones'] as const;

export type TextField = (typeof textFields)[number];
export type ListField = (typeof listFields)[number];
export type Field = TextField | ListField;

/**
 * Particulars in the form that is compared: small letters a to z and digits, or nothing. Names in other scripts are
 * transliterated; `original` keeps them as they came. Plain data: it may be kept as JSON.
 */
export type Normalised = { [field in TextField]?: string } & { [field in ListField]?: string[] } & {
  original?: { given?: string; family?: string };
};

export type Contribution = {
  comparison: string;
  level: string;
  /** In bits, term frequency included. */
  weight: number;
  /** The part of the weight that comes from how common the value is. */
  termFrequency: number;
};

/** Why two records must not be joined by a program. */
export type Veto =
  | 'two-nhs-numbers'
  | 'wrong-nhs-number'
  | 'twins'
  | 'birth-date-and-given-name-differ'
  | 'sex-and-given-name-differ';

/** What two records say about each other outside the weights; the ladder of sure rules stands on it. */
export type Agreement = {
  nhsNumber: 'same' | 'different' | 'unknown';
  birthDate: 'same' | 'partly' | 'different' | 'unknown';
  /** First letter of the given name and first three of the family name, as the NHS cross-check compares them. */
  nameKey: boolean | undefined;
  /** A present or past outward postcode is the same. */
  outcode: boolean | undefined;
  given: 'same' | 'like' | 'different' | 'unknown';
};

export type Evidence = {
  /** Bits: the prior and all contributions. 0 means even odds. */
  weight: number;
  probability: number;
  contributions: Contribution[];
  vetoes: Veto[];
  agreement: Agreement;
};

/** One known record and what the arriving one has in common with it. `of` names the person it belongs to. */
export type Candidate = { of: string; evidence: Evidence };

export type Judgement = {
  verdict: 'link' | 'review' | 'new';
  /** The person meant, unless the verdict is `new` and nobody is like it. */
  of?: string;
  method: 'nhs-number-and-birth-date' | 'nhs-number-cross-check' | 'probabilistic' | 'none';
  /** Who may see a review: `sealed` may tell of a changed identity, `quarantine` of a wrong number. */
  queue?: 'ordinary' | 'quarantine' | 'sealed';
  weight?: number;
  /** Bits to the next best person; infinite without a rival. */
  margin: number;
  reasons: string[];
};
