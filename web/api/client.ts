/** How pages speak to the server: through its public HTTP API, in the same process. */
import { createContext, data, type LoaderFunctionArgs } from 'react-router';

export type ApiAnswer = {
  status: number;
  contentType: string;
  body: string;
  /** The cookies that the answer sets: a page that signs somebody out hands them on. */
  cookies: string[];
};

/** Sends one request to the API, on behalf of whoever asked for the page. */
export type CallApi = (call: {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  body?: unknown;
}) => Promise<ApiAnswer>;

/** Where a page's loader finds the API. The server sets it for each request. */
export const apiContext = createContext<CallApi>();

/** A refusal as the API words it. */
export type Refusal = {
  title: string;
  wayOut?: string;
  status: number;
  /** Which refusal it is, such as `access/refused`. */
  code?: string;
};

type Context = LoaderFunctionArgs['context'];

/** Reads from the API. A refusal is thrown, so that the error page shows it. */
export async function read<Body>(context: Readonly<Context>, path: string): Promise<Body> {
  return bodyOf<Body>(await context.get(apiContext)({ method: 'GET', path }));
}

/** Sends to the API. The statuses named in `expected` are answers, any other refusal is thrown. */
export async function send<Body>(
  context: Readonly<Context>,
  path: string,
  body: unknown,
  expected: number[] = [],
): Promise<Body> {
  const answer = await context.get(apiContext)({ method: 'POST', path, body });
  return expected.includes(answer.status) ? (JSON.parse(answer.body) as Body) : bodyOf<Body>(answer);
}

/** Reads from the API what not everybody may see, or what may not be there. */
export async function readIfAllowed<Body>(
  context: Readonly<Context>,
  path: string,
): Promise<Body | undefined> {
  const answer = await context.get(apiContext)({ method: 'GET', path });
  return [401, 403, 404].includes(answer.status) ? undefined : bodyOf<Body>(answer);
}

/** Puts or posts a change that answers with nothing to read, or with a body that the caller does not need. */
export async function change(
  context: Readonly<Context>,
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<ApiAnswer> {
  const answer = await context.get(apiContext)({ method, path, body });
  if (answer.status >= 400) throw refusal(answer);
  return answer;
}

/** The text behind an address of the API, such as a letter. */
export async function readText(context: Readonly<Context>, path: string): Promise<string> {
  const answer = await context.get(apiContext)({ method: 'GET', path });
  if (answer.status >= 400) throw refusal(answer);
  return answer.body;
}

function bodyOf<Body>(answer: ApiAnswer): Body {
  if (answer.status >= 400) throw refusal(answer);
  return JSON.parse(answer.body) as Body;
}

function refusal({ status, contentType, body }: ApiAnswer) {
  const said = contentType.includes('json') ? (JSON.parse(body) as Partial<Refusal>) : {};
  const title = said.title ?? (status === 404 ? 'There is nothing at this address' : 'This did not work');
  return data({ title, wayOut: said.wayOut, status, code: said.code } satisfies Partial<Refusal>, { status });
}
