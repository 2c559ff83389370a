import { setTimeout as pause } from 'node:timers/promises';
import type { Asked } from './requests.ts';
import type { World } from './world.ts';

/** What was answered: the text is status, headers and body, without what each answer makes anew. */
export type Reply = { status: number; text: string; next: string | undefined };

/** Asks a world as somebody, once more where its database is too busy to let anybody in: nothing was done then. */
export async function answerOf(world: World, viewer: string, asked: Asked): Promise<Reply> {
  for (let left = 20; ; left--) {
    const reply = await answerNow(world, viewer, asked);
    if (reply.status !== 503 || left === 0) return reply;
    await pause(500);
  }
}

async function answerNow(world: World, viewer: string, asked: Asked): Promise<Reply> {
  const answer = await world.app.inject({
    method: asked.method,
    url: asked.url,
    headers: {
      ...asked.headers,
      asks: viewer,
      ...(asked.type !== undefined && { 'content-type': asked.type }),
    },
    ...(asked.body === undefined ? {} : { payload: asked.body }),
  });
  const { date: _date, ...headers } = answer.headers;
  nameMade(world, answer.headers.location, answer.body);
  const body = withoutMadeIds(answer.body);
  if (body.length !== answer.body.length) delete headers['content-length'];
  const next = /"relation":"next","url":"http:\/\/record\.example([^"]+)"/.exec(answer.body)?.[1];
  return {
    status: answer.statusCode,
    text: `${answer.statusCode} ${withMadeNames(world, JSON.stringify(headers))}\n${withMadeNames(world, body)}`,
    next,
  };
}

/** Notes the ids that an answer says were given to new resources. */
function nameMade({ made }: World, location: string | undefined, body: string): void {
  const told = [location ?? '', ...[...body.matchAll(/"location":"([^"]+)"/g)].map(([, url]) => url!)];
  for (const url of told) {
    const [, id] = /\/([0-9a-f-]{36})\/_history\/1$/.exec(url) ?? [];
    if (id !== undefined && !made.has(id)) made.set(id, `made-${made.size}`);
  }
}

function withMadeNames({ made }: World, text: string): string {
  if (made.size === 0) return text;
  return text.replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => made.get(id) ?? id);
}

/** The id of a Bundle is made anew for each answer; so are sealed links. Cursors are written out: they may hold ids that were made. */
const withoutMadeIds = (body: string): string =>
  body
    .replace(/("resourceType":"Bundle","id":")[^"]+/g, '$1made')
    .replace(/(<Bundle xmlns="[^"]+"><id value=")[^"]+/g, '$1made')
    .replaceAll(
      /_cursor=([\w-]+)/g,
      (_all, at: string) => `_cursor=${Buffer.from(at, 'base64url').toString()}`,
    )
    .replace(/_page=[\w%.-]+/g, '_page=sealed');

/** A question with the ids of persons in it: `person-of-PATIENT` stands for them. */
export function naming(persons: ReadonlyMap<string, string>, asked: Asked): Asked {
  const named = (text: string): string =>
    text.replaceAll(/person-of-([0-9a-f-]{36})/g, (_name, patient: string) => persons.get(patient)!);
  return {
    ...asked,
    url: named(asked.url),
    ...(asked.body === undefined ? {} : { body: named(asked.body) }),
  };
}
