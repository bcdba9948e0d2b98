import { AbortError } from 'p-retry';
import { type Named, noAddress, unreachable } from './messages.ts';
import type { Answer, Network } from './network.ts';

const maxRedirects = 5;

/**
 * Asks for a file, following redirects. Credentials go only to the host that they belong to, at each hop anew.
 *
 * @param from first byte that is wanted; the answer's status is 206 where the server heeds it
 * @throws AbortError with a UserError inside where another try is of no use; any other error may pass
 */
export async function request(
  file: Named,
  network: Network,
  from: { byte: number; etag: string | undefined } | undefined,
  signal: AbortSignal,
): Promise<Answer> {
  let url = webAddress(file, file.url);
  for (let hops = 0; hops <= maxRedirects; hops += 1) {
    const answer = await network.get(url, headersFor(url, network, from), signal);
    const { status } = answer;
    if (status === 200 || status === 206) return answer;
    answer.body.discard();
    const location = [301, 302, 303, 307, 308].includes(status) ? answer.header('location') : undefined;
    if (location === undefined) throw refusal(file, status);
    const next = webAddress(file, URL.parse(location, url.href)?.href ?? location);
    if (url.protocol === 'https:' && next.protocol === 'http:')
      throw new AbortError(unreachable(file, `${url.host} redirects to plain http, at ${next.host}`));
    await judged(network, url, next);
    url = next;
  }
  throw new AbortError(unreachable(file, `more than ${maxRedirects} redirects`));
}

/** @throws AbortError: what was refused once would be refused again */
async function judged({ beforeRedirect }: Network, from: URL, to: URL): Promise<void> {
  try {
    await beforeRedirect?.(from, to);
  } catch (error) {
    throw error instanceof Error ? new AbortError(error) : error;
  }
}

function headersFor(
  url: URL,
  network: Network,
  from: { byte: number; etag: string | undefined } | undefined,
): Record<string, string> {
  const authorization = network.authorization(url);
  return {
    'user-agent': 'uv-fod',
    accept: '*/*',
    // The bytes of the lock, not a packed form of them.
    'accept-encoding': 'identity',
    ...(authorization === undefined ? {} : { authorization }),
    ...(from === undefined ? {} : { range: `bytes=${from.byte}-` }),
    ...(from?.etag === undefined ? {} : { 'if-range': from.etag }),
  };
}

/** Statuses after which the same request may succeed: time-outs, too many requests, and the server's own troubles. */
const isPassing = (status: number): boolean => [408, 416, 425, 429].includes(status) || status >= 500;

function refusal(file: Named, status: number): Error {
  const message = `the server answered ${status}`;
  return isPassing(status) ? new Error(message) : new AbortError(unreachable(file, message));
}

function webAddress(file: Named, address: string): URL {
  const url = URL.parse(address);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) throw new AbortError(noAddress(file));
  return url;
}
