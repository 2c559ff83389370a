import type { Branch } from '../../api/system.ts';
import { countsWords, holdsWords, kindWords } from '../../words/system.ts';

/** Bodies within bodies as a list that opens. With few at the top it stands open. */
export function Tree({ branches, hrefOf }: { branches: Branch[]; hrefOf: (id: string) => string }) {
  return (
    <ul className={branches.length > 12 ? 'tree tree--long' : 'tree'}>
      {branches.map((branch) => (
        <li key={branch.id}>
          <a href={hrefOf(branch.id)}>{branch.name}</a>{' '}
          <span className="count">{kindWords(branch.kind)}</span>
          <Inside branch={branch} isOpen={branches.length <= 6} hrefOf={hrefOf} />
        </li>
      ))}
    </ul>
  );
}

function Inside({
  branch,
  isOpen,
  hrefOf,
}: {
  branch: Branch;
  isOpen: boolean;
  hrefOf: (id: string) => string;
}) {
  const partners = countsWords(branch.partners);
  if (branch.within.length === 0) return partners === '' ? null : <span className="aside">{partners}</span>;
  return (
    <details className="small-details" open={isOpen}>
      <summary>{holdsWords(branch)}</summary>
      {partners !== '' && <span className="aside">{partners}</span>}
      <Tree branches={branch.within} hrefOf={hrefOf} />
    </details>
  );
}
