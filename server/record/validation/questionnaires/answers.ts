import { exactText } from '../../fhirpath/index.ts';
import { isTree, report, type Run, type Tree } from '../run.ts';
import { readLiteral } from '../resolve.ts';
import { extensions, extensionValue, list, valueKey, valueOf, type FormItem } from './form.ts';
import { compareValues } from './quantities.ts';

const base = 'http://hl7.org/fhir/StructureDefinition/';
const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-';

const wantedKeys: Record<string, string[]> = {
  boolean: ['valueBoolean'],
  decimal: ['valueDecimal'],
  integer: ['valueInteger'],
  date: ['valueDate'],
  dateTime: ['valueDateTime'],
  time: ['valueTime'],
  string: ['valueString'],
  text: ['valueString'],
  url: ['valueUri'],
  choice: ['valueCoding', 'valueDate', 'valueTime', 'valueInteger', 'valueString', 'valueReference'],
  'open-choice': ['valueCoding', 'valueString', 'valueDate', 'valueTime', 'valueInteger', 'valueReference'],
  attachment: ['valueAttachment'],
  reference: ['valueReference'],
  quantity: ['valueQuantity'],
};

/** Checks one answer against the question it answers. */
export function checkAnswer(run: Run, item: FormItem, answer: Tree, path: string): void {
  const key = valueKey(answer);
  if (key === undefined) return;
  const wanted = wantedKeys[item.type];
  if (wanted && !wanted.includes(key)) {
    const types = wanted.map((one) => one.slice(5)).join(' or ');
    report(run, 'error', 'structure', path, `The answer must be of type ${types}, as its question asks.`);
    return;
  }
  const value = answer[key];
  checkOptions(run, item, key, value, path);
  checkLength(run, item, value, path);
  checkRange(run, item, value, path);
  if (item.type === 'quantity') checkUnit(run, item, value, path);
  if (item.type === 'attachment') checkAttachment(run, item, value, path);
  if (item.type === 'reference') checkTarget(run, item, value, path);
}

/** A choice must be among the options or in the value set; an open choice may also be any text. */
function checkOptions(run: Run, item: FormItem, key: string, value: unknown, path: string): void {
  if (item.type === 'open-choice' && key === 'valueString') return;
  const options = list(item.raw['answerOption']);
  if (options.length > 0 && !options.some((option) => isOption(option, key, value))) {
    report(run, 'error', 'code-invalid', path, 'The answer is not one of the options of its question.');
  }
  const valueSet = item.raw['answerValueSet'];
  if (typeof valueSet !== 'string') return;
  const isCoding = isTree(value) && key === 'valueCoding';
  const system = isCoding ? (value['system'] as string | undefined) : undefined;
  const code = isCoding ? value['code'] : value;
  if (typeof code !== 'string' || (!isCoding && item.type !== 'string' && item.type !== 'text')) return;
  const expansion = run.definitions.expand(valueSet);
  const known = isCoding
    ? expansion.check(system, code)
    : expansion.enumerable
      ? expansion.concepts.some((one) => one.display === code || one.code === code)
      : undefined;
  if (known === false)
    report(run, 'error', 'code-invalid', path, `The answer is not in ${valueSet}. Use a code from it.`);
}

function isOption(option: Tree, key: string, value: unknown): boolean {
  const wanted = option[key];
  if (isTree(wanted) && isTree(value))
    return wanted['code'] === value['code'] && wanted['system'] === value['system'];
  return wanted !== undefined && String(wanted) === String(value);
}

