/** The source of what a worker of an organisation wrote here, by the organisation's id. */
export const writtenHereBy = (organisation: string): string => `urn:openics:organisation:${organisation}`;

/** Channels whose source says who said it only where a worker of a known organisation did. */
const typedHere: ReadonlySet<string> = new Set(['rest', 'page']);

/** Who said what came in a delivery. */
export const saidIn = ({ source, channel }: { source: string; channel: string }): string | null =>
  !typedHere.has(channel) || source.startsWith(writtenHereBy('')) ? source : null;
