import { redirect, type ActionFunctionArgs } from 'react-router';
import { send } from '../../api/client.ts';
import { keepReviewer } from './reviewer.ts';

/** A field of a form, without spaces around; empty when it was not sent. */
export function fieldOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}

/** Notes the opinion of a form and goes on to the next case; back to `page` where something is missing. */
export async function giveOpinion(
  context: ActionFunctionArgs['context'],
  form: FormData,
  { api, page, queue, cases }: { api: string; page: string; queue: string; cases: string },
): Promise<Response> {
  const [verdict, personId] = fieldOf(form, 'verdict').split(' ');
  const [reviewer, reason, note] = ['reviewer', 'reason', 'note'].map((name) => fieldOf(form, name));
  if (!verdict || !reviewer || !reason) return redirect(page, 303);
  const { next } = await send<{ next: string | null }>(context, `${api}/opinions`, {
    reviewer,
    verdict,
    reason,
    ...(personId === undefined ? {} : { personId }),
    ...(note ? { note } : {}),
  });
  const headers = keepReviewer(reviewer);
  return redirect(next === null ? queue : `${cases}/${next}`, { status: 303, headers });
}
