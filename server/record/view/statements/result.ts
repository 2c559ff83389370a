import type { DiagnosticReport, Observation } from '@medplum/fhirtypes';
import { conceptKey, conceptTitle, mainCoding, statusCode } from '../reading/codes.ts';
import { momentKey, startOf } from '../reading/dates.ts';
import { practitionerName } from '../reading/sources.ts';
import type { Measure, Standing } from '../types.ts';
import { attachmentOf } from './attachment.ts';
import { measureOf } from './measure.ts';
import { notes, together, type Reader } from './statement.ts';

/** Reads an observation: one test at one moment with one value. */
export const readResult: Reader = (filed, lookup) => {
  const observation = filed.resource as unknown as Observation;
  const code = conceptKey(observation.code, 'result');
  const at =
    observation.effectiveDateTime ?? observation.effectiveInstant ?? startOf(observation.effectivePeriod);
  const measure = measureOf(observation);
  return {
    kind: 'result',
    group: code,
    key: [code, momentKey(at), measure === undefined ? '' : measureKey(measure)].join(' '),
    title: conceptTitle(observation.code) ?? 'Observation without a name',
    code: mainCoding(observation.code, 'result'),
    when: at ?? observation.issued,
    recorded: observation.issued,
    standing: standingOf(observation.status),
    measure,
    signedBy: practitionerName(observation.performer?.[0], filed.resource, lookup),
    facts: {
      status: observation.status === 'final' ? undefined : observation.status,
      category: together(observation.category?.map(statusCode)),
      absentReason: measure === undefined ? conceptTitle(observation.dataAbsentReason) : undefined,
      bodySite: conceptTitle(observation.bodySite),
      method: conceptTitle(observation.method),
      laboratorySays: together(observation.interpretation?.map(conceptTitle)),
      usualRange: together(observation.referenceRange?.map((range) => range.text)),
      note: notes(observation.note),
    },
  };
};

/** Equal for equal values; the unit and each part count. */
function measureKey(measure: Measure): string {
  const parts = measure.parts?.map((part) => `${part.key}=${measureKey(part.measure)}`).sort() ?? [];
  return [measure.text, ...parts].join(';');
}

/** Reads a report that holds or explains results. */
export const readReport: Reader = (filed, lookup) => {
  const report = filed.resource as unknown as DiagnosticReport;
  const code = conceptKey(report.code, 'result');
  const at = report.effectiveDateTime ?? startOf(report.effectivePeriod) ?? report.issued;
  const results = report.result?.map((reference) => reference.display);
  return {
    kind: 'report',
    group: code,
    key: [code, momentKey(at), report.conclusion].join(' '),
    title: conceptTitle(report.code) ?? 'Report without a name',
    code: mainCoding(report.code, 'result'),
    when: at,
    recorded: report.issued,
    standing: standingOf(report.status),
    attachments: report.presentedForm?.map((form, index) => attachmentOf(form, index, lookup)),
    signedBy: practitionerName(report.performer?.[0], filed.resource, lookup),
    facts: {
      status: report.status === 'final' ? undefined : report.status,
      category: together(report.category?.map(conceptTitle)),
      conclusion: report.conclusion,
      finding: together(report.conclusionCode?.map(conceptTitle)),
      holds: together(results),
    },
  };
};

function standingOf(status: string | undefined): Standing {
  if (status === 'entered-in-error') return 'set-aside';
  if (status === 'cancelled') return 'not-done';
  return status === 'registered' || status === 'preliminary' || status === 'partial' ? 'unclear' : 'past';
}
