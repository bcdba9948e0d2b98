import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Fault, LoggedRequest } from '../support/github/types.ts';
import { type Computed, compute } from '../support/scenario/published.ts';
import { git } from '../support/scenario/repository.ts';
import { makeWorld, token, type World } from '../support/scenario/world.ts';
import {
  branch,
  endState,
  expectFailed,
  minutes,
  published,
  pullsOf,
  withPublished,
  withWorld,
} from './support/world.ts';

// GitHub is asked by what publishes, whatever computed it: so that is computed once.
let computed: Computed;
beforeAll(async () => {
  computed = await compute();
}, 3 * minutes);

const answer = (status: number, message?: string, more: object = {}): Fault => ({
  kind: 'answer',
  status,
  ...(message === undefined ? {} : { body: { message, ...more } }),
});

/** Each request once: the first time it meets the fault, then all is well. */
function onceEach(fault: Fault) {
  const seen = new Set<string>();
  return ({ method, path, body }: LoggedRequest): Fault | undefined => {
    const key = `${method} ${path} ${JSON.stringify(body ?? '').slice(0, 200)}`;
    if (seen.has(key)) return undefined;
    seen.add(key);
    return fault;
  };
}

const passing: readonly (readonly [string, Fault])[] = [
  ['500', answer(500)],
  ['502', answer(502)],
  ['503', answer(503)],
  ['504', answer(504)],
  ['a connection that is reset', { kind: 'reset' }],
  ['JSON that is cut', { kind: 'cut' }],
];

describe('a failure of GitHub that passes', () => {
  test.concurrent.each(passing)(
    '%s, to one read and to one write: all is done, once',
    (_, fault) =>
      withPublished(computed, async (world) => {
        const hook = onceEach(fault);
        let reads = 0;
        world.github.setFaults((request) =>
          (request.write === 0 && reads++ === 0) || request.write === 1 ? hook(request) : undefined,
        );
        const { code } = await world.publish('first');
        expect(code).toBe(0);
        expect(await endState(world)).toEqual(published);
      }),
    minutes,
  );

  // As long as one try may take, half a minute, and side by side with others.
  test.concurrent(
    'a write that is never answered: tried again, and done once',
    () =>
      withPublished(computed, async (world) => {
        let times = 0;
        world.github.setFaults(({ write }) => (write > 0 && times++ === 0 ? { kind: 'stall' } : undefined));
        const { code, milliseconds } = await world.publish('first');
        expect(code).toBe(0);
        expect(milliseconds).toBeGreaterThan(29_000);
        expect(await endState(world)).toEqual(published);
      }),
    2 * minutes,
  );

  test(
    'the answer to the pull request is lost: there is one, not two',
    () =>
      withPublished(computed, async (world) => {
        let times = 0;
        world.github.setFaults(({ method, path }) =>
          method === 'POST' && path.endsWith('/pulls') && times++ === 0 ? { kind: 'drop' } : undefined,
        );
        expect((await world.publish('first')).code).toBe(0);
        expect(await pullsOf(world)).toHaveLength(1);
        expect(await endState(world)).toEqual(published);
      }),
    minutes,
  );

  test(
    'a secondary rate limit with Retry-After is waited for',
    () =>
      withPublished(computed, async (world) => {
        let times = 0;
        world.github.setFaults(({ write }) =>
          write > 0 && times++ === 0
            ? {
                ...answer(403, 'You have exceeded a secondary rate limit.'),
                kind: 'answer',
                status: 403,
                headers: { 'retry-after': '1' },
              }
            : undefined,
        );
        const { code, log } = await world.publish('first');
        expect(code).toBe(0);
        expect(log).toMatch(/::warning::The secondary rate limit at .*: waiting 1 s/);
        expect(await endState(world)).toEqual(published);
      }),
    minutes,
  );
});

interface Refusal {
  readonly fault: (request: LoggedRequest) => Fault | undefined;
  readonly code: string;
  readonly message: RegExp;
}

const always = (fault: Fault) => () => fault;
const toWrites = (fault: Fault) => (request: LoggedRequest) => (request.write > 0 ? fault : undefined);
const toPulls = (fault: Fault) => (request: LoggedRequest) =>
  request.method === 'POST' && request.path.endsWith('/pulls') ? fault : undefined;

