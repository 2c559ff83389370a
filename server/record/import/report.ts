import { totals } from './counts.ts';
import type { Job } from './store-jobs.ts';
import { outcomeKinds } from './types.ts';

const number = new Intl.NumberFormat('en-GB');
const headings = {
  stored: 'stored',
  unchanged: 'unchanged',
  deleted: 'deleted',
  skipped: 'skipped',
  quarantined: 'quarantined',
};

/** What an import did, as lines of a table by type, then what a person should look at. */
export function reportLines(job: Job): string[] {
  const sum = totals(job.counts);
  const kinds = outcomeKinds.filter(
    (kind) => kind === 'stored' || kind === 'unchanged' || kind === 'quarantined' || sum[kind] > 0,
  );
  const rows = [
    ['', ...kinds.map((kind) => headings[kind])],
    ...Object.entries(job.counts)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([type, outcomes]) => [type, ...kinds.map((kind) => number.format(outcomes[kind] ?? 0))]),
    ['all types', ...kinds.map((kind) => number.format(sum[kind]))],
  ];
  return [...table(rows), ...notes(job, sum.quarantined)];
}

function table(rows: string[][]): string[] {
  const widths = rows[0]!.map((_cell, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join('  ')
      .trimEnd(),
  );
}

function notes(job: Job, quarantined: number): string[] {
  const {
    filesKnown,
    passedOver,
    missingTargets,
    missingMentions,
    warnings,
    wrongNumbers = 0,
    untracked,
  } = job.notes;
  const lines: string[] = [];
  if (filesKnown > 0) {
    lines.push(
      `${files(filesKnown)} from this source already in: counted, not read again (--again reads them).`,
    );
  }
  if (passedOver.length > 0) {
    const some = passedOver.slice(0, 3).join(', ');
    const more = passedOver.length > 3 ? ` and ${number.format(passedOver.length - 3)} more` : '';
    lines.push(`Passed over, not FHIR by name: ${some}${more}.`);
  }
  if (missingTargets > 0) {
    lines.push(
      `${number.format(missingMentions)} references lead to ${number.format(missingTargets)} resources that are not here (yet). ` +
        'See: ./openics quarantine missing',
    );
  }
  for (const file of untracked) {
    lines.push(`${file} is so long that repeats in it were looked for among the first entries only.`);
  }
  if (wrongNumbers > 0) {
    lines.push(
      `${number.format(wrongNumbers)} ${wrongNumbers === 1 ? 'patient has an NHS number that fails its' : 'patients have NHS numbers that fail their'} check digit: stored, the number kept as it was said and not trusted.`,
    );
  }
  if (warnings > 0)
    lines.push(`${number.format(warnings)} warnings of the validator; nothing was held back for them.`);
  if (quarantined > 0) lines.push('Held in quarantine: see ./openics quarantine list');
  return lines;
}

const files = (n: number): string => (n === 1 ? '1 file was' : `${number.format(n)} files were`);
