import type { Reply } from './reply.ts';
import type { GitHubOptions } from './types.ts';

/** GitHub's primary rate limit: so many requests in a window; the headers say how many are left. */
export class RateLimit {
  readonly #limit: number;
  readonly #seconds: number;
  #used = 0;
  #resetAt: number;

  constructor(options: GitHubOptions['rateLimit']) {
    this.#limit = options?.limit ?? 5000;
    this.#seconds = options?.resetInSeconds ?? 3600;
    this.#resetAt = Date.now() + this.#seconds * 1000;
  }

  /** Counts one request; what to answer where none was left. */
  take(): Reply | undefined {
    if (Date.now() >= this.#resetAt) {
      this.#used = 0;
      this.#resetAt = Date.now() + this.#seconds * 1000;
    }
    if (this.#used < this.#limit) {
      this.#used += 1;
      return undefined;
    }
    const message = 'API rate limit exceeded for installation ID 1.';
    return {
      status: 403,
      body: { message, documentation_url: 'https://docs.github.com/rest', status: '403' },
    };
  }

  headers(path: string): Record<string, string> {
    return {
      'x-ratelimit-limit': String(this.#limit),
      'x-ratelimit-remaining': String(Math.max(this.#limit - this.#used, 0)),
      'x-ratelimit-used': String(this.#used),
      'x-ratelimit-reset': String(Math.ceil(this.#resetAt / 1000)),
      'x-ratelimit-resource': path === '/graphql' ? 'graphql' : 'core',
    };
  }
}
