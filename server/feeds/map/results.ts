import type { Json } from '../../record/types.ts';
import type { Segment } from '../hl7/index.ts';
import type { Claim } from '../types.ts';
import { codeable, codeKey, codeSystem, conceptOf } from './codes.ts';
import { idOf, missing, wholeClaim, type Context } from './context.ts';
import { clinician, elementsOf, organisation } from './datatypes.ts';
import { attachmentOf } from './document.ts';
import { encounterOf } from './encounter.ts';
import { orderIdentifiers } from './order.ts';
import { observationOf, type Order } from './observation.ts';
import { patientOf } from './patient.ts';

/** Result status in OBR-25. Source: HL7 table 0123. */
const statuses: Record<string, string> = {
  F: 'final',
  C: 'corrected',
  P: 'preliminary',
  A: 'partial',
  R: 'preliminary',
  S: 'registered',
  I: 'registered',
  O: 'registered',
  X: 'cancelled',
  '': 'final',
};

/** One OBR with the results and notes that follow it. */
type Group = {
  order: Segment | undefined;
  request: Segment;
  notes: string[];
  results: { segment: Segment; notes: string[] }[];
};

/** ORU^R01: each order as a DiagnosticReport with its Observations. */
export function resultClaims(context: Context): Claim[] {
  const { key, claim: patient } = patientOf(context);
  const stay = encounterOf(context, key.id, {});
  const groups = groupsOf(context);
  if (groups.length === 0) throw missing(context.message.header, 9, 'The order (OBR) of these results');
  const claims: Claim[] = stay === undefined ? [patient] : [patient, stay];
  for (const group of groups) claims.push(...reportOf(context, group, key.id, stay?.id));
  return claims;
}

function groupsOf(context: Context): Group[] {
  const groups: Group[] = [];
  let order: Segment | undefined;
  for (const segment of context.message.segments) {
    const group = groups.at(-1);
    if (segment.name === 'ORC') order = segment;
    else if (segment.name === 'OBR') {
      groups.push({ order, request: segment, notes: [], results: [] });
      order = undefined;
    } else if (segment.name === 'OBX') group?.results.push({ segment, notes: [] });
    else if (segment.name === 'NTE' && group !== undefined) {
      const text = segment
        .repeats(3)
        .map((value) => value.text)
        .join('\n')
        .trim();
      if (text !== '') (group.results.at(-1)?.notes ?? group.notes).push(text);
    }
  }
  return groups;
}

function reportOf(context: Context, group: Group, patientId: string, stay: string | undefined): Claim[] {
  const { order, request } = group;
  const code = codeable(request.first(4), context.sender);
  if (code === undefined) throw missing(request, 4, 'What was ordered');
  const filler = request.value(3) || order?.value(3) || '';
  const placer = request.value(2) || order?.value(2) || '';
  const taken = context.dates.moment(request, 7);
  const number =
    filler === '' && placer === '' ? [patientId, request.value(7)] : [filler, filler === '' ? placer : ''];
  const keyed = [...number, codeKey(code)];
  const performer = reporter(context, request);
  const shared: Order = { key: keyed, patientId, stay, effective: taken, performer };
  const used = new Map<string, number>();
  const attachments: Json[] = [];
  const results: Claim[] = [];
  for (const { segment, notes } of group.results) {
    const attachment = attachmentOf(context, segment);
    if (attachment === undefined) results.push(observationOf(context, segment, shared, notes, used));
    else attachments.push(attachment);
  }
  const service = request.value(24);
  const elements = elementsOf({
    meta: { source: context.sender.source },
    identifier: orderIdentifiers(context, { placer, filler }),
    status: statuses[request.value(25).toUpperCase()] ?? 'unknown',
    category: service === '' ? [] : [conceptOf(codeSystem.diagnosticService, service)],
    code,
    subject: { reference: `Patient/${patientId}` },
    encounter: stay === undefined ? undefined : { reference: `Encounter/${stay}` },
    effectiveDateTime: taken,
    issued: issued(context, request),
    performer: [performer],
    result: results.map(({ id }) => ({ reference: `Observation/${id}` })),
    conclusion: group.notes.join('\n'),
    presentedForm: attachments,
  });
  const id = idOf(context, 'report', ...keyed);
  return [wholeClaim(context, 'DiagnosticReport', id, elements, request.at(4)), ...results];
}

/** An instant needs a time: a day alone does not tell when it was issued. */
function issued(context: Context, request: Segment): string | undefined {
  const moment = context.dates.moment(request, 22);
  return moment?.includes('T') === true ? moment : undefined;
}

function reporter(context: Context, request: Segment): Json {
  const value = request.first(32);
  const named = value?.value(1, 2) ?? '';
  if (named === '') return clinician(value, context.sender) ?? organisation(context.sender.facility);
  const display = [value!.value(1, 3), named].filter((part) => part !== '').join(' ');
  return { type: 'Practitioner', display };
}
