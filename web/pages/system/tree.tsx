import type { Branch } from '../../api/system.ts';
import { bodiesWords, countsWords, holdsWords, kindWords, shortName } from '../../words/system.ts';

/** A tree of more bodies than this is sent a level at a time. */
const mostAtOnce = 60;

type Links = {
  hrefOf: (id: string) => string;
  /** Where a branch stands open; without an id, none does. */
  openingOf: (id: string | undefined) => string;
};

/**
 * Bodies within bodies as a list that opens. A small tree is sent whole; of a large one a branch is sent when its link is followed, with
 * those it lies in. `opened` is the branch asked for.
 */
export function Tree({ branches, opened, ...links }: { branches: Branch[]; opened: string | null } & Links) {
  if (sizeOf(branches) <= mostAtOnce) return <WholeTree branches={branches} hrefOf={links.hrefOf} />;
  return <Level branches={branches} path={pathTo(opened, branches)} closed={undefined} {...links} />;
}

const sizeOf = (branches: Branch[]): number =>
  branches.reduce((sum, { within }) => sum + 1 + sizeOf(within), 0);

/** The branches that lead to one, itself included; none when it is not there. */
function pathTo(id: string | null, branches: Branch[]): string[] {
  for (const branch of branches) {
    if (branch.id === id) return [branch.id];
    const further = pathTo(id, branch.within);
    if (further.length > 0) return [branch.id, ...further];
  }
  return [];
}

/** One level; the branch on the path stands open. `closed` is the branch this level lies in. */
function Level({
  branches,
  path,
  closed,
  ...links
}: { branches: Branch[]; path: string[]; closed: string | undefined } & Links) {
  const isOneKind = branches.every(({ kind }) => kind === branches[0]!.kind);
  return (
    <ul className={branches.length > 12 ? 'tree tree--long' : 'tree'}>
      {branches.map((branch) => {
        const { id, within } = branch;
        const isOpen = path[0] === id;
        const name = isOneKind ? shortName(branch.name) : branch.name;
        const inside = within.length === 0 ? [] : [bodiesWords(within)];
        const more = [...(isOneKind ? [] : [kindWords(branch.kind)]), ...inside].join(', ');
        return (
          <li key={id} id={isOpen && path.length === 1 ? 'open' : undefined}>
            {within.length === 0 ? (
              <a href={links.hrefOf(id)}>{name}</a>
            ) : (
              <a className="opener" href={links.openingOf(isOpen ? closed : id)} aria-expanded={isOpen}>
                {name}
              </a>
            )}{' '}
            <span className="count">{more}</span>
            {isOpen && (
              <>
                <a className="aside" href={links.hrefOf(id)}>
                  Map and partners of {name}
                </a>
                <Level branches={within} path={path.slice(1)} closed={id} {...links} />
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function WholeTree({ branches, hrefOf }: { branches: Branch[]; hrefOf: Links['hrefOf'] }) {
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
      <WholeTree branches={branch.within} hrefOf={hrefOf} />
    </details>
  );
}
