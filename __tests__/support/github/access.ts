import { notFound, Refusal } from './reply.ts';
import type { Level, Permission, Token, TokenOptions } from './types.ts';

/** Fills in what a token's options leave out: GITHUB_TOKEN with nothing but what was granted. */
export function tokensOf(options: Record<string, TokenOptions> = {}): Map<string, Token> {
  const tokens = new Map<string, Token>();
  for (const [secret, given] of Object.entries(options)) {
    const kind = given.kind ?? 'integration';
    tokens.set(secret, {
      name: given.name ?? 'token',
      kind,
      login: given.login ?? (kind === 'integration' ? 'github-actions[bot]' : 'somebody'),
      permissions: given.permissions ?? {},
      mayCreatePullRequests: given.mayCreatePullRequests ?? true,
    });
  }
  return tokens;
}

/** Who asks, from the Authorization header; null for nobody. A wrong token is 401, as on GitHub. */
export function authenticate(header: string | undefined, tokens: Map<string, Token>): Token | null {
  if (header === undefined) return null;
  const secret = /^(?:token|bearer) (\S+)$/i.exec(header)?.[1];
  const token = secret === undefined ? undefined : tokens.get(secret);
  if (!token) throw new Refusal(401, 'Bad credentials');
  return token;
}

/** GitHub's sentence for a token that is known but may not. */
export function notAccessible(token: Token): string {
  return token.kind === 'integration'
    ? 'Resource not accessible by integration'
    : 'Resource not accessible by personal access token';
}

const reaches = (has: Level | undefined, needs: Level): boolean => has === 'write' || has === needs;

/**
 * Whether the token has one of these permissions, each written `name=level` as GitHub's header has
 * them.
 */
export function may(token: Token | null, anyOf: readonly string[], isPrivate: boolean): boolean {
  return anyOf.some((wanted) => {
    const [name, level] = wanted.split('=') as [Permission, Level];
    if (level === 'read' && !isPrivate) return true;
    return token !== null && reaches(token.permissions[name], level);
  });
}

/** Throws what GitHub answers where the token lacks all of these permissions. */
export function demand(token: Token | null, anyOf: readonly string[], isPrivate: boolean): void {
  if (may(token, anyOf, isPrivate)) return;
  // Whoever may not see a private repository is not told that it exists.
  if (isPrivate && !may(token, ['contents=read', 'pull_requests=read', 'issues=read'], true))
    throw notFound();
  if (!token) throw new Refusal(401, 'Requires authentication');
  throw new Refusal(403, notAccessible(token), {
    headers: { 'x-accepted-github-permissions': anyOf.join('; ') },
  });
}
