import { afterAll, describe, expect, test } from '@jest/globals';
import { publish } from '../../../src/pull-request/publish.ts';
import type { PublishRequest } from '../../../src/pull-request/types.ts';
import type { Fault, LoggedRequest } from '../../support/github/types.ts';
import { BRANCH, endTemplate, endWorlds, NIX, type World, world } from './world.ts';

afterAll(endWorlds);
afterAll(endTemplate);

const LABELLED: Partial<PublishRequest> = {
  labels: ['nix'],
  assignees: ['ada'],
  reviewers: ['grace', 'acme/packagers'],
  milestone: '2026.8',
  autoMerge: 'squash',
};
const NEXT = { ...LABELLED, files: [{ path: NIX, content: 'hash = "sha256-next";\n' }], title: 'next' };

/** What a person sees of the remote in the end: times, ids and dates apart. */
async function endState(w: World): Promise<unknown> {
  const commits = await w.commits();
  const pulls = await w.pulls();
  const comments = await Promise.all(
    pulls.map(({ number }) =>
      w.octokit.rest.issues.listComments({ owner: 'acme', repo: 'nix', issue_number: number }),
    ),
  );
  return {
    commits: commits.map(({ tree, parents }) => ({ tree, parents })),
    pulls: pulls.map(({ number, title, state, labels, assignees, ...pull }) => ({
      number,
      title,
      state,
      labels: labels.map(({ name }) => name),
      assignees: assignees?.map(({ login }) => login),
      reviewers: pull.requested_reviewers?.map(({ login }) => login),
      teams: pull.requested_teams?.map(({ slug }) => slug),
      milestone: pull.milestone?.title,
      autoMerge: pull.auto_merge?.merge_method,
      draft: pull.draft,
    })),
    bodies: pulls.map(({ body }) => body),
    comments: comments.map(({ data }) => data.map(({ body }) => body)),
  };
}

async function prepared(): Promise<World> {
  const w = await world();
  await w.allowAutoMerge();
  await w.client({}, 'ada').rest.issues.createMilestone({ owner: 'acme', repo: 'nix', title: '2026.8' });
  return w;
}

/** Brings a world to where a scenario begins, and says what to publish then. */
type Scenario = (w: World) => Promise<Partial<PublishRequest>>;

const SCENARIOS: Record<string, { begin: Scenario; writes: number }> = {
  create: { begin: async () => LABELLED, writes: 10 },
  update: {
    begin: async (w) => {
      await w.publish(LABELLED);
      return NEXT;
    },
    writes: 4,
  },
  hold: {
    begin: async (w) => {
      await w.publish(LABELLED);
      return { ...NEXT, isUnverified: true };
    },
    writes: 6,
  },
  release: {
    begin: async (w) => {
      await w.publish({ ...LABELLED, isUnverified: true });
      return NEXT;
    },
    writes: 6,
  },
  close: {
    begin: async (w) => {
      await w.publish(LABELLED);
      const sha = await w.push('main', { [NIX]: 'hash = "sha256-new";\n' });
      return { ...LABELLED, base: { ref: 'main', sha } };
    },
    writes: 2,
  },
};

const references = new Map<string, Promise<unknown>>();

function reference(name: string): Promise<unknown> {
  const made = references.get(name) ?? undisturbed(name);
  references.set(name, made);
  return made;
}

async function undisturbed(name: string): Promise<unknown> {
  const scenario = SCENARIOS[name];
  const w = await prepared();
  const over = await scenario?.begin(w);
  w.writesSince();
  await w.publish(over);
  expect(w.writesSince()).toHaveLength(scenario?.writes ?? 0);
  await w.publish(over);
  expect(w.writesSince()).toEqual([]);
  return endState(w);
}

/** Every write of a scenario, each lost before and after it was done. */
const POINTS = Object.entries(SCENARIOS).flatMap(([name, { writes }]) =>
  Array.from({ length: writes }, (_, index) => index + 1).flatMap((n) => [
    { name, n, kind: 'reset' as const, when: 'before' },
    { name, n, kind: 'drop' as const, when: 'after' },
  ]),
);

const nthWrite = (n: number, fault: Fault, from: number) => (request: LoggedRequest) =>
  request.write === from + n ? fault : undefined;

/** A run that is killed then: nothing of it comes through any more. */
function killedAt(n: number, fault: Fault, from: number) {
  let isDead = false;
  return (request: LoggedRequest): Fault | undefined => {
    if (isDead) return { kind: 'reset' };
    isDead = request.write === from + n;
    return isDead ? fault : undefined;
  };
}

describe('a run that ends', () => {
  test.concurrent.each(POINTS)(
    '$when write $n of "$name", and another run: the same end state',
    async ({ name, n, kind }) => {
      const w = await prepared();
      const over = (await SCENARIOS[name]?.begin(w)) ?? {};
      w.github.setFaults(killedAt(n, { kind }, w.github.writes().length));
      // No repeats: whatever is lost is what a killed run would have left undone or untold.
      const hasty = w.forge({ retries: 0 });
      await publish(hasty, w.request(over), w.log).catch(() => undefined);
      w.github.setFaults();
      await w.publish(over);
      expect(await endState(w)).toEqual(await reference(name));
    },
  );
});

