import type { Valid } from '../../system/shape.ts';
import { allPages, type Client, type Paging } from '../github/client.ts';
import type { RepositoryName } from '../types.ts';
import type { forgejoAnswers } from './answers.ts';

type Values = Readonly<Record<string, unknown>>;
type Routes = typeof forgejoAnswers;
type Answer<Route extends keyof Routes> = Valid<Routes[Route]>;
type ListRoute = {
  [Route in keyof Routes]: Answer<Route> extends readonly unknown[] | null | undefined ? Route : never;
}[keyof Routes];
type Item<Route extends ListRoute> = NonNullable<Answer<Route>>[number];

export type ApiPull = Answer<'POST /repos/{owner}/{repo}/pulls'>;
export type ApiEvent = Item<'GET /repos/{owner}/{repo}/issues/{index}/timeline'>;

/** The longest pages by default (`[api] MAX_RESPONSE_ITEMS`); not every list links the next one. */
export const forgejoPaging: Paging = { length: { limit: 50 }, hasNext: () => true };

/** Routes of Forgejo and Gitea that differ from GitHub's (`/api/swagger`), for one repository. */
export class ForgejoApi {
  readonly #client: Client;
  readonly #repository: RepositoryName;

  constructor(client: Client, repository: RepositoryName) {
    this.#client = client;
    this.#repository = repository;
  }

  /**
   * Values fill `{…}` of the route; the rest is the query or the body. The client has verified the
   * shape of the answer.
   */
  async ask<Route extends keyof Routes>(route: Route, values: Values = {}): Promise<Answer<Route>> {
    return (await this.#request(route, values)).data as Answer<Route>;
  }

  /** All items of a list, of at most `pages` pages. */
  all<Route extends ListRoute>(route: Route, values: Values = {}, pages?: number): Promise<Item<Route>[]> {
    const ask = async (page: object) => {
      const { data, headers } = await this.#request(route, { ...values, ...page });
      return { headers, data: data as Item<Route>[] | null };
    };
    return allPages(ask, forgejoPaging, pages);
  }

  #request(route: string, values: Values) {
    return this.#client.request(route, { ...this.#repository, ...values });
  }
}
