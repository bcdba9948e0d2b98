import type { Shape } from '../system/shape.ts';

/**
 * Shapes of an API's answers: by method and route as its documentation writes them, for GraphQL by
 * the operation's name. Answers without an entry are not read.
 */
export type Answers = Readonly<Record<string, Shape>>;

/** The request that an answer is for. */
interface Asked {
  readonly method: string;
  readonly url: string;
  readonly query?: unknown;
}

/**
 * @returns what is wrong with the form of an answer, as the end of a sentence; undefined if nothing
 */
export function answerProblem(
  answers: Answers,
  { method, url, query }: Asked,
  data: unknown,
): string | undefined {
  const operation = typeof query === 'string' ? /^\s*(?:query|mutation) (\w+)/.exec(query)?.[1] : undefined;
  const name = operation ?? `${method} ${url}`;
  return Object.hasOwn(answers, name) ? answers[name]?.(data, 'answer') : undefined;
}
