/** Reads what was measured: the value of an observation, its range and whether it is out of it. */
import type {
  CodeableConcept,
  Observation,
  ObservationComponent,
  ObservationReferenceRange,
} from '@medplum/fhirtypes';
import { conceptKey, conceptTitle, hasCode } from '../reading/codes.ts';
import { numberValue, quantityText, rangeText, ratioText, unitText } from '../reading/quantities.ts';
import type { Flagged, Measure } from '../types.ts';

/** Codes of HL7's ObservationInterpretation. Source: http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation */
const interpretations: [Flagged, ReadonlySet<string>][] = [
  ['very-high', new Set(['HH', 'HU'])],
  ['very-low', new Set(['LL', 'LU'])],
  ['high', new Set(['H', 'H>', 'HX'])],
  ['low', new Set(['L', 'L<', 'LX'])],
  ['abnormal', new Set(['A', 'AA', 'POS', 'DET', 'R', 'RR'])],
  ['normal', new Set(['N', 'NEG', 'ND', 'S'])],
];

/** Reads the value of an observation or of one of its parts. */
export function measureOf(observation: Observation | ObservationComponent): Measure | undefined {
  const text = valueText(observation);
  const parts = 'component' in observation ? partsOf(observation.component) : [];
  if (text === undefined && parts.length === 0) return undefined;
  const quantity = observation.valueQuantity;
  const range = usualRange(observation.referenceRange);
  const value = quantity?.comparator === undefined ? numberValue(quantity?.value) : undefined;
  const low = numberValue(range?.low?.value);
  const high = numberValue(range?.high?.value);
  const measure: Measure = { text: text ?? joined(parts) };
  const unit = quantity === undefined ? undefined : unitText(quantity);
  const flag = flagOf(observation.interpretation, value, low, high);
  if (value !== undefined) measure.value = value;
  if (unit !== undefined) measure.unit = unit;
  if (low !== undefined) measure.low = low;
  if (high !== undefined) measure.high = high;
  if (flag !== undefined) measure.flag = flag;
  if (parts.length > 0) measure.parts = parts;
  return measure;
}

function partsOf(components: ObservationComponent[] | undefined): NonNullable<Measure['parts']> {
  const parts: NonNullable<Measure['parts']> = [];
  for (const component of components ?? []) {
    const measure = measureOf(component);
    if (measure === undefined) continue;
    const title = conceptTitle(component.code) ?? 'Part without a name';
    parts.push({ key: conceptKey(component.code, 'result'), title, measure });
  }
  return parts.sort((a, b) => firstPart(a.key) - firstPart(b.key));
}

/** Systolic pressure is read before diastolic, whatever the order in the resource. */
function firstPart(key: string): number {
  return systolic.has(key) ? 0 : 1;
}

const systolic: ReadonlySet<string> = new Set([
  'http://loinc.org|8480-6',
  'http://snomed.info/sct|72313002',
  'http://snomed.info/sct|271649006',
]);

/** `142/94 mmHg` when the parts share a unit, else each part with its own. */
function joined(parts: NonNullable<Measure['parts']>): string {
  const [unit, ...others] = new Set(parts.map((part) => part.measure.unit));
  const numbers = parts.every((part) => part.measure.value !== undefined);
  if (!numbers || others.length > 0 || unit === undefined)
    return parts.map((part) => part.measure.text).join(', ');
  const end = ` ${unit}`.length;
  return `${parts.map((part) => part.measure.text.slice(0, -end)).join('/')} ${unit}`;
}

function valueText(from: Observation | ObservationComponent): string | undefined {
  return (
    quantityText(from.valueQuantity) ??
    conceptTitle(from.valueCodeableConcept) ??
    from.valueString ??
    yesNo(from.valueBoolean) ??
    from.valueInteger?.toString() ??
    rangeText(from.valueRange) ??
    ratioText(from.valueRatio) ??
    from.valueTime ??
    from.valueDateTime ??
    from.valuePeriod?.start
  );
}

function yesNo(value: boolean | undefined): string | undefined {
  if (value === undefined) return undefined;
  return value ? 'Yes' : 'No';
}

/** The range for healthy people: the one marked normal, else the only one that is not marked as something else. */
function usualRange(ranges: ObservationReferenceRange[] | undefined): ObservationReferenceRange | undefined {
  return (
    ranges?.find((range) => range.type?.coding?.some((coding) => coding.code === 'normal')) ??
    ranges?.find((range) => range.type === undefined)
  );
}

/** The laboratory's own word comes first; without one, the number is compared with the laboratory's own range. */
function flagOf(
  said: CodeableConcept[] | undefined,
  value: number | undefined,
  low: number | undefined,
  high: number | undefined,
): Flagged | undefined {
  for (const [flag, codes] of interpretations) {
    if (said?.some((concept) => hasCode(concept, codes))) return flag;
  }
  if (value === undefined) return undefined;
  if (low !== undefined && value < low) return 'low';
  if (high !== undefined && value > high) return 'high';
  return low === undefined && high === undefined ? undefined : 'normal';
}
