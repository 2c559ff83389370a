import { decode } from './charset.ts';
import { unescape } from './escapes.ts';
import { errorCodes, Hl7Fault, type Hl7Place, type Remark } from './fault.ts';
import { separatorsOf, type Separators } from './separators.ts';

const none: readonly string[] = [];

/** What it takes to read values: how parts are separated and what escaped bytes mean. */
type Reading = { separators: Separators; bytesToText: (bytes: Buffer) => string };

/** One value of a field that may repeat. */
export class Repeat {
  readonly raw: string;
  readonly place: Hl7Place;
  readonly #reading: Reading;
  #components: readonly string[] | undefined;

  constructor(raw: string, place: Hl7Place, reading: Reading) {
    this.raw = raw;
    this.place = place;
    this.#reading = reading;
  }

  /** A component, counted from 1, or one of its subcomponents; empty when it is not there. The null value `""` is empty too. */
  value(component: number, subcomponent = 1): string {
    const { separators, bytesToText } = this.#reading;
    this.#components ??= split(this.raw, separators.component);
    const whole = this.#components[component - 1];
    if (whole === undefined || whole === '') return '';
    const part =
      separators.subcomponent !== '' && whole.includes(separators.subcomponent)
        ? (whole.split(separators.subcomponent)[subcomponent - 1] ?? '')
        : subcomponent === 1
          ? whole
          : '';
    return part === '""' ? '' : unescape(part, separators, bytesToText).trim();
  }

  /** The whole value as text, its components not taken apart. */
  get text(): string {
    if (this.raw === '""') return '';
    return unescape(this.raw, this.#reading.separators, this.#reading.bytesToText);
  }

  at(component: number): Hl7Place {
    return { ...this.place, component };
  }
}

/** One line of a message: its name and its fields. */
export class Segment {
  readonly name: string;
  /** Which segment of this name it is, from 1. */
  readonly sequence: number;
  readonly #fields: readonly string[];
  readonly #reading: Reading;

  constructor(name: string, sequence: number, fields: readonly string[], reading: Reading) {
    this.name = name;
    this.sequence = sequence;
    this.#fields = fields;
    this.#reading = reading;
  }

  /** How many fields were sent. */
  get length(): number {
    return this.#fields.length - 1;
  }

  raw(field: number): string {
    return this.#fields[field] ?? '';
  }

  /** True when the sender says that the value is to be removed (`""`). An empty field says nothing. */
  isNull(field: number): boolean {
    return this.#fields[field] === '""';
  }

