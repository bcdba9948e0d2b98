import { may, notAccessible } from './access.ts';
import { GraphQLError } from './libraries.ts';
import type { Call } from './route.ts';

/** An error as GitHub's GraphQL writes it. */
export const failure = (type: string, message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { type } });

/** Refuses who has none of these permissions; GraphQL does not name the one that is missing. */
export function demandWrite({ token, hub }: Call, anyOf: readonly string[]): void {
  if (token && may(token, anyOf, hub.options.private === true)) return;
  throw failure('FORBIDDEN', token ? notAccessible(token) : 'Requires authentication');
}