const refusals: Readonly<Record<string, Refusal>> = {
  '401, the token is not accepted': {
    fault: always(answer(401, 'Bad credentials')),
    code: 'token-rejected',
    message: /does not accept the token.*github\.token/,
  },
  '403, the token may not': {
    fault: toWrites(answer(403, 'Resource not accessible by integration')),
    code: 'token-permission',
    message: /contents: write/,
  },
  '403, Actions may not open pull requests': {
    fault: toPulls(answer(403, 'GitHub Actions is not permitted to create or approve pull requests.')),
    code: 'pull-requests-not-allowed',
    message: /Allow GitHub Actions to create and approve pull requests/,
  },
  '404, a private repository': {
    fault: always(answer(404, 'Not Found')),
    code: 'repository-not-found',
    message: /\S/,
  },
  '422, validation of the pull request': {
    fault: toPulls(
      answer(422, 'Validation Failed', {
        errors: [{ resource: 'PullRequest', field: 'base', code: 'invalid' }],
      }),
    ),
    code: 'github-refused',
    message: /base invalid/,
  },
  '422, spam': {
    fault: toWrites(answer(422, 'Validation Failed', { errors: [{ message: 'was submitted too quickly' }] })),
    code: 'github-refused',
    message: /submitted too quickly/,
  },
  '409, an empty or locked repository': {
    fault: always(answer(409, 'Git Repository is empty.')),
    code: 'github-refused',
    message: /empty/,
  },
  'a primary rate limit that ends in an hour': {
    fault: always({
      kind: 'answer',
      status: 403,
      body: { message: 'API rate limit exceeded for installation ID 1.' },
      headers: {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 3600),
      },
    }),
    code: 'rate-limited',
    message: /again after \d{4}-\d\d-\d\dT/,
  },
  'a secondary rate limit that asks for an hour': {
    fault: always({
      kind: 'answer',
      status: 403,
      body: { message: 'You have exceeded a secondary rate limit.' },
      headers: { 'retry-after': '3600' },
    }),
    code: 'rate-limited',
    message: /again in 3600 seconds/,
  },
};

describe('a refusal of GitHub', () => {
  test.concurrent.each(Object.entries(refusals))(
    '%s: one sentence, and the remote is as it was',
    (_, { fault, code, message }) =>
      withPublished(computed, async (world) => {
        const refs = await world.repository.refs();
        world.github.setFaults(fault);
        const acted = await world.publish('first');
        world.github.setFaults();
        expectFailed(acted, code, message);
        expect(await world.repository.refs()).toBe(refs);
        expect(await pullsOf(world)).toEqual([]);
      }),
    minutes,
  );

  test(
    '503 for good: a bounded number of tries, and the next run goes on from there',
    () =>
      withPublished(computed, async (world) => {
        world.github.setFaults(() => answer(503));
        const acted = await world.publish('first');
        expect(acted.errors.map(({ title }) => title)).toEqual(['github-unavailable']);
        expect(world.github.requests.length).toBeLessThanOrEqual(4);
        world.github.setFaults();
        expect((await world.publish('first')).code).toBe(0);
        expect(await endState(world)).toEqual(published);
      }),
    minutes,
  );
});

describe('a branch that moves while it is looked at', () => {
  /** Moves a branch of the server at the n-th write. */
  const move = (world: World, name: string, n: number): void => {
    world.github.setFaults(async (request) => {
      if (request.write !== n) return undefined;
      const { bare } = world.repository;
      const tree = await git(bare, 'rev-parse', 'main^{tree}');
      const commit = await git(bare, 'commit-tree', '-p', 'main', '-m', 'Somebody else was here', tree);
      await git(bare, 'update-ref', `refs/heads/${name}`, commit);
      return undefined;
    });
  };

  test(
    'the base, by a commit that concerns other files: published on top of it',
    () =>
      withPublished(computed, async (world) => {
        move(world, 'main', 3);
        await world.publish('first');
        world.github.setFaults();
        await world.publish('first');
        expect(await pullsOf(world)).toHaveLength(1);
        expect(await world.repository.log('main')).toMatch(/Somebody else was here/);
      }),
    minutes,
  );

  test(
    'the branch of the pull request: the other commit is kept',
    () =>
      withPublished(computed, async (world) => {
        move(world, branch, 3);
        const { code } = await world.publish('first');
        world.github.setFaults();
        expect(code).toBe(0);
        expect(await world.repository.log(`main..${branch}`)).toContain('Somebody else was here');
        expect(await pullsOf(world)).toHaveLength(1);
      }),
    minutes,
  );

  test(
    'a branch that a rule protects: said so, and nothing is opened',
    async () => {
      const { startGitHub } = await import('../support/github/server.ts');
      await withPublished(computed, async (world) => {
        const guarded = await startGitHub({
          repository: 'you/small',
          bare: world.repository.bare,
          tokens: {
            [token]: { permissions: { contents: 'write', pull_requests: 'write', issues: 'write' } },
          },
          protectedBranches: [branch],
        });
        try {
          const acted = await world.publish('first', { step: { github: guarded.url } });
          expect(acted.code).toBe(1);
          expect(acted.errors.map(({ title }) => title)).toEqual(['branch-protected']);
          expect(await world.repository.refs()).toMatch(/^refs\/heads\/main \S+$/);
        } finally {
          await guarded.close();
        }
      });
    },
    minutes,
  );
});

describe('tokens', () => {
  const inputs = { verify: 'false', 'pull-request': 'false' };

  test(
    'a token that only reads is enough where nothing is published',
    () =>
      withWorld(
        () => makeWorld({ reader: { permissions: { contents: 'read' } } }),
        async (world) => {
          const { code, outputs } = await world.act({ inputs: { ...inputs, token: 'reader' } });
          expect({ code, outcome: outputs.get('outcome') }).toEqual({ code: 0, outcome: 'changed' });
          expect(world.github.writes()).toEqual([]);
        },
      ),
    minutes,
  );

  test(
    'and so is none',
    () =>
      withWorld(makeWorld, async (world) => {
        const { code } = await world.act({ inputs: { ...inputs, token: '' } });
        expect(code).toBe(0);
        expect(world.github.requests).toEqual([]);
      }),
    minutes,
  );
});