  /** The values of a field; none when it is empty or null. */
  repeats(field: number): Repeat[] {
    const raw = this.#fields[field];
    if (raw === undefined || raw === '' || raw === '""') return [];
    const { repetition } = this.#reading.separators;
    const values = repetition === '' || !raw.includes(repetition) ? [raw] : raw.split(repetition);
    const found: Repeat[] = [];
    for (const [index, value] of values.entries()) {
      if (value === '' || value === '""') continue;
      found.push(new Repeat(value, { ...this.at(field), repetition: index + 1 }, this.#reading));
    }
    return found;
  }

  first(field: number): Repeat | undefined {
    return this.repeats(field)[0];
  }

  /** A component of the first value of a field; empty when it is not there. */
  value(field: number, component = 1, subcomponent = 1): string {
    const raw = this.#fields[field];
    if (raw === undefined || raw === '') return '';
    return this.first(field)?.value(component, subcomponent) ?? '';
  }

  at(field: number): Hl7Place {
    return { segment: this.name, sequence: this.sequence, field };
  }
}

/** An HL7 v2 message taken apart. Values are read when asked for. */
export type Hl7Message = {
  separators: Separators;
  segments: readonly Segment[];
  header: Segment;
  /** ADT, ORU ... */
  type: string;
  /** A01, R01 ... */
  event: string;
  controlId: string;
  remarks: Remark[];
  first(name: string): Segment | undefined;
  all(name: string): readonly Segment[];
};

const segmentName = /^[A-Z][A-Z0-9]{2}$/;
const beginning = /^MSH[^\p{L}\p{N}\s]/u;
// eslint-disable-next-line no-control-regex
const controls = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g;

/**
 * Takes a message apart as it is found in the wild. Throws Hl7Fault with the place of what cannot be read.
 * `isText`: the bytes are UTF-8 whatever MSH-18 says.
 */
export function parseMessage(bytes: Buffer, isText = false): Hl7Message {
  const { text, bytesToText, remarks } = decode(bytes, isText);
  const clean = controls.test(text) ? text.replaceAll(controls, '') : text;
  if (clean !== text) remarks.push({ place: { segment: 'MSH' }, text: 'Control characters were left out.' });
  const begin = clean.search(/\S/);
  const lines = clean.slice(Math.max(0, begin)).split(/\r\n|\r|\n/);
  const head = lines[0] ?? '';
  if (!head.startsWith('MSH')) {
    throw new Hl7Fault({
      ack: 'AR',
      code: errorCodes.segmentSequence,
      place: { segment: 'MSH' },
      reason: /^[FB]HS/.test(head)
        ? 'A batch begins here. Send each message in a frame or request of its own.'
        : 'The message does not begin with MSH.',
    });
  }
  const separators = separatorsOf(head);
  const reading: Reading = { separators, bytesToText };
  const segments: Segment[] = [];
  const byName = new Map<string, Segment[]>();
  for (const line of wholeLines(lines, separators.field, remarks)) {
    const fields = line.split(separators.field);
    const name = fields[0]!;
    if (segments.length === 0) fields.splice(1, 0, separators.field);
    let named = byName.get(name);
    if (named === undefined) byName.set(name, (named = []));
    const segment = new Segment(name, named.length + 1, fields, reading);
    named.push(segment);
    segments.push(segment);
  }
  const header = segments[0]!;
  const structure = header.value(9, 3);
  const event = header.value(9, 2);
  return {
    separators,
    header,
    type: header.value(9, 1),
    event: event === '' ? (/^[A-Z]{3}_([A-Z]\d{2})$/.exec(structure)?.[1] ?? '') : event,
    controlId: header.value(10),
    remarks,
    ...withSegments(segments, byName),
  };
}

const withSegments = (
  segments: readonly Segment[],
  byName: ReadonlyMap<string, readonly Segment[]>,
): Pick<Hl7Message, 'segments' | 'first' | 'all'> => ({
  segments,
  first: (name) => byName.get(name)?.[0],
  all: (name) => byName.get(name) ?? [],
});

/** A message as one for each PID: what stands before the first belongs to each, the rest to the PID above it. */
export function byPatient(message: Hl7Message): Hl7Message[] {
  if (message.all('PID').length < 2) return [message];
  const starts = message.segments.flatMap(({ name }, index) => (name === 'PID' ? [index] : []));
  const shared = message.segments.slice(0, starts[0]);
  return starts.map((start, index) => {
    const segments = [...shared, ...message.segments.slice(start, starts[index + 1])];
    return {
      ...message,
      ...withSegments(
        segments,
        Map.groupBy(segments, ({ name }) => name),
      ),
    };
  });
}

/** The segments as lines. A line that begins with no segment name is the rest of the text before it: some senders break lines in text. */
function wholeLines(lines: readonly string[], field: string, remarks: Remark[]): string[] {
  const whole: string[] = [];
  for (const line of lines) {
    if (line.trim() === '') continue;
    if (whole.length > 0 && beginning.test(line)) throw secondMessage();
    const name = line.slice(0, 3);
    const isSegment = segmentName.test(name) && (line.length === 3 || line[3] === field);
    if (isSegment || whole.length === 0) {
      whole.push(line);
      continue;
    }
    const before = whole.at(-1)!.slice(0, 3);
    remarks.push({
      place: { segment: before },
      text: 'A line without a segment name was taken as the rest of its text.',
    });
    whole[whole.length - 1] += `\n${line}`;
  }
  return whole;
}

const secondMessage = (): Hl7Fault =>
  new Hl7Fault({
    ack: 'AR',
    code: errorCodes.segmentSequence,
    place: { segment: 'MSH', sequence: 2 },
    reason: 'A second message begins here. Send each in a frame or request of its own.',
  });

function split(text: string, separator: string): readonly string[] {
  return text === '' ? none : text.split(separator);
}
