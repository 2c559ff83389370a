/** What several pages of a person's own view read and send. */
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { change, read } from '../../api/client.ts';
import type { Notice, PlainItem, PlainRecord } from '../../api/mine.ts';

type Context = LoaderFunctionArgs['context'];

export const readMine = (context: Context): Promise<PlainRecord> =>
  read<PlainRecord>(context, '/api/mine/record');

/** The times somebody’s record was opened in an emergency, the newest first. */
export const readNotices = async (context: Context): Promise<Notice[]> =>
  (await read<{ notices: Notice[] }>(context, '/api/mine/notices')).notices;

/** A field of a form, without spaces around; empty when it was not sent. */
export function fieldOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}

/** Posts a change and shows the page again, which says what was done. */
export async function changeThenShow(
  context: ActionFunctionArgs['context'],
  path: string,
  body: unknown,
  page: string,
): Promise<Response> {
  await change(context, 'POST', path, body);
  return redirect(page, 303);
}

/** The entry an address names, and what it is called there. There is no page where the record has no such entry. */
export async function readAskedEntry({ request, context }: LoaderFunctionArgs) {
  const asked = askedEntry(request);
  const entry = entryIn(await readMine(context), asked.type, asked.id);
  if (entry === undefined) throw data({ title: 'There is no such entry in your record' }, { status: 404 });
  return { entry, asked };
}

/** The entry as it stands in the person's record now. */
export function entryIn(record: PlainRecord, type: string, id: string): PlainItem | undefined {
  const all: PlainItem[] = [
    ...record.conditions.now,
    ...record.conditions.past,
    ...record.medicines.now,
    ...record.medicines.past,
    ...record.allergies.items,
    ...record.tests,
    ...record.vaccinations,
    ...record.appointments,
    ...record.referrals,
    ...record.plans,
    ...record.documents,
  ];
  return all.find(({ of }) => of.some((each) => each.type === type && each.id === id));
}

/** The entry named in the query of an address. */
function askedEntry(request: Request): { type: string; id: string } {
  const query = new URL(request.url).searchParams;
  return { type: query.get('type') ?? '', id: query.get('id') ?? '' };
}

/** Which message a page shows after a form was sent. */
export const doneOf = (request: Request): string | null => new URL(request.url).searchParams.get('done');
