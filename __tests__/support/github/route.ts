import type { Git } from './git.ts';
import type { Reply } from './reply.ts';
import type { Store } from './state.ts';
import type { GitHubOptions, Token } from './types.ts';

/** A repository that was forked from the one that is served. */
export interface Fork {
  id: number;
  fullName: string;
  git: Git;
}

/** What every handler stands on. */
export interface Hub {
  owner: string;
  name: string;
  git: Git;
  /** Repositories of other owners that share its objects, by owner. */
  forks: Map<string, Fork>;
  store: Store;
  options: GitHubOptions;
  /** Own address, once it is known. */
  url: string;
}

/** One request, taken apart for its handler. */
export interface Call {
  hub: Hub;
  token: Token | null;
  /** Who is written down as having done it. */
  actor: string;
  params: string[];
  query: URLSearchParams;
  body: Record<string, unknown>;
}

/**
 * One route. `path` is what follows `/repos/<owner>/<name>`; its groups become `params`. `needs`
 * lists permissions of which one is enough.
 */
export interface Route {
  method: string;
  path: RegExp;
  needs: readonly string[];
  handle: (call: Call) => Promise<Reply> | Reply;
}

/** A string out of a request's body, or undefined. */
export function stringOf(body: Record<string, unknown>, key: string): string | undefined {
  const value = body[key];
  return typeof value === 'string' ? value : undefined;
}

/** The strings of a list in a request's body; anything else in it is left out. */
export function stringsOf(body: Record<string, unknown>, key: string): string[] {
  const value = body[key];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** Page of a list, by `per_page` (at most 100) and `page`. */
export function pageOf<T>(items: readonly T[], query: URLSearchParams): T[] {
  const size = Math.min(Number(query.get('per_page') ?? 30) || 30, 100);
  const page = Math.max(Number(query.get('page') ?? 1) || 1, 1);
  return items.slice((page - 1) * size, page * size);
}
