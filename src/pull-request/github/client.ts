import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { RequestError } from '@octokit/request-error';
import pLimit from 'p-limit';
import type { GithubApi, MakeOctokit, OctokitPlugin } from '../../ports/github-api.ts';
import type { Log } from '../../ports/log.ts';

/** Made by `createClient`. */
export type Client = GithubApi;

/** How patient the client is. */
export interface Patience {
  /** Times that a request is repeated after a passing failure. */
  readonly retries?: number;
  /** Milliseconds that one try may take. */
  readonly timeout?: number;
  /** Longest wait for a rate limit, in seconds; where GitHub asks for more, the request fails. */
  readonly longestWait?: number;
  /** Milliseconds that stand for a second of waiting; tests have no time. */
  readonly second?: number;
}

type Hook = Client['hook'];

/**
 * Bounds each single try in time, and makes a failure of an answer that is no whole JSON: GitHub's client would hand its
 * text on as if it were data.
 */
function guard(timeout: number): (octokit: { hook: Hook }) => object {
  return ({ hook }) => {
    hook.wrap('request', async (request, options) => {
      // Set in place: the hooks below this one were bound to this very object and do not see another.
      options.request.signal = AbortSignal.timeout(timeout);
      const response = await request(options);
      const isJson = String(response.headers['content-type'] ?? '').startsWith('application/json');
      if (isJson && typeof response.data === 'string') {
        throw new RequestError('the answer was cut off', 502, {
          request: { ...options, headers: options.headers } as never,
        });
      }
      return response;
    });
    return {};
  };
}

/**
 * Limits how many requests run at once, as the plugin's own groups do, but without its second and more between two writes: that is GitHub's
 * advice for bulk work, and this is a handful. Nor does it wait for timers, of which a group takes four for each request.
 */
function unspaced(atOnce: number): never {
  const limit = pLimit(atOnce);
  const schedule = (_: unknown, run: (...args: unknown[]) => Promise<unknown>, ...args: unknown[]) =>
    limit(() => run(...args));
  // All that the plugin asks of a Bottleneck.Group.
  return { key: () => ({ schedule }) } as never;
}

/**
 * GitHub's API with a time limit for each try, bounded repeats after passing failures, and bounded waits for rate limits.
 *
 * @param baseUrl REST address, `https://api.github.com` or a server's `…/api/v3`
 */
export function createClient(
  makeOctokit: MakeOctokit,
  token: string,
  baseUrl: string,
  log: Log,
  patience: Patience = {},
): Client {
  const { retries = 3, timeout = 30_000, longestWait = 120, second = 1000 } = patience;
  const mayWait =
    (kind: string) =>
    (seconds: number, options: { method?: string; url?: string }, _: unknown, times: number) => {
      const waits = times < 2 && seconds <= longestWait;
      log.warning(
        `The ${kind} rate limit at ${options.method ?? ''} ${options.url ?? ''}: ${waits ? `waiting ${seconds} s` : `not waiting ${seconds} s`}.`,
      );
      return waits;
    };
  return makeOctokit(
    token,
    {
      baseUrl,
      // Wrong requests, and refusals that waiting does not change, are not repeated; 403 and 429 are the rate limits' matter.
      retry: {
        retries,
        retryAfterBaseValue: second,
        doNotRetry: [400, 401, 403, 404, 405, 409, 410, 422, 429, 451],
      },
      throttle: {
        retryAfterBaseValue: second,
        ...{
          global: unspaced(10),
          write: unspaced(1),
          notifications: unspaced(1),
        },
        onRateLimit: mayWait('primary'),
        onSecondaryRateLimit: mayWait('secondary'),
      },
      log: {
        debug: () => undefined,
        info: () => undefined,
        warn: (text: string) => log.warning(text),
        error: () => undefined,
      },
    },
    guard(timeout) as unknown as OctokitPlugin,
    retry as unknown as OctokitPlugin,
    throttling as unknown as OctokitPlugin,
  );
}
