/**
 * Keeps what somebody searched for out of web addresses: the address holds it sealed, so that history, logs and
 * bookmarks show nothing, and going back or reloading still works.
 */
import { createContext, type LoaderFunctionArgs } from 'react-router';

export type PersonSearch = { name: string; born: string; nhsNumber: string; cursor?: string };

/** Hides a text, and opens it again; undefined when it was changed or sealed with another key. */
export type Sealer = { seal(text: string): string; open(sealed: string): string | undefined };

/** Where pages find the server's sealer. The server sets it for each request. */
export const sealerContext = createContext<Sealer>();

type Context = Readonly<LoaderFunctionArgs['context']>;

/** Seals a search into a text fit for a web address. */
export function sealSearch(context: Context, search: PersonSearch): string {
  return context.get(sealerContext).seal(JSON.stringify(search));
}

/** Opens a sealed search; undefined when it was not sealed here or was changed. */
export function openSearch(context: Context, ticket: string): PersonSearch | undefined {
  const text = context.get(sealerContext).open(ticket);
  return text === undefined ? undefined : (JSON.parse(text) as PersonSearch);
}
