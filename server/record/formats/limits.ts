/** How deep a document may nest. FHIR sets no limit; 100 leaves room for 25 levels of questions within questions. */
export const maxDepth = 100;

/** How many characters one XML document may have, unless the caller says otherwise. */
export const maxXmlLength = 256 * 1024 * 1024;
