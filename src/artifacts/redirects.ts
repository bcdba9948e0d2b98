import type { Answer, Network } from './network.ts';

const most = 5;

/** The errors for redirects that are not followed. */
export interface Refusals {
  /** To what is no address of the web. */
  readonly address: () => Error;
  readonly plainHttp: (from: URL, to: URL) => Error;
  readonly tooMany: (most: number) => Error;
}

/** @throws `refused` where it is no http or https address */
export function webAddress(address: string, refused: () => Error): URL {
  const url = URL.parse(address);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) throw refused();
  return url;
}

/**
 * Asks for an address and follows its redirects, a few of them, never from https to plain http, and where the network lets it.
 * Credentials go only to the host that they belong to, at each hop anew.
 *
 * @returns the first answer that is no redirect
 * @throws what `refusals` makes, what `Network.beforeRedirect` throws, and what `Network.get` throws
 */
export async function getFollowing(
  start: URL,
  headers: Readonly<Record<string, string>>,
  network: Network,
  signal: AbortSignal,
  refusals: Refusals,
): Promise<Answer> {
  let url = start;
  for (let hops = 0; hops <= most; hops += 1) {
    const authorization = network.authorization(url);
    const sent = { ...headers, ...(authorization === undefined ? {} : { authorization }) };
    const answer = await network.get(url, sent, signal);
    const isRedirect = [301, 302, 303, 307, 308].includes(answer.status);
    const location = isRedirect ? answer.header('location') : undefined;
    if (location === undefined) return answer;
    answer.body.discard();
    const next = webAddress(URL.parse(location, url.href)?.href ?? location, refusals.address);
    if (url.protocol === 'https:' && next.protocol === 'http:') throw refusals.plainHttp(url, next);
    await network.beforeRedirect?.(url, next);
    url = next;
  }
  throw refusals.tooMany(most);
}
