import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Pull, type PullWorld, pullEvent, pullWorld } from '../support/scenario/own-pull.ts';
import { git } from '../support/scenario/repository.ts';
import {
  type Published,
  type Publishing,
  result,
  type TwoJobs,
  twoJobs,
} from '../support/scenario/two-jobs.ts';
import { all, token } from '../support/scenario/world.ts';

// The pull request of a fork, where the token of the job cannot write: the patch is in one comment.
const minutes = 60_000;
const place = { owner: 'you', repo: 'small' };
const eve = { id: 2, full_name: 'eve/small' };
const maintainer = 'a-token-of-a-maintainer';
const comment = { forks: 'comment' };

let world: PullWorld;
let jobs: TwoJobs;
let computed: string;
let count = 0;

beforeAll(async () => {
  // Neither the commit nor the fork can be written with it.
  world = await pullWorld(token, {
    [token]: { permissions: { contents: 'read', pull_requests: 'write' } },
    [maintainer]: { ...all, kind: 'personal', login: 'mia' },
  });
  jobs = await twoJobs(world);
}, 2 * minutes);
afterAll(async () => {
  await world?.close();
  await jobs?.close();
});

interface Opened extends Pull {
  readonly branch: string;
}
const open = async (
  branch = `patch-${++count}`,
  more?: { maintainer_can_modify: boolean },
): Promise<Opened> => ({
  ...(await world.openFork(branch, world.stale, more)),
  branch,
});

async function publish(pull: Opened, options: Partial<Publishing> = {}): Promise<Published> {
  const event = pullEvent({ ref: pull.branch, repo: eve }, 1, world.stale, await world.repository.head());
  const files = { [result]: computed };
  return jobs.publish(pull.branch, { run: { event }, files, inputs: comment, ...options });
}

const comments = async ({ number }: Pull): Promise<{ body?: string; user: string | undefined }[]> =>
  (await world.rest().issues.listComments({ ...place, issue_number: number })).data.map(
    ({ body = '', user }) => ({
      ...{ body, user: user?.login },
    }),
  );
const refs = async (): Promise<string[]> => [
  await world.repository.refs(),
  await git(world.fork, 'for-each-ref'),
];

test(
  'one comment has the patch, is updated, and is gone with the patch',
  async () => {
    // Its branch has the name of the base's default branch.
    const pull = await open('main');
    const stale = await jobs.compute(pull, comment);
    computed = stale.text;
    expect([stale.code, stale.errors.map(({ title }) => title), stale.requests]).toEqual([
      ...[8, ['needs-commit'], []],
    ]);

    const before = await refs();
    const first = await publish(pull);
    expect([first.found, first.reason, first.log]).toEqual([
      ...[[0, undefined, 'none'], 'in-comment', expect.not.stringContaining('::error')],
    ]);
    expect(await refs()).toEqual(before);
    const [written, ...others] = await comments(pull);
    expect([written?.user, others]).toEqual(['github-actions[bot]', []]);
    const patch = /```diff\n(.*?\n)```/s.exec(written?.body ?? '')?.[1] ?? '';
    expect(await patched(patch)).toEqual(filesOf(computed));

    // Again: the same comment, for the run that wrote it last.
    expect((await publish(pull)).reason).toBe('in-comment');
    expect(await comments(pull)).toHaveLength(1);

    const idle = await publish(pull, { files: {} });
    expect([idle.found, idle.reason]).toEqual([[0, undefined, 'none'], 'no-result']);
    expect(await comments(pull)).toEqual([
      { user: 'github-actions[bot]', body: expect.not.stringContaining('diff') },
    ]);
    expect(await refs()).toEqual(before);
  },
  4 * minutes,
);

/** The files of a result. */
const filesOf = (text: string): Record<string, string> => {
  const { proposed } = JSON.parse(text) as { proposed: { files: { path: string; content: string }[] }[] };
  return Object.fromEntries(proposed.flatMap(({ files }) => files).map((one) => [one.path, one.content]));
};

/** The files that a patch changes, after `git apply` on the head. */
async function patched(patch: string): Promise<Record<string, string>> {
  const at = await world.repository.checkout(path.join(world.dir, 'patched'));
  await git(at, 'fetch', '--quiet', world.fork, 'main');
  await git(at, 'checkout', '--quiet', '--detach', world.stale);
  const file = path.join(world.dir, 'a.patch');
  await writeFile(file, patch);
  await git(at, 'apply', '--index', file);
  await rm(file);
  const names = (await git(at, 'diff', '--cached', '--name-only')).split('\n');
  const texts = names.map(async (name) => [name, await readFile(path.join(at, name), 'utf8')]);
  return Object.fromEntries(await Promise.all(texts));
}

