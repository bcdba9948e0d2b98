import { afterAll, describe, expect, test } from '@jest/globals';
import { BRANCH, endTemplate, endWorlds, NIX, world } from './world.ts';

afterAll(endWorlds);
afterAll(endTemplate);

const NEW = 'hash = "sha256-new";\n';

describe('a base that moved', () => {
  test.concurrent('between two runs: the branch is rebuilt on it', async () => {
    const w = await world();
    await w.publish();
    const main = await w.push('main', { 'README.md': 'more\n' });
    expect(await w.publish({ base: { ref: 'main', sha: main } })).toMatchObject({
      outcome: 'updated',
      number: 1,
    });
    expect((await w.commits()).map(({ parents }) => parents)).toEqual([[main]]);
    expect(await w.show(BRANCH, 'README.md')).toBe('more\n');
  });

  test.concurrent('while the run computed, in other files: the commit goes onto the new head', async () => {
    const w = await world();
    const main = await w.push('main', { 'README.md': 'more\n' });
    expect(await w.publish()).toMatchObject({ outcome: 'created' });
    expect((await w.commits())[0]?.parents).toEqual([main]);
  });

  test.concurrent.each([
    ['a file that is written', { [NIX]: 'hash = "sha256-by-hand";\n' }],
    ['a file that the result was computed from', { 'uv.lock': 'version = 1\n# newer\n' }],
  ])('while the run computed, in %s: nothing is published', async (_, files) => {
    const w = await world();
    await w.push('main', files);
    expect(await w.publish()).toEqual({ outcome: 'none', reason: 'base-changed', branch: BRANCH });
    expect(w.writesSince()).toEqual([]);
    expect(await w.head()).toBeNull();
  });

  test.concurrent('is not there: says so', async () => {
    const w = await world();
    await expect(w.publish({ base: { ref: 'master', sha: w.base } })).rejects.toMatchObject({
      code: 'base-missing',
    });
  });

  test.concurrent('does not know the commit that was checked out: says so', async () => {
    const w = await world();
    await expect(w.publish({ base: { ref: 'main', sha: 'a'.repeat(40) } })).rejects.toMatchObject({
      code: 'base-unknown',
    });
  });
});

describe('a base that has everything', () => {
  test.concurrent('and no pull request: nothing to do, no write', async () => {
    const w = await world();
    const files = [{ path: NIX, content: 'hash = "sha256-old";\n' }];
    expect(await w.publish({ files })).toEqual({
      outcome: 'none',
      reason: 'base-is-current',
      branch: BRANCH,
    });
    expect(w.writesSince()).toEqual([]);
  });

  test.concurrent('because the pull request was merged: nothing to do, no write', async () => {
    const w = await world();
    await w.publish();
    await w.client({}, 'ada').rest.pulls.merge({ owner: 'acme', repo: 'nix', pull_number: 1 });
    const sha = (await w.head('main')) ?? '';
    w.writesSince();
    expect(await w.publish({ base: { ref: 'main', sha } })).toEqual({
      outcome: 'none',
      reason: 'base-is-current',
      branch: BRANCH,
    });
    expect(w.writesSince()).toEqual([]);
    expect((await w.pulls()).map(({ merged_at }) => merged_at !== null)).toEqual([true]);
  });

  test.concurrent('by another way: the open pull request is closed, with one comment, and stays so', async () => {
    const w = await world();
    await w.publish();
    const sha = await w.push('main', { [NIX]: NEW });
    const base = { ref: 'main', sha };
    expect(await w.publish({ base })).toMatchObject({ outcome: 'closed', number: 1 });
    expect((await w.pulls())[0]?.state).toBe('closed');
    w.writesSince();
    expect(await w.publish({ base })).toMatchObject({ outcome: 'none', reason: 'base-is-current' });
    expect(w.writesSince()).toEqual([]);
    const { data } = await w.octokit.rest.issues.listComments({
      owner: 'acme',
      repo: 'nix',
      issue_number: 1,
    });
    expect(data.map(({ body }) => body)).toEqual([expect.stringContaining(`as of ${sha}`)]);
  });

  test.concurrent('but others’ commits hang on the pull request: it stays open', async () => {
    const w = await world();
    await w.publish();
    await w.push(BRANCH, { 'README.md': 'their work\n' });
    const sha = await w.push('main', { [NIX]: NEW });
    expect(await w.publish({ base: { ref: 'main', sha } })).toMatchObject({
      outcome: 'none',
      reason: 'others-commits',
    });
    expect((await w.pulls())[0]?.state).toBe('open');
  });

  test.concurrent('what we closed ourselves is proposed again when the base loses it', async () => {
    const w = await world();
    await w.publish();
    const there = await w.push('main', { [NIX]: NEW });
    await w.publish({ base: { ref: 'main', sha: there } });
    const sha = await w.push('main', { [NIX]: 'hash = "sha256-old";\n' });
    expect(await w.publish({ base: { ref: 'main', sha } })).toMatchObject({ outcome: 'created', number: 2 });
  });
});

