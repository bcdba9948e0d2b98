import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { RequestError } from '@octokit/request-error';
import pLimit from 'p-limit';
import type { GithubApi, MakeOctokit, OctokitPlugin } from '../../system/github-api.ts';
import type { Log } from '../../system/log.ts';
import { type Answers, answerProblem } from '../answers.ts';
import { statusOf } from '../failures.ts';
import { githubAnswers } from './answers.ts';

/** Made by `createClient`. */
export type Client = GithubApi;

/** How patient the client is. */
export interface ClientPatience {
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
 * Bounds each single try in time, and makes a failure of an answer that has not the documented form: GitHub's client would hand it on as
 * if it were data. Such a failure counts as one of the server, so the request is repeated.
 */
function guard(timeout: number, answers: Answers): (octokit: { hook: Hook }) => object {
  return ({ hook }) => {
    hook.wrap('request', async (request, options) => {
      // Set in place: the hooks below this one were bound to this very object and do not see another.
      options.request.signal = AbortSignal.timeout(timeout);
      const failed = (problem: string): Error =>
        new RequestError(problem, 502, { request: { ...options, headers: options.headers } as never });
      const response = await Promise.resolve(request(options)).catch((error: unknown) => {
        // The client reads bodies of refusals itself, and a hostile one makes it fail in other ways.
        throw statusOf(error) === undefined ? failed('its answer could not be read') : error;
      });
      const isJson = String(response.headers['content-type'] ?? '').startsWith('application/json');
      const isCut = isJson && typeof response.data === 'string';
      const problem = isCut ? 'it was cut off' : answerProblem(answers, options, response.data);
      if (problem === undefined) return response;
      throw failed(`its answer is not what it documents: ${problem}`);
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
 * @param answers what the server's answers have to be like; default: GitHub's
 */
export function createClient(
  makeOctokit: MakeOctokit,
  token: string,
  baseUrl: string,
  log: Log,
  patience: ClientPatience = {},
  answers: Answers = githubAnswers,
): Client {
  const { retries = 3, timeout = 30_000, longestWait = 120, second = 1000 } = patience;
  const mayWait =
    (kind: string) =>
    (seconds: number, options: { method?: string; url?: string }, _: unknown, times: number) => {
      const isTime = Number.isFinite(seconds) && seconds >= 0;
      const waits = isTime && times < 2 && seconds <= longestWait;
      const how = isTime ? `${waits ? 'waiting' : 'not waiting'} ${seconds} s` : 'not waiting';
      log.warning(`The ${kind} rate limit at ${options.method ?? ''} ${options.url ?? ''}: ${how}.`);
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
    guard(timeout, answers) as unknown as OctokitPlugin,
    retry as unknown as OctokitPlugin,
    throttling as unknown as OctokitPlugin,
  );
}
