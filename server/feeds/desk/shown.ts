import type { Viewing } from '../../access/index.ts';
import { pastWall } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import { isOpen, refusalOf, sightOf } from '../../record/pieces/index.ts';
import type { Store } from '../../record/store/index.ts';
import type { MessageDetail } from './store.ts';

/**
 * Goes on when whoever asks may see all that a message made, as a whole; else throws a Problem that says which rule refuses. Its text says
 * all of it at once: a part of it cannot be kept back. What made nothing yet is of nobody, and goes by the role alone.
 */
export async function mayBeShown(
  store: Pick<Store, 'readMany' | 'sourcesOf'>,
  viewing: Viewing,
  { resources }: Pick<MessageDetail, 'resources'>,
): Promise<void> {
  const names = resources === null ? [] : (JSON.parse(resources) as string[]);
  const sight = sightOf(viewing, (rows) => store.sourcesOf(rows));
  if (sight === undefined || names.length === 0) return;
  const found = await pastWall('deciding', () => store.readMany(names.map(nameIn)));
  const rows = found.flatMap((row) => (row === undefined || row.deleted ? [] : [row]));
  if (rows.length === 0) throw gone();
  const verdicts = await sight.judges('read', rows);
  const closed = verdicts.find(({ decision }) => !isOpen(decision));
  if (closed !== undefined) throw closed.decision.silent ? gone() : refusalOf(closed.decision);
  for (const { decision, withoutLocation } of verdicts)
    if (withoutLocation || decision.obligations.includes('minimum-view')) throw onlyPart();
  for (const [at, row] of rows.entries()) sight.form(row, verdicts[at]!, 'read');
}

const nameIn = (name: string): { type: string; id: string } => {
  const [type = '', id = ''] = name.split('/');
  return { type, id };
};

const gone = (): Problem =>
  new Problem('feeds/not-shown', 404, 'The text of this message is not shown to you.', {
    wayOut: 'If it must be put right, ask whoever sent it.',
  });
const onlyPart = (): Problem =>
  new Problem(
    'feeds/only-part',
    403,
    'You may see a part of what this message says, and a message is shown whole.',
    {
      wayOut: 'Open the person’s record: it shows what is for you.',
    },
  );
