/**
 * Invariants that R4 (4.0.1) publishes with a mistake in the expression, and what HL7 has since corrected them to.
 * Source: the same constraints in FHIR R4B and R5, http://hl7.org/fhir/R4B/questionnaire.html#invs
 */
export const correctedExpressions: Record<string, { published: string; corrected: string }> = {
  'que-7': {
    published: "operator = 'exists' implies (answer is Boolean)",
    corrected: "operator = 'exists' implies (answer is boolean)",
  },
  'que-12': {
    published: 'enableWhen.count() > 2 implies enableBehavior.exists()',
    corrected: 'enableWhen.count() > 1 implies enableBehavior.exists()',
  },
};

/**
 * Extensions whose published context leaves out where R4's own definitions use them.
 * Source: the context in HL7's later extensions package, http://hl7.org/fhir/extensions/StructureDefinition-structuredefinition-fhir-type.html
 */
export const correctedContexts: Record<string, string[]> = {
  'http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type': ['ElementDefinition.type'],
};