function checkLength(run: Run, item: FormItem, value: unknown, path: string): void {
  if (typeof value === 'string') {
    const most = item.raw['maxLength'];
    const least = extensionValue(item, `${base}minLength`);
    if (typeof most === 'number' && value.length > most)
      report(run, 'error', 'value', path, `The answer may be at most ${most} characters long.`);
    if (typeof least === 'number' && value.length < least)
      report(run, 'error', 'value', path, `The answer must be at least ${least} characters long.`);
    const pattern = extensionValue(item, `${base}regex`);
    if (typeof pattern === 'string' && !matches(pattern, value))
      report(run, 'error', 'value', path, `The answer must match ${pattern}.`);
  }
  const places = extensionValue(item, `${base}maxDecimalPlaces`);
  if (typeof places !== 'number') return;
  const text = exactText(isTree(value) ? value['value'] : value);
  const own = text.includes('.') ? text.length - text.indexOf('.') - 1 : 0;
  if (own > places)
    report(run, 'error', 'value', path, `The answer may have at most ${places} decimal places.`);
}

/** A pattern that JavaScript cannot read is left unchecked. */
function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return true;
  }
}

function checkRange(run: Run, item: FormItem, value: unknown, path: string): void {
  const least = extensionValue(item, `${base}minValue`, `${sdc}minQuantity`);
  const most = extensionValue(item, `${base}maxValue`, `${sdc}maxQuantity`);
  if (least !== undefined)
    checkLimit(run, 'smallest', compareValues(value, least), (order) => order >= 0, path);
  if (most !== undefined) checkLimit(run, 'largest', compareValues(value, most), (order) => order <= 0, path);
}

function checkLimit(
  run: Run,
  name: string,
  order: number | undefined,
  allows: (order: number) => boolean,
  path: string,
): void {
  if (order === undefined)
    report(
      run,
      'error',
      'value',
      path,
      `The answer cannot be compared with the ${name} value allowed: use the same precision or unit.`,
    );
  else if (!allows(order))
    report(run, 'error', 'value', path, `The answer is beyond the ${name} value its question allows.`);
}

function checkUnit(run: Run, item: FormItem, value: unknown, path: string): void {
  if (!isTree(value)) return;
  const units = extensions(item, `${base}questionnaire-unitOption`).map(valueOf).filter(isTree);
  const fits = units.some((unit) => unit['code'] === value['code'] && unit['system'] === value['system']);
  if (units.length > 0 && !fits)
    report(run, 'error', 'code-invalid', path, 'The unit is not one of those its question allows.');
  const valueSet = extensionValue(item, `${base}questionnaire-unitValueSet`);
  if (typeof valueSet !== 'string' || typeof value['code'] !== 'string') return;
  const known = run.definitions.expand(valueSet).check(value['system'] as string | undefined, value['code']);
  if (known === false) report(run, 'error', 'code-invalid', path, `The unit is not in ${valueSet}.`);
}

function checkAttachment(run: Run, item: FormItem, value: unknown, path: string): void {
  if (!isTree(value)) return;
  const types = extensions(item, `${base}mimeType`).map((one) => String(valueOf(one)));
  if (types.length > 0 && !types.includes(String(value['contentType']))) {
    report(run, 'error', 'value', path, `The attachment must be of type ${types.join(' or ')}.`);
  }
  const most = extensionValue(item, `${base}maxSize`);
  const size =
    value['size'] ??
    (typeof value['data'] === 'string' ? Buffer.byteLength(value['data'], 'base64') : undefined);
  if (most !== undefined && size !== undefined && (compareValues(size, most) ?? 0) > 0) {
    report(run, 'error', 'value', path, 'The attachment is larger than its question allows.');
  }
}

function checkTarget(run: Run, item: FormItem, value: unknown, path: string): void {
  const reference = isTree(value) ? value['reference'] : undefined;
  if (typeof reference !== 'string') return;
  const named = /(?:^|\/)([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}$/.exec(reference)?.[1];
  const type = readLiteral(run, reference)?.type;
  if (named !== undefined && type === undefined) {
    report(run, 'error', 'structure', path, 'The answer refers to a type that FHIR R4 does not have.');
    return;
  }
  const allowed = extensions(item, `${base}questionnaire-referenceResource`).map((one) =>
    String(valueOf(one)),
  );
  if (type !== undefined && allowed.length > 0 && !allowed.includes(type)) {
    report(run, 'error', 'structure', path, `The answer must refer to ${allowed.join(' or ')}.`);
  }
}