describe('after a squash merge, with others’ commits left on the branch', () => {
  test.concurrent('the next version starts afresh: all that was on the branch is in the base', async () => {
    const w = await world();
    await w.publish();
    await w.push(BRANCH, { 'README.md': 'theirs\n' });
    const merge = { owner: 'acme', repo: 'nix', pull_number: 1, merge_method: 'squash' } as const;
    await w.client({}, 'ada').rest.pulls.merge(merge);
    const sha = (await w.head('main')) ?? '';
    const files = [{ path: NIX, content: 'hash = "sha256-next";\n' }];
    const result = await w.publish({ base: { ref: 'main', sha }, files });
    expect(result).toMatchObject({ outcome: 'created', number: 2 });
    expect((await w.commits()).map(({ parents }) => parents)).toEqual([[sha]]);
    expect(await w.show(BRANCH, 'README.md')).toBe('theirs\n');
  });
});

describe('a pull request that a person closed', () => {
  test.concurrent('stays closed for just this, and nothing is written', async () => {
    const w = await world();
    await w.publish();
    await w
      .client({}, 'ada')
      .rest.pulls.update({ owner: 'acme', repo: 'nix', pull_number: 1, state: 'closed' });
    w.writesSince();
    expect(await w.publish()).toMatchObject({ outcome: 'none', reason: 'closed-by-person', number: 1 });
    expect(w.writesSince()).toEqual([]);
    // And how to have it proposed again.
    expect(w.log.lines.join('\n')).toContain('reopen #1');
  });

  test.concurrent('does not keep a later version from being proposed', async () => {
    const w = await world();
    await w.publish({ key: 'authentik 2026.5.6' });
    await w
      .client({}, 'ada')
      .rest.pulls.update({ owner: 'acme', repo: 'nix', pull_number: 1, state: 'closed' });
    const files = [{ path: NIX, content: 'hash = "sha256-newer";\n' }];
    expect(await w.publish({ key: 'authentik 2026.5.6', files })).toMatchObject({
      reason: 'closed-by-person',
    });
    expect(await w.publish({ key: 'authentik 2026.8.0', files })).toMatchObject({
      outcome: 'created',
      number: 2,
    });
  });

  test.concurrent('goes on where it was opened again', async () => {
    const w = await world();
    await w.publish();
    const ada = w.client({}, 'ada');
    await ada.rest.pulls.update({ owner: 'acme', repo: 'nix', pull_number: 1, state: 'closed' });
    await ada.rest.pulls.update({ owner: 'acme', repo: 'nix', pull_number: 1, state: 'open' });
    expect(await w.publish()).toMatchObject({ outcome: 'none', reason: 'unchanged' });
  });
});

describe('an older run that finishes last', () => {
  const older = [{ path: NIX, content: 'hash = "sha256-older";\n' }];

  test.concurrent('writes nothing: by the run’s number', async () => {
    const w = await world();
    await w.publish({ run: 200 });
    w.writesSince();
    expect(await w.publish({ run: 100, files: older })).toMatchObject({
      outcome: 'none',
      reason: 'newer-run',
    });
    expect(w.writesSince()).toEqual([]);
    expect(await w.publish({ run: 300, files: older })).toMatchObject({ outcome: 'updated' });
  });

  test.concurrent('writes nothing: by the commit that it checked out, where runs have no numbers', async () => {
    const w = await world();
    const sha = await w.push('main', { 'README.md': 'more\n' });
    await w.publish({ base: { ref: 'main', sha } });
    w.writesSince();
    expect(await w.publish({ files: older })).toMatchObject({ outcome: 'none', reason: 'newer-run' });
    expect(w.writesSince()).toEqual([]);
  });
});
