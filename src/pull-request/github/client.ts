import type { getOctokit } from '@actions/github';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { RequestError } from '@octokit/request-error';
import Bottleneck from 'bottleneck';
import type { Log } from '../../ports/log.ts';

/** GitHub's API as `@actions/github` gives it; made by `createClient`. */
export type Client = ReturnType<typeof getOctokit>;

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

type Plugin = NonNullable<Parameters<typeof getOctokit>[2]>;
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
 * GitHub's API with a time limit for each try, bounded repeats after passing failures, and bounded waits for rate limits.
 *
 * @param getOctokit the one of `@actions/github`: it brings the runner's proxy
 * @param baseUrl REST address, `https://api.github.com` or a server's `…/api/v3`
 */
export function createClient(
  makeOctokit: typeof getOctokit,
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
  // One write at a time, but without the plugin's second between two: that is GitHub's advice for bulk work, and this is a handful.
  const oneByOne = () => new Bottleneck.Group({ maxConcurrent: 1 });
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
        write: oneByOne(),
        notifications: oneByOne(),
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
    guard(timeout) as unknown as Plugin,
    retry as unknown as Plugin,
    throttling as unknown as Plugin,
  );
}
