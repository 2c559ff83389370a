import type { Agreement, Policy } from '../policy/schema.ts';

/** A table as data: what stands in each column, and rows of text. */
export type Sheet = { columns: string[]; rows: string[][] };

/**
 * The register of processing, from the agreements as they are held. Fields follow UK GDPR article 30(1).
 * Parties are given by name where one is known.
 */
export function registerRows(
  agreements: readonly Agreement[],
  nameOf: (party: string) => string | undefined,
): Sheet {
  const rows = agreements.map((each) => [
    each.name,
    each.parties.map((party) => nameOf(party) ?? party).join('; '),
    each.purposes.join(', '),
    each.people,
    [...each.classes, ...each.labels].join(', '),
    `${each.gdprArticle6}; ${each.gdprArticle9}; ${each.law}; ${each.confidentiality}`,
    each.retention,
    each.safeguards,
    `${each.from} to ${each.to ?? 'no end'}, to be looked at again by ${each.review}`,
    each.contact,
  ]);
  return {
    columns: [
      'agreement',
      'who shares',
      'purposes',
      'whose data',
      'which data',
      'legal basis',
      'kept for',
      'safeguards',
      'when',
      'contact',
    ],
    rows,
  };
}

/** The same as text. */
export const registerOfProcessing = (
  agreements: readonly Agreement[],
  nameOf: (party: string) => string | undefined,
): string => table(registerRows(agreements, nameOf));

/** What a data protection impact assessment asks of sensitive information: who reads it, how it is kept, on which source. */
export function sensitivityRows({ labels }: Policy): Sheet {
  return {
    columns: [
      'information about',
      'readers',
      'only in direct care',
      'glass may be broken',
      'hidden from proxies',
      'source',
      'confirmed',
    ],
    rows: labels.map((each) => [
      each.words,
      each.readers.join(', '),
      yesNo(each.needsDirectCare),
      yesNo(each.breakGlass),
      yesNo(each.hiddenFromProxies),
      each.source,
      yesNo(each.confirmed),
    ]),
  };
}

/** The same as text. */
export const sensitivityTable = (policy: Policy): string => table(sensitivityRows(policy));

/** Every statement of the policy that nobody has confirmed against its source: the work list of the Caldicott Guardian. */
export function unconfirmed(policy: Policy): { place: string; name: string; source: string }[] {
  const parts: [string, { source: string; confirmed: boolean }[], (each: never) => string][] = [
    ['branch', policy.branches, (each: Policy['branches'][number]) => each.id],
    ['need', policy.needs, (each: Policy['needs'][number]) => each.id],
    ['refusal', policy.refusals, (each: Policy['refusals'][number]) => each.id],
    ['duty', policy.duties, (each: Policy['duties'][number]) => each.id],
    ['role', policy.profiles, (each: Policy['profiles'][number]) => each.profile],
    ['label', policy.labels, (each: Policy['labels'][number]) => each.label],
    ['relationship', policy.relationships, (each: Policy['relationships'][number]) => each.kind],
    [
      'minimum view',
      policy.minimumViews,
      (each: Policy['minimumViews'][number]) => each.organisations.join(', '),
    ],
    ['proxy', policy.proxies, (each: Policy['proxies'][number]) => `${each.kind} from ${each.fromAge}`],
  ];
  return parts.flatMap(([place, list, nameOf]) =>
    list
      .filter(({ confirmed }) => !confirmed)
      .map((each) => ({ place, name: nameOf(each as never), source: each.source })),
  );
}

const yesNo = (value: boolean): string => (value ? 'yes' : 'no');

const table = ({ columns, rows }: Sheet): string =>
  [columns, columns.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
