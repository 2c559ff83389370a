/** Asks somebody over HTTP: the shape of `fetch`. */
export type Ask = (address: string | URL | Request, options?: object) => Promise<Response>;

/**
 * A way out that asks only addresses on a list, and follows nobody elsewhere. Throws for any other address before anything is sent.
 * `isKnown` is asked each time, so that what was taken off the list is not asked again.
 */
export function onlyTo(isKnown: (address: URL) => boolean | Promise<boolean>): Ask {
  return async (address, options) => {
    const url = new URL(address instanceof Request ? address.url : address);
    if (!(await isKnown(url))) throw new Error(`${url.origin} is not among the addresses that are asked.`);
    return fetch(url, { ...options, redirect: 'error' } as RequestInit);
  };
}