test(
  'without anything to say there is no comment, and one of somebody else stays',
  async () => {
    const pull = await open();
    const theirs = { body: 'Mine\n\n<!-- uv-fod fork -->', user: 'ada' };
    await world.rest().issues.createComment({ ...place, issue_number: pull.number, body: theirs.body });
    expect((await publish(pull, { files: {} })).reason).toBe('no-result');
    expect(await comments(pull)).toEqual([theirs]);
    await publish(pull);
    expect((await comments(pull)).map(({ user }) => user)).toEqual(['ada', 'github-actions[bot]']);
    expect((await comments(pull))[0]).toEqual(theirs);
  },
  2 * minutes,
);

test(
  'of several at once, one comment stays',
  async () => {
    const pull = await open();
    const runs = await Promise.all(Array.from({ length: 5 }, () => publish(pull)));
    expect(runs.map(({ reason }) => reason)).toEqual(runs.map(() => 'in-comment'));
    expect(await comments(pull)).toHaveLength(1);
  },
  3 * minutes,
);

const refused: [string, Partial<Publishing>, string | undefined, string | undefined][] = [
  ['it is not asked for', { inputs: {} }, 'untrusted-event', undefined],
  ['the result is another one', {}, 'result-refused', undefined],
];
test.each(refused)(
  'nothing is written if %s',
  async (_, options, title, reason) => {
    const pull = await open();
    const files = { [result]: computed.replace(/(sha256-)[^"\\]{4}/g, '$1AAAA') };
    const run = await publish(pull, { files, ...options });
    expect([run.found, run.reason, await comments(pull)]).toEqual([[1, title, undefined], reason, []]);
  },
  minutes,
);

const changed: [string, string, (pull: Opened) => Promise<unknown>][] = [
  ['was pushed to', 'head-moved', ({ branch }) => push(branch)],
  ['was closed', 'pull-request-closed', ({ number }) => close(number)],
];
const push = async (branch: string): Promise<void> => {
  const commit = await git(world.fork, 'commit-tree', `${branch}^{tree}`, '-p', branch, '-m', 'Mine');
  await git(world.fork, 'update-ref', `refs/heads/${branch}`, commit);
};
const close = (number: number): Promise<unknown> =>
  world.rest().pulls.update({ ...place, pull_number: number, state: 'closed' });

test.each(changed)(
  'a pull request that %s: %s, and no comment',
  async (_, reason, change) => {
    const pull = await open();
    await change(pull);
    const run = await publish(pull);
    expect([run.found, run.reason, await comments(pull)]).toEqual([[0, undefined, 'none'], reason, []]);
  },
  minutes,
);

describe('forks: push', () => {
  const inputs = { forks: 'push', token: maintainer };
  test(
    'one commit on the branch of the fork, on top of its head',
    async () => {
      const pull = await open();
      const before = await world.repository.head();
      const run = await publish(pull, { inputs });
      const head = await pull.head();
      expect([run.found, run.outputs.get('commit')]).toEqual([[0, undefined, 'pushed'], head]);
      expect(await git(world.fork, 'rev-parse', `${head}^@`)).toBe(world.stale);
      const changed = await git(world.fork, 'diff', '--name-only', world.stale, head);
      expect(changed.split('\n')).toEqual(Object.keys(filesOf(computed)).sort());
      expect([await world.repository.head(), await comments(pull)]).toEqual([before, []]);
      expect((await world.rest().pulls.get({ ...place, pull_number: pull.number })).data.head.sha).toBe(head);
    },
    minutes,
  );

  const cases: [string, boolean, Record<string, string>, string][] = [
    ['its author does not allow it', false, inputs, 'does not allow edits by maintainers'],
    ['the token may not', true, { forks: 'push' }, 'The token may not'],
  ];
  test.each(cases)(
    'if %s: a comment has the patch and the reason',
    async (_, maintainer_can_modify, inputs, why) => {
      const pull = await open(undefined, { maintainer_can_modify });
      const run = await publish(pull, { inputs });
      expect([run.found, run.reason, await pull.head()]).toEqual([
        ...[[0, undefined, 'none'], 'in-comment', world.stale],
      ]);
      expect((await comments(pull)).map(({ body }) => body)).toEqual([expect.stringContaining(why)]);
    },
    minutes,
  );

  test(
    'if the branch moves meanwhile: nothing is written',
    async () => {
      const pull = await open();
      let theirs = '';
      world.github.setFaults(async ({ path: at }) => {
        if (theirs !== '' || !at.endsWith(`/pulls/${pull.number}`)) return undefined;
        await push(pull.branch);
        theirs = await pull.head();
        return undefined;
      });
      try {
        const run = await publish(pull, { inputs });
        expect([run.found, run.reason]).toEqual([[0, undefined, 'none'], 'head-moved']);
        expect([await pull.head(), await comments(pull)]).toEqual([theirs, []]);
      } finally {
        world.github.setFaults();
      }
    },
    minutes,
  );
});
