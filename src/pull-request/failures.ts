import { UserError } from '../system/errors.ts';
import type { Log } from '../system/log.ts';

/** A step that talks to a forge, for its error message. */
export interface Step {
  /** Completes "GitHub refused to …". */
  readonly to: string;
  /** Permissions or scopes that the token needs, separated by `, `. */
  readonly needs: string;
}

/** What the client throws, as far as it is read. */
interface RequestFailure {
  readonly status?: number;
  readonly message?: string;
  readonly response?: {
    readonly headers?: Readonly<Record<string, string | number | undefined>>;
    readonly data?: { readonly message?: string; readonly errors?: readonly Problem[] | string } | string;
  };
  /** GraphQL's errors; the status was 200. */
  readonly errors?: readonly Problem[];
}

interface Problem {
  readonly type?: string;
  readonly message?: string;
  readonly field?: string;
  readonly code?: string;
}

const failureOf = (error: unknown): RequestFailure =>
  typeof error === 'object' && error !== null ? (error as RequestFailure) : {};

/** HTTP status of a failed request; undefined for anything else, GraphQL's own errors included. */
export function statusOf(error: unknown): number | undefined {
  const { status } = failureOf(error);
  return typeof status === 'number' ? status : undefined;
}

/** A header of the answer. */
export function headerOf(error: unknown, name: string): string | number | undefined {
  return failureOf(error).response?.headers?.[name];
}

/** Problems that are read from an answer. */
const MOST_PROBLEMS = 20;

/** Keeps the strings of a problem: the server may send anything. */
function problemOf(value: unknown): Problem {
  const given = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(given.filter(([, one]) => typeof one === 'string'));
}

/** The problems listed in REST's 422 or GraphQL's errors. */
export function problemsOf(error: unknown): readonly Problem[] {
  const failure = failureOf(error);
  const data = failure.response?.data;
  const listed: unknown = failure.errors ?? (typeof data === 'object' ? data?.errors : undefined);
  return Array.isArray(listed) ? listed.slice(0, MOST_PROBLEMS).map(problemOf) : [];
}

/** The forge's message, on one line. */
export function wordsOf(error: unknown): string {
  const failure = failureOf(error);
  const data = failure.response?.data;
  const given: unknown = typeof data === 'object' ? data?.message : undefined;
  const said = typeof given === 'string' ? given : undefined;
  const details = problemsOf(error).map(
    (one) => one.message ?? [one.field, one.code].filter(Boolean).join(' '),
  );
  const parts = failure.errors ? details : [said ?? failure.message ?? String(error), ...details];
  return [...new Set(parts)].join(': ').replace(/\s+/g, ' ').trim().replace(/\.$/, '').slice(0, 500);
}

/** Whether GraphQL refused, rather than the network or HTTP. */
export function isGraphqlRefusal(error: unknown): boolean {
  return failureOf(error).errors !== undefined && statusOf(error) === undefined;
}

/** Whether a rate limit is used up. */
export function isRateLimit(error: unknown): boolean {
  const { status, response } = failureOf(error);
  if (problemsOf(error).some((one) => one.type === 'RATE_LIMITED')) return true;
  if (status !== 403 && status !== 429) return false;
  return (
    status === 429 ||
    /rate limit/i.test(wordsOf(error)) ||
    String(response?.headers?.['x-ratelimit-remaining']) === '0'
  );
}

/** Seconds. */
const DAY = 24 * 60 * 60;

/** When a rate limit resets, for "Run this again …". */
export function whenFree(error: unknown): string {
  const headers = failureOf(error).response?.headers;
  const reset = String(headers?.['x-ratelimit-reset'] ?? '');
  // Seconds, or a date (RFC 9110, "Retry-After"), within a day.
  const after = String(headers?.['retry-after'] ?? '');
  if (/^\d{1,5}$/.test(after) && Number(after) <= DAY) return `in ${Number(after)} seconds`;
  const now = Date.now() / 1000;
  const times = [/^\d{9,11}$/.test(reset) ? Number(reset) : Number.NaN, Date.parse(after) / 1000];
  const time = times.find((one) => one > now - DAY && one < now + DAY);
  return time === undefined ? 'later' : `after ${new Date(time * 1000).toISOString()}`;
}

/** Code, cause and fix of one kind of failure. */
export interface Explanation {
  readonly fits: (error: unknown) => boolean;
  readonly code: string;
  readonly say: (step: Step, error: unknown) => string;
}

/** Explains failures of one forge. */
interface Explaining {
  /** Turns a failed request into a `UserError`; returns any other error unchanged. */
  readonly explain: (step: Step, error: unknown) => unknown;
  /** Runs a step and explains its failure. */
  readonly doStep: <T>(step: Step, call: () => Promise<T>) => Promise<T>;
}

/** @param table the first explanation that fits is used */
export function explainingBy(table: readonly Explanation[]): Explaining {
  const explain = (step: Step, error: unknown): unknown => {
    if (error instanceof UserError) return error;
    const found = table.find(({ fits }) => fits(error));
    return found ? new UserError(found.code, found.say(step, error), { cause: error }) : error;
  };
  return {
    explain,
    doStep: async (step, call) => {
      try {
        return await call();
      } catch (error) {
        throw explain(step, error);
      }
    },
  };
}

const UNAVAILABLE = ['github-unavailable', 'forge-unavailable'];

/** Whether the forge failed, also after retries. */
export const isUnavailable = (error: unknown): boolean =>
  error instanceof UserError && UNAVAILABLE.includes(error.code);

/** Whether the forge refused, so that a retry cannot help. */
export const isFinal = (error: unknown): boolean =>
  error instanceof UserError && error.code !== 'rate-limited' && !isUnavailable(error);

/**
 * Runs an optional step, whose refusal is only a warning.
 * @param isWarning which failures are warnings
 * @returns false if it failed
 */
export async function orWarn(
  log: Log,
  call: () => Promise<boolean>,
  isWarning: (error: UserError) => boolean = isFinal,
): Promise<boolean> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof UserError) || !isWarning(error)) throw error;
    log.warning(error.message);
    return false;
  }
}
