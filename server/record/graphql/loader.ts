import type { FieldNode } from 'graphql';
import type { Resource } from '../types.ts';
import { tooCostly } from './failure.ts';
import type { Limits, ReferenceTarget, SearchPage, SearchRequest, Source } from './types.ts';

type Read = { key: string; target: ReferenceTarget; use: (resource: Resource | undefined) => void };
type Search = { request: SearchRequest; node: FieldNode; use: (page: SearchPage) => void };

/** Collects what a level of a query needs, asks the source once for it, and goes on until nothing more is needed. */
export class Loader {
  readonly #source: Source;
  readonly #limits: Limits;
  readonly #known = new Map<string, Resource | undefined>();
  readonly #asked = new Set<string>();
  #reads: Read[] = [];
  #searches: Search[] = [];
  #resourceCount = 0;
  #searchCount = 0;

  constructor(source: Source, limits: Limits) {
    this.#source = source;
    this.#limits = limits;
  }

  read(target: ReferenceTarget, node: FieldNode, use: Read['use']): void {
    const key = JSON.stringify([target.type, target.id, target.version]);
    if (!this.#asked.has(key)) this.#countResources(1, node);
    this.#asked.add(key);
    this.#reads.push({ key, target, use });
  }

  search(request: SearchRequest, node: FieldNode, use: Search['use']): void {
    this.#searchCount += 1;
    const { searches } = this.#limits;
    if (this.#searchCount > searches) throw tooCostly(`The query needs more than ${searches} searches`, node);
    this.#searches.push({ request, node, use });
  }

  /** Searches page by page until there are as many matches as wanted, or no more. `isWhole` says whether more would follow. */
  searchAll(
    request: SearchRequest,
    wanted: number,
    node: FieldNode,
    use: (matches: Resource[], isWhole: boolean) => void,
  ): void {
    const matches: Resource[] = [];
    const take = (page: SearchPage): void => {
      for (const { resource, mode } of page.entries)
        if (mode === undefined || mode === 'match') matches.push(resource);
      if (page.next === undefined || matches.length >= wanted) {
        use(matches.slice(0, wanted), page.next === undefined && matches.length <= wanted);
      } else this.search({ type: request.type, parameters: [], cursor: page.next }, node, take);
    };
    this.search({ ...request, count: wanted }, node, take);
  }

  async settle(): Promise<void> {
    while (this.#reads.length > 0 || this.#searches.length > 0) {
      const [reads, searches] = [this.#reads, this.#searches];
      this.#reads = [];
      this.#searches = [];
      const [, pages] = await Promise.all([this.#load(reads), this.#find(searches)]);
      for (const { key, use } of reads) use(this.#known.get(key));
      for (const [index, { node, use }] of searches.entries()) {
        const page = pages[index] as SearchPage;
        this.#countResources(page.entries.length, node);
        use(page);
      }
    }
  }

  async #load(reads: Read[]): Promise<void> {
    const missing = new Map(
      reads.filter(({ key }) => !this.#known.has(key)).map(({ key, target }) => [key, target]),
    );
    if (missing.size === 0) return;
    const found = await this.#source.read([...missing.values()]);
    for (const [index, key] of [...missing.keys()].entries()) this.#known.set(key, found[index]);
  }

  async #find(searches: Search[]): Promise<SearchPage[]> {
    return searches.length === 0 ? [] : this.#source.search(searches.map(({ request }) => request));
  }

  #countResources(added: number, node: FieldNode): void {
    this.#resourceCount += added;
    const { resources } = this.#limits;
    if (this.#resourceCount > resources)
      throw tooCostly(`The query needs more than ${resources} resources`, node);
  }
}
