import { afterAll, describe, expect, test } from '@jest/globals';
import { githubForge } from '../../../src/pull-request/github/github.ts';
import { publish } from '../../../src/pull-request/publish.ts';
import { changeTree } from '../../support/github/tree.ts';
import type { TokenOptions } from '../../support/github/types.ts';
import { BRANCH, endTemplate, endWorlds, LOCK, NIX, world } from './world.ts';

afterAll(endWorlds);
afterAll(endTemplate);

const withToken = (token: TokenOptions) => ({
  tokens: {
    secret: token,
    ada: { permissions: { contents: 'write', pull_requests: 'write' } } as TokenOptions,
  },
});

describe('a token', () => {
  test.concurrent('that GitHub does not know', async () => {
    const w = await world();
    const refused = publish(w.forge({}, 'wrong'), w.request(), w.log);
    await expect(refused).rejects.toMatchObject({ name: 'UserError', code: 'token-rejected' });
    await expect(refused).rejects.toThrow(/Bad credentials/);
  });

  test.concurrent('that may only read: names `contents: write`, nothing written', async () => {
    const w = await world(withToken({ permissions: { contents: 'read', pull_requests: 'read' } }));
    const refused = w.publish();
    await expect(refused).rejects.toMatchObject({ code: 'token-permission' });
    await expect(refused).rejects.toThrow(/`contents: write`/);
    expect(await w.head()).toBeNull();
  });

  test.concurrent('that may not open pull requests: names the permission, the remote is as before', async () => {
    const w = await world(withToken({ permissions: { contents: 'write' } }));
    const refused = w.publish();
    await expect(refused).rejects.toMatchObject({ code: 'token-permission' });
    await expect(refused).rejects.toThrow(/`pull-requests: write`/);
    expect(await w.head()).toBeNull();
  });

  test.concurrent('that a setting keeps from opening pull requests: names the setting, the remote is as before', async () => {
    const w = await world(
      withToken({ permissions: { contents: 'write', pull_requests: 'write' }, mayCreatePullRequests: false }),
    );
    const refused = w.publish();
    await expect(refused).rejects.toMatchObject({ code: 'pull-requests-not-allowed' });
    await expect(refused).rejects.toThrow(/Allow GitHub Actions to create and approve pull requests/);
    expect(await w.head()).toBeNull();
  });

  test.concurrent('that a setting keeps from it: a branch that was there goes back to what it was', async () => {
    const w = await world(
      withToken({ permissions: { contents: 'write', pull_requests: 'write' }, mayCreatePullRequests: false }),
    );
    const theirs = await w.push(BRANCH, { 'README.md': 'theirs\n' });
    await expect(w.publish()).rejects.toMatchObject({ code: 'pull-requests-not-allowed' });
    expect(await w.head()).toBe(theirs);
  });

  test.concurrent('that cannot see a private repository', async () => {
    const w = await world({ private: true, ...withToken({ permissions: {} }) });
    const refused = w.publish();
    await expect(refused).rejects.toMatchObject({ code: 'repository-not-found' });
    await expect(refused).rejects.toThrow(/acme\/nix/);
  });

  test.concurrent('of a person works too; its commit is theirs and not signed by GitHub', async () => {
    const w = await world();
    const { commit = '' } = await publish(w.forge({}, 'ada'), w.request(), w.log);
    expect(await w.commit(commit)).toMatchObject({ author: { name: 'ada' }, signature: null });
    expect(await publish(w.forge({}, 'ada'), w.request(), w.log)).toMatchObject({
      outcome: 'none',
      reason: 'unchanged',
    });
  });

  test.concurrent('never shows in what is thrown or logged', async () => {
    const w = await world(withToken({ permissions: {} }));
    const error = await publish(w.forge({}, 'secret'), w.request(), w.log).catch((thrown: unknown) => thrown);
    expect(`${error} ${JSON.stringify(w.log.lines)}`).not.toContain('secret');
  });
});

describe('a repository', () => {
  test.concurrent('whose rules protect the branch: says so, nothing moved', async () => {
    const w = await world({ protectedBranches: [BRANCH] });
    const refused = w.publish();
    await expect(refused).rejects.toMatchObject({ code: 'branch-protected' });
    await expect(refused).rejects.toThrow(/rule violations.*Exclude this branch from the rule/);
    expect(await w.head()).toBeNull();
  });

  test.concurrent('of another name', async () => {
    const w = await world();
    const other = githubForge(w.client(), { owner: 'acme', repo: 'other' });
    await expect(publish(other, w.request(), w.log)).rejects.toMatchObject({ code: 'repository-not-found' });
  });

  test.concurrent('that was archived', async () => {
    const w = await world();
    const body = { message: 'Repository was archived so is read-only.', status: '403' };
    w.github.setFaults((request) => (request.write > 0 ? { kind: 'answer', status: 403, body } : undefined));
    const refused = w.publish();
    await expect(refused).rejects.toMatchObject({ name: 'UserError', code: 'github-refused' });
    await expect(refused).rejects.toThrow(/archived/);
  });

  test.concurrent('where a path is a symlink: it is not written', async () => {
    const w = await world();
    const blob = w.git.write('blob', '/etc/passwd');
    const sha = await w.push('main', {});
    const tree = await changeTree(w.git, sha, [{ path: 'link.nix', mode: '120000', sha: blob }]);
    const commit = await w.git.text([
      '-c',
      'user.name=a',
      '-c',
      'user.email=a@b.example',
      'commit-tree',
      '-p',
      sha,
      '-m',
      'link',
      tree,
    ]);
    await w.git.run(['update-ref', 'refs/heads/main', commit]);
    const request = { base: { ref: 'main', sha: commit }, files: [{ path: 'link.nix', content: 'x' }] };
    await expect(w.publish(request)).rejects.toMatchObject({ code: 'not-a-regular-file' });
    expect(w.writesSince()).toEqual([]);
  });
});

describe('a request', () => {
  test.concurrent.each([
    '../x',
    '/etc/passwd',
    'a//b',
    'a/./b',
    '.git/config',
    'a/.GIT/hooks/x',
    'a\\b',
    'a\nb',
    'a\0b',
    '',
    'a/',
    'x'.repeat(5000),
  ])('with the path %j is refused before anything is asked', async (path) => {
    const w = await world();
    await expect(w.publish({ files: [{ path, content: '' }] })).rejects.toMatchObject({ code: 'bad-path' });
    expect(w.github.requests).toEqual([]);
  });

  test.concurrent('with a path twice is refused', async () => {
    const w = await world();
    const files = [NIX, LOCK, NIX].map((path) => ({ path, content: '' }));
    await expect(w.publish({ files })).rejects.toThrow(/given twice/);
  });

  test.concurrent.each([
    '',
    'refs/heads/x',
    'a b',
    'a..b',
    'a~1',
    'a:b',
    '-x',
    'x.lock',
    'a/.b',
    'x/',
    '/x',
    'a@{1}',
    'a\nb',
    'main',
  ])('for the branch %j is refused', async (branch) => {
    const w = await world();
    await expect(w.publish({ branch })).rejects.toMatchObject({ code: 'bad-branch' });
  });

  test.concurrent.each(['HEAD', 'main', 'abc', `${'a'.repeat(40)} `])(
    'computed from %j, which is no full commit id, is refused',
    async (sha) => {
      const w = await world();
      await expect(w.publish({ base: { ref: 'main', sha } })).rejects.toMatchObject({ code: 'bad-base' });
    },
  );
});
