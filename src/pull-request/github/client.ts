import { RequestError } from '@octokit/request-error';
import type { Log } from '../../system/log.ts';
import { statusOf } from '../request-errors.ts';
import { type Answers, githubAnswers } from './answers.ts';
import type { GithubApi, MakeOctokit, OctokitPlugin } from './api.ts';

export type Client = GithubApi;

/** Retries and time limits of the client. */
export interface ClientPatience {
  /** Retries after a temporary failure. */
  readonly retries?: number;
  /** Milliseconds for one try. */
  readonly timeout?: number;
  /** Longest wait for a rate limit, in seconds; beyond it, the request fails. */
  readonly longestWait?: number;
  /** Milliseconds that count as one second of waiting; less in tests. */
  readonly second?: number;
}

/** Describes a wrong form of an answer, as the end of a sentence; undefined if it is right. */
function answerProblem(
  answers: Answers,
  { method, url, query }: { method: string; url: string; query?: unknown },
  data: unknown,
): string | undefined {
  const [, operation] = /^\s*(?:query|mutation) (\w+)/.exec(String(query)) ?? [];
  const name = operation ?? `${method} ${url}`;
  return Object.hasOwn(answers, name) ? answers[name]?.(data, 'answer') : undefined;
}

type Hook = Client['hook'];

/**
 * Limits the time of each try, and rejects an answer that does not have the documented form. A
 * rejected answer counts as a failure of the server, so the request is retried.
 */
function guard(timeout: number, answers: Answers): (octokit: { hook: Hook }) => object {
  return ({ hook }) => {
    hook.wrap('request', async (request, options) => {
      // Set in place: hooks below this one are bound to this object.
      options.request.signal = AbortSignal.timeout(timeout);
      const failed = (problem: string): Error =>
        new RequestError(problem, 502, { request: { ...options, headers: options.headers } as never });
      const response = await Promise.resolve(request(options)).catch((error: unknown) => {
        // If a refusal has a hostile body, the client fails without a status.
        throw statusOf(error) === undefined ? failed('its answer could not be read') : error;
      });
      const problem = answerProblem(answers, options, response.data);
      if (problem === undefined) return response;
      throw failed(`its answer is not what it documents: ${problem}`);
    });
    return {};
  };
}

/**
 * Replaces the plugin's groups, which wait a second between two writes, as GitHub advises for bulk
 * work. It has the methods of a Bottleneck.Group that the plugin uses.
 */
const UNSPACED = {
  key: () => ({
    schedule: (_: unknown, run: (...args: unknown[]) => unknown, ...args: unknown[]) => run(...args),
  }),
} as never;

/**
 * GitHub's API with time limits, retries after temporary failures, and bounded waits for rate
 * limits.
 *
 * @param baseUrl of REST, `https://api.github.com` or a server's `…/api/v3`
 * @param answers shapes of the server's answers; default: GitHub's
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
      // Only temporary failures are retried; throttling handles 403 and 429.
      retry: {
        retries,
        retryAfterBaseValue: second,
        doNotRetry: [400, 401, 403, 404, 405, 409, 410, 422, 429, 451],
      },
      throttle: {
        retryAfterBaseValue: second,
        ...{ global: UNSPACED, write: UNSPACED, notifications: UNSPACED },
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
  );
}

/** Limit for pages of a list. */
const PAGES = 20;

/** A page of a list, with its headers; an empty list may be null on Forgejo and Gitea. */
interface ApiPage<T> {
  readonly data: readonly T[] | null | undefined;
  readonly headers: { readonly link?: string | undefined };
}

/** How a forge pages its lists: the parameter for a page's length, and whether a page follows. */
export interface Paging {
  readonly length: { readonly per_page: number } | { readonly limit: number };
  readonly hasNext: (page: ApiPage<unknown>) => boolean;
}

/** The longest pages; the untrusted URL in the header `Link` is not followed. */
export const githubPaging: Paging = {
  length: { per_page: 100 },
  hasNext: ({ headers }) => /rel="next"/.test(headers.link ?? ''),
};

/** All items of a list, from at most `most` pages, which are requested by number. */
export async function allPages<T>(
  ask: (page: { readonly page: number }) => Promise<ApiPage<T>>,
  { length, hasNext }: Paging = githubPaging,
  most = PAGES,
): Promise<T[]> {
  const all: T[] = [];
  for (let page = 1; page <= most; page++) {
    const answer = await ask({ ...length, page });
    all.push(...(answer.data ?? []));
    if (!answer.data?.length || !hasNext(answer)) break;
  }
  return all;
}
