import type { Valid } from '../../system/shape.ts';
import type { RepositoryName } from '../forge.ts';
import type { forgejoAnswers } from './answers.ts';

/**
 * Sends a request. Values fill `{…}` of the documented route; the rest is the query or the body.
 */
export type SendRequest = (route: string, values: Values) => Promise<{ readonly data: unknown }>;

type Values = Readonly<Record<string, unknown>>;
type Routes = typeof forgejoAnswers;
type Answer<Route extends keyof Routes> = Valid<Routes[Route]>;
type ListRoute = {
  [Route in keyof Routes]: Answer<Route> extends readonly unknown[] | null | undefined ? Route : never;
}[keyof Routes];
type Item<Route extends ListRoute> = NonNullable<Answer<Route>>[number];

export type ApiPull = Answer<'POST /repos/{owner}/{repo}/pulls'>;
export type ApiEvent = Item<'GET /repos/{owner}/{repo}/issues/{index}/timeline'>;

/** Longest page of servers by default (`[api] MAX_RESPONSE_ITEMS`). */
const PAGE = 50;

/** The REST API that Forgejo and Gitea share (`/api/swagger`), for one repository. */
export class ForgejoApi {
  readonly #request: SendRequest;
  readonly #repository: RepositoryName;

  constructor(request: SendRequest, repository: RepositoryName) {
    this.#request = request;
    this.#repository = repository;
  }

  /** Sends a request whose answer is not read. */
  async send(route: string, values: Values): Promise<void> {
    await this.#request(route, { ...this.#repository, ...values });
  }

  /** Its answer has the shape that the client has verified. */
  async ask<Route extends keyof Routes>(route: Route, values: Values = {}): Promise<Answer<Route>> {
    const { data } = await this.#request(route, { ...this.#repository, ...values });
    return data as Answer<Route>;
  }

  /** All items of a list, page by page; at most `pages` pages. */
  async all<Route extends ListRoute>(route: Route, values: Values = {}, pages = 20): Promise<Item<Route>[]> {
    const all: Item<Route>[] = [];
    for (let page = 1; page <= pages; page++) {
      // An empty list may be null.
      const items = (await this.ask(route, { ...values, page, limit: PAGE })) ?? [];
      all.push(...(items as Item<Route>[]));
      if (items.length === 0) break;
    }
    return all;
  }
}
