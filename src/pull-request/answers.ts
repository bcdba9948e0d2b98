import type { Shape } from '../system/shape.ts';

/**
 * What the answers of an API have to be like where they are read: by method and route as the API's documentation writes them, and for
 * GraphQL by the operation's name. Answers without an entry are not read.
 */
export type Answers = Readonly<Record<string, Shape>>;

/** The request that an answer is for, as far as it matters here. */
interface Asked {
  readonly method: string;
  readonly url: string;
  readonly query?: unknown;
}

/** @returns what of an answer has not the documented form, as the end of a sentence; undefined if nothing */
export function answerProblem(
  answers: Answers,
  { method, url, query }: Asked,
  data: unknown,
): string | undefined {
  const operation = typeof query === 'string' ? /^\s*(?:query|mutation) (\w+)/.exec(query)?.[1] : undefined;
  const name = operation ?? `${method} ${url}`;
  return Object.hasOwn(answers, name) ? answers[name]?.(data, 'answer') : undefined;
}
