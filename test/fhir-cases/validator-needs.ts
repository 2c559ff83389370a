/** An issue that HL7's own validator gave. */
export type ExpectedIssue = { severity: string; code?: string; details?: { text?: string } };

const outside = String.raw`http://(?:snomed\.info|loinc\.org|unitsofmeasure\.org|www\.nlm\.nih\.gov|terminology\.hl7\.org|www\.ama-assn|hl7\.org/fhir/sid)|urn:iso|tx\.fhir\.org`;
const fromTerminology = new RegExp(
  `(?:code|display|coding|value set|CodeSystem|ECL).*(?:${outside})|Invalid ECL`,
  'is',
);
const fromPackage = /The extension (\S+) could not be found so is not allowed here|^Unknown profile URL/;

/** Says what outside terminology or package a case rests on, when every error expected comes from one that is not here. */
export function missingFromHere(wanted: ExpectedIssue[]): string | undefined {
  const texts = wanted.map((issue) => issue.details?.text ?? '');
  if (texts.length === 0 || !texts.every((text) => fromTerminology.test(text) || fromPackage.test(text)))
    return undefined;
  const kind = texts.some((text) => fromTerminology.test(text))
    ? 'a terminology server'
    : 'the package of an extension';
  return `needs ${kind}: ${texts[0]?.slice(0, 160)}`;
}

const groups: [RegExp, string][] = [
  [
    /magic LOINC|Constraint failed: vs-|Wrong Display Name/,
    'vital-signs profiles are not forced onto observations by their code',
  ],
  [/ctm-1|onBehalfOf|Group\b/, 'the case follows R5'],
  [/Hyperlink/, 'links inside a narrative are not followed'],
  [/embedded HTML/, "tags in plain text are refused only when a caller asks HL7's validator to"],
  [
    /filter|property|propert|derivedFrom|owning committee/,
    'rules for authors of terminology and search parameters',
  ],
  [/control characters/, 'control characters are refused, as R4 says'],
  [/jurisdiction/, 'the value set rests on country codes that are not here'],
  [/Unable to resolve/, 'references are looked up only when a caller gives a way'],
  [/slice/i, 'slices of slices'],
];

/** Puts a disagreement under a heading, so that a reader sees what kinds there are. */
export function disagreementGroup(reason: string): string {
  return groups.find(([pattern]) => pattern.test(reason))?.[1] ?? 'other';
}
