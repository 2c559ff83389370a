/** A browser without pages: it keeps cookies by path, and follows redirects. */
export type Browser = {
  readonly setCookies: string[];
  /** The cookies it would send with a path. */
  cookiesAt(path: string): string;
  get(path: string): Promise<Response>;
  /** One request, no redirect followed. */
  getOnly(path: string): Promise<Response>;
  post(path: string, form: Record<string, string>): Promise<Response>;
  postOnly(path: string, form: Record<string, string>): Promise<Response>;
  send(method: string, path: string, body?: object): Promise<Response>;
  json(path: string): Promise<Record<string, unknown>>;
};

type Kept = { value: string; path: string };

export function browser(base: string): Browser {
  const jar = new Map<string, Kept>();
  const setCookies: string[] = [];

  const cookiesAt = (wanted: string): string =>
    [...jar]
      .filter(([, { path }]) => wanted === path || wanted.startsWith(path.replace(/\/?$/, '/')))
      .map(([name, { value }]) => `${name.split(' ', 1)[0]}=${value}`)
      .join('; ');
  const ask = async (url: URL, init: RequestInit): Promise<Response> => {
    const cookie = cookiesAt(url.pathname);
    const headers = new Headers(init.headers);
    if (cookie !== '') headers.set('cookie', cookie);
    headers.set('origin', url.origin);
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) keep(line, url);
    return answer;
  };
  const keep = (line: string, url: URL): void => {
    setCookies.push(line);
    const [pair = '', ...more] = line.split(';').map((part) => part.trim());
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    const path = more.find((part) => /^path=/i.test(part))?.slice(5) ?? url.pathname;
    const gone =
      more.some((part) => /^max-age=0$/i.test(part)) ||
      more.some((part) => /^expires=/i.test(part) && Date.parse(part.slice(8)) < Date.now());
    if (gone) jar.delete(`${name} ${path}`);
    else jar.set(`${name} ${path}`, { value, path });
  };
  const follow = async (answer: Response, from: URL): Promise<Response> => {
    let [last, at] = [answer, from];
    for (let hops = 0; hops < 10 && last.headers.has('location'); hops++) {
      at = new URL(last.headers.get('location') as string, at);
      last = await ask(at, {});
    }
    Object.defineProperty(last, 'url', { value: at.href });
    return last;
  };
  const at = (path: string): URL => new URL(path, base);
  return {
    setCookies,
    cookiesAt,
    get: async (path) => follow(await ask(at(path), {}), at(path)),
    getOnly: (path) => ask(at(path), {}),
    post: async (path, form) => follow(await ask(at(path), formOf(form)), at(path)),
    postOnly: (path, form) => ask(at(path), formOf(form)),
    send: (method, path, body) =>
      ask(at(path), {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      }),
    json: async (path) => (await (await ask(at(path), {})).json()) as Record<string, unknown>,
  };
}

function formOf(form: Record<string, string>): RequestInit {
  return { method: 'POST', body: new URLSearchParams(form) };
}
