import { browser, type Browser } from '../test/support/cookie-browser.ts';

/** Signs in as somebody made up, in the demonstration of a server that was started with `--sign-in demonstration`. */
export async function signIn(base: string, persona: string): Promise<Browser> {
  const visitor = browser(base.replace('127.0.0.1', 'localhost'));
  const choice = await visitor.get('/sign-in/start?provider=demonstration&to=/health');
  const done = await visitor.post(new URL(choice.url).pathname, { persona });
  if (visitor.cookiesAt('/fhir') === '' || done.status >= 400)
    throw new Error(`Nobody could sign in as ${persona}: ${done.status}.`);
  return visitor;
}
