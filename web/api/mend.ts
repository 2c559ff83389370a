import { redirect, type ActionFunctionArgs } from 'react-router';
import { change, read, send } from './client.ts';

/** Something held back: its address in the API, its page, and which text of it a person mends. */
export type Held<Detail> = { address: string; page: string; textOf(detail: Detail): string };

/** Keeps a mended text, judges it again, or gives it up; then shows it as it is now. */
export async function actOnHeld<Detail>(
  { request, context }: Pick<ActionFunctionArgs, 'request' | 'context'>,
  { address, page, textOf }: Held<Detail>,
): Promise<Response> {
  const form = await request.formData();
  const asked = form.get('do');
  if (asked === 'dismiss') {
    await change(context, 'POST', `${address}/dismiss`);
    return redirect(page, 303);
  }
  const text = form.get('text');
  const detail = await read<Detail>(context, address);
  if (typeof text === 'string' && unified(text) !== unified(textOf(detail)))
    await change(context, 'PUT', address, { text });
  if (asked !== 'replay') return redirect(page, 303);
  const { replayed } = await send<{ replayed: boolean }>(context, `${address}/replay`, undefined);
  return redirect(replayed ? page : `${page}?refused`, 303);
}

/** A browser sends line ends in its own way: a text that differs only in those was not changed. */
const unified = (text: string): string => text.replaceAll('\r\n', '\n').trim();
