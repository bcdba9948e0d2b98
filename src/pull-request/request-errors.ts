// Reading the errors that the client throws. Everything in them may come from a hostile server.

/** The fields of the client's errors that are read. */
interface RequestFailure {
  readonly status?: unknown;
  readonly message?: string;
  readonly response?: {
    readonly headers?: Readonly<Record<string, string | number | undefined>>;
    readonly data?: { readonly message?: unknown; readonly errors?: unknown } | string;
  };
  /** GraphQL's errors; the status was 200. */
  readonly errors?: unknown;
}

type Problem = Readonly<Partial<Record<'type' | 'message' | 'field' | 'code', string>>>;

const failureOf = (error: unknown): RequestFailure =>
  typeof error === 'object' && error !== null ? error : {};

const dataOf = (error: unknown) => {
  const data = failureOf(error).response?.data;
  return typeof data === 'object' ? data : undefined;
};

const headerOf = (error: unknown, name: string): string =>
  String(failureOf(error).response?.headers?.[name] ?? '');

/** HTTP status of a failed request; undefined for anything else, GraphQL's own errors included. */
export function statusOf(error: unknown): number | undefined {
  const { status } = failureOf(error);
  return typeof status === 'number' ? status : undefined;
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
  const listed = failureOf(error).errors ?? dataOf(error)?.errors;
  return Array.isArray(listed) ? listed.slice(0, MOST_PROBLEMS).map(problemOf) : [];
}

/** The forge's message, on one line. */
export function wordsOf(error: unknown): string {
  const { errors, message } = failureOf(error);
  const given = dataOf(error)?.message;
  const details = problemsOf(error).map(
    (one) => one.message ?? [one.field, one.code].filter(Boolean).join(' '),
  );
  const main = typeof given === 'string' ? given : (message ?? String(error));
  const parts = errors ? details : [main, ...details];
  return [...new Set(parts)].join(': ').replace(/\s+/g, ' ').trim().replace(/\.$/, '').slice(0, 500);
}

/** Whether GraphQL refused, rather than the network or HTTP. */
export function isGraphqlRefusal(error: unknown): boolean {
  return failureOf(error).errors !== undefined && statusOf(error) === undefined;
}

/** The HTTP status; for rate limits and GraphQL's errors, the status that they stand for. */
export function meantStatus(error: unknown): number | undefined {
  const status = statusOf(error);
  const types = problemsOf(error).map(({ type }) => type);
  const isUsedUp = /rate limit/i.test(wordsOf(error)) || headerOf(error, 'x-ratelimit-remaining') === '0';
  if (types.includes('RATE_LIMITED') || (status === 403 && isUsedUp)) return 429;
  return types.includes('NOT_FOUND') ? 404 : status;
}

/** Seconds. */
const DAY = 24 * 60 * 60;

/** When a rate limit resets, for "Run this again …". */
export function whenFree(error: unknown): string {
  const after = headerOf(error, 'retry-after');
  if (/^\d{1,5}$/.test(after) && Number(after) <= DAY) return `in ${Number(after)} seconds`;
  const reset = Number(headerOf(error, 'x-ratelimit-reset'));
  const isSoon = Math.abs(reset - Date.now() / 1000) < DAY;
  return isSoon ? `after ${new Date(reset * 1000).toISOString()}` : 'later';
}