describe('an answer that is lost', () => {
  test.concurrent.each(
    POINTS.filter(({ name, kind }) => kind === 'drop' && ['create', 'close'].includes(name)),
  )('of write $n of "$name": repeated, and nothing is there twice', async ({ name, n }) => {
    const w = await prepared();
    const over = (await SCENARIOS[name]?.begin(w)) ?? {};
    w.github.setFaults(nthWrite(n, { kind: 'drop' }, w.github.writes().length));
    await w.publish(over);
    expect(await endState(w)).toEqual(await reference(name));
  });
});

describe('a failure that passes', () => {
  const faults: [string, Fault][] = [
    ['500', { kind: 'answer', status: 500 }],
    ['502', { kind: 'answer', status: 502 }],
    ['503', { kind: 'answer', status: 503 }],
    ['504', { kind: 'answer', status: 504 }],
    ['a connection that breaks', { kind: 'reset' }],
    ['JSON that is cut', { kind: 'cut' }],
  ];

  test.concurrent.each(faults)('%s, once for every request: all is done once', async (_, fault) => {
    const w = await prepared();
    const seen = new Set<string>();
    w.github.setFaults((request) => {
      const key = `${request.method} ${request.path} ${request.write > 0}`;
      if (seen.has(key)) return undefined;
      seen.add(key);
      return fault;
    });
    expect(await w.publish(LABELLED)).toMatchObject({
      outcome: 'created',
      number: 1,
    });
    w.github.setFaults();
    expect(await endState(w)).toEqual(await reference('create'));
  });

  test.concurrent('no answer in time, to a read and to a write: asked again', async () => {
    const w = await prepared();
    // So that the first answer, for which the server reads GitHub's schema, is not late by itself.
    await w.octokit.graphql('query { rateLimit { limit } }').catch(() => undefined);
    const stalled = new Set<string>();
    w.github.setFaults(({ method, path }) => {
      if (!/pulls$|commits$/.test(path) || stalled.has(method + path)) return undefined;
      stalled.add(method + path);
      return { kind: 'stall' };
    });
    expect(await publish(w.forge({ timeout: 500 }), w.request(), w.log)).toMatchObject({
      outcome: 'created',
      number: 1,
    });
    expect(stalled.size).toBe(3);
  });

  test.concurrent('that does not pass: a bounded number of tries, one sentence, and a rerun goes on', async () => {
    const w = await world();
    w.github.setFaults(() => ({ kind: 'answer', status: 503 }));
    await expect(w.publish()).rejects.toMatchObject({ name: 'UserError', code: 'github-unavailable' });
    expect(w.github.requests.length).toBeLessThanOrEqual(4);
    w.github.setFaults();
    expect(await w.publish()).toMatchObject({ outcome: 'created' });
  });
});

describe('rate limits', () => {
  const secondary = (seconds: number): Fault => ({
    kind: 'answer',
    status: 403,
    body: {
      message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    },
    headers: { 'retry-after': String(seconds) },
  });

  test.concurrent('a secondary one is waited for as long as GitHub says, then all is done', async () => {
    const w = await world();
    w.github.setFaults((request) => (request.write === 2 && request.number < 5 ? secondary(60) : undefined));
    expect(await w.publish()).toMatchObject({ outcome: 'created' });
    expect(w.log.lines.join('\n')).toMatch(/secondary rate limit at POST .*: waiting 60 s/);
  });

  test.concurrent('a secondary one that asks for an hour is not waited for', async () => {
    const w = await world();
    w.github.setFaults((request) => (request.write > 0 ? secondary(3600) : undefined));
    const refused = w.publish();
    await expect(refused).rejects.toMatchObject({ code: 'rate-limited' });
    await expect(refused).rejects.toThrow(/again in 3600 seconds/);
  });

  test.concurrent('a primary one says when it ends', async () => {
    const w = await world({ rateLimit: { limit: 2, resetInSeconds: 3000 } });
    const refused = w.publish();
    await expect(refused).rejects.toMatchObject({ code: 'rate-limited' });
    await expect(refused).rejects.toThrow(/again after \d{4}-\d\d-\d\dT/);
    expect(await w.head()).toBeNull();
  });

  test.concurrent('a primary one that soon ends is waited for', async () => {
    const w = await world({ rateLimit: { limit: 3, resetInSeconds: 1 } });
    const steady = w.forge({ second: 600 });
    expect(await publish(steady, w.request(), w.log)).toMatchObject({ outcome: 'created' });
  });
});

describe('GitHub right after a branch was made', () => {
  test.concurrent('may not know it yet: the pull request is tried again', async () => {
    const w = await world();
    let times = 0;
    w.github.setFaults((request) =>
      request.method === 'POST' && request.path.endsWith('/pulls') && times++ < 2
        ? {
            kind: 'answer',
            status: 422,
            body: {
              message: 'Validation Failed',
              errors: [{ resource: 'PullRequest', field: 'head', code: 'invalid' }],
            },
          }
        : undefined,
    );
    expect(await w.publish()).toMatchObject({ outcome: 'created', number: 1 });
    expect(await w.head(BRANCH)).not.toBeNull();
  });

  test.concurrent('a base that gets all of it meanwhile ends in nothing to do', async () => {
    const w = await world();
    let done = false;
    w.github.setFaults(async (request) => {
      if (request.method !== 'POST' || !request.path.endsWith('/pulls') || done) return undefined;
      done = true;
      const head = (await w.head()) ?? '';
      await w.git.run(['update-ref', 'refs/heads/main', head]);
      return undefined;
    });
    const result = await w.publish();
    expect(result).toMatchObject({ outcome: 'none', reason: 'base-changed' });
    expect(await w.pulls()).toEqual([]);
  });
});
