/** An expected refusal or failure, written for people. It never holds a person's data. Source: RFC 9457. */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  /** Where it is: a FHIR path, a file and line, a parameter name. */
  readonly place: string | undefined;
  /** What to do next. */
  readonly wayOut: string | undefined;

  constructor(
    code: string,
    status: number,
    message: string,
    more: { place?: string; wayOut?: string; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'Problem';
    this.code = code;
    this.status = status;
    this.place = more.place;
    this.wayOut = more.wayOut;
  }
}
