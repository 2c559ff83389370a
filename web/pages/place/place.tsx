import { redirect, useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { Branch, Named, SystemView } from '../../api/system.ts';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { ownPath } from '../../frame/own-path.ts';
import { keepPlace, placeOf } from '../../frame/place.ts';
import { countWords } from '../../words/numbers.ts';
import { kindWords } from '../../words/system.ts';

export const meta = titled('Which place do you want to look at?');

export async function loader({ request, context }: LoaderFunctionArgs) {
  const asked = new URL(request.url).searchParams;
  const within = asked.get('within');
  const query = within === null ? '' : `?${new URLSearchParams({ within })}`;
  const view = await read<SystemView>(context, `/api/system${query}`);
  const [only, ...others] = view.branches;
  const isOnly = view.body === null && only !== undefined && others.length === 0;
  const shown = isOnly
    ? await read<SystemView>(context, `/api/system?${new URLSearchParams({ within: only.id })}`)
    : view;
  return { ...shown, to: ownPath(asked.get('to')), chosen: placeOf(request)?.id };
}

/** Keeps the chosen place, by the name it has today, and goes back. An empty choice is the whole system. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const id = String(form.get('place') ?? '');
  const to = ownPath(String(form.get('to') ?? '/'));
  if (id === '') return redirect(to, { status: 303, headers: keepPlace(undefined) });
  const { body } = await read<SystemView>(context, `/api/system?${new URLSearchParams({ within: id })}`);
  const place = body === null ? undefined : { id: body.id, name: body.name };
  return redirect(to, { status: 303, headers: keepPlace(place) });
}

/** From the system to its places and their neighbourhoods, one tier at a time. */
export default function Place() {
  const { body, above, branches, to, chosen } = useLoaderData<typeof loader>();
  const most = Math.max(1, ...branches.map(({ people }) => people ?? 0));
  const address = (id: string | undefined) =>
    `/place?${new URLSearchParams(id === undefined ? { to } : { within: id, to })}`;
  return (
    <Page>
      {body !== null && <Above above={above} address={address} />}
      <h1 className="nhsuk-heading-l">Which place do you want to look at?</h1>
      <p>Pages about people in general then begin there. Records of one person stay the same.</p>
      <form method="post" className="places">
        <input type="hidden" name="to" value={to} />
        <div className="nhsuk-button-group">
          <button className="nhsuk-button nhsuk-button--secondary" name="place" value="">
            The whole system
          </button>
          {body !== null && (
            <button className="nhsuk-button nhsuk-button--secondary" name="place" value={body.id}>
              All of {body.name}
            </button>
          )}
        </div>
        {branches.length > 0 && (
          <Sheet>
            <ul className="places__list">
              {branches.map((branch) => (
                <li key={branch.id}>
                  <Choice branch={branch} most={most} isChosen={branch.id === chosen} />
                  {branch.within.length > 0 && (
                    <a href={address(branch.id)}>
                      Choose among {countWords(branch.within.length, 'part')}
                      <span className="nhsuk-u-visually-hidden"> of {branch.name}</span>
                    </a>
                  )}
                </li>
              ))}
            </ul>
          </Sheet>
        )}
      </form>
      {branches.length === 0 && body === null && (
        <p>
          No system was described yet. Load one with <code>./openics geography load FOLDER</code>.
        </p>
      )}
    </Page>
  );
}

function Above({ above, address }: { above: Named[]; address: (id: string | undefined) => string }) {
  return (
    <nav className="nhsuk-body-s" aria-label="What it lies in">
      <a href={address(undefined)}>Everything</a>
      {above.toReversed().map(({ id, name }) => (
        <span key={id}>
          {' '}
          / <a href={address(id)}>{name}</a>
        </span>
      ))}
    </nav>
  );
}

function Choice({ branch, most, isChosen }: { branch: Branch; most: number; isChosen: boolean }) {
  const { id, kind, name, people } = branch;
  return (
    <button className="places__choice" name="place" value={id}>
      <strong>{name}</strong>
      {isChosen && <strong className="nhsuk-tag">Chosen now</strong>}
      <span className="aside">
        {kindWords(kind)}
        {people === null ? '' : `, ${countWords(people, 'person', 'people')}`}
      </span>
      {people !== null && (
        <svg className="places__bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
          <rect width={(people / most) * 100} height="6" />
        </svg>
      )}
    </button>
  );
}
