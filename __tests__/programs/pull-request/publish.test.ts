import { afterAll, describe, expect, test } from '@jest/globals';
import { verification } from '../../support/github/commits.ts';
import { BRANCH, endTemplate, endWorlds, LOCK, NIX, world } from './world.ts';

afterAll(endWorlds);
afterAll(endTemplate);

const other = [{ path: NIX, content: 'hash = "sha256-newer";\n' }];

describe('the first run', () => {
  test.concurrent('makes one branch with one commit on the base, and one pull request', async () => {
    const w = await world();
    const result = await w.publish();
    const commits = await w.commits();
    const [commit] = commits;
    expect(result).toEqual({
      outcome: 'created',
      branch: BRANCH,
      commit: commit?.sha,
      number: 1,
      url: `${w.github.url}/acme/nix/pull/1`,
    });
    expect(commits).toHaveLength(1);
    expect(commit?.parents).toEqual([w.base]);
    expect(await w.show(BRANCH, NIX)).toBe('hash = "sha256-new";\n');
    expect(await w.show(BRANCH, 'README.md')).toBe('hello\n');
    const [pull] = await w.pulls();
    expect(pull).toMatchObject({
      number: 1,
      state: 'open',
      title: 'authentik: 2026.2.0 → 2026.5.6',
      draft: false,
    });
    expect(pull?.body).toMatch(/^The lock moved\.\n\n<!-- uv-fod key=[0-9a-f]{16} text=[0-9a-f]{16} -->$/);
  });

  test.concurrent('tells of checks that wait in body and log where the token is GITHUB_TOKEN, not an App’s', async () => {
    const noteForGithubToken = 'Checks wait.';
    const permissions = { contents: 'write', pull_requests: 'write' } as const;
    const w = await world();
    await w.publish({ noteForGithubToken });
    expect((await w.pulls())[0]?.body).toMatch(/^The lock moved\.\n\nChecks wait\.\n\n<!-- uv-fod/);
    expect(w.log.lines.join('\n')).toContain('Checks wait.');
    // Another token alone is no reason to edit.
    expect(await w.publish()).toMatchObject({ outcome: 'none', reason: 'unchanged' });
    const app = await world({ tokens: { secret: { login: 'updates[bot]', permissions } } });
    await app.publish({ noteForGithubToken });
    expect((await app.pulls())[0]?.body).not.toContain('Checks wait.');
  });

  test.concurrent('of a group names the open pull requests of its packages, and leaves them', async () => {
    const w = await world();
    const first = await w.publish();
    const group = { branch: 'uv-fod/group', formerBranches: [BRANCH, 'uv-fod/other'], files: other };
    expect(await w.publish(group)).toMatchObject({ outcome: 'created', number: 2 });
    const named = w.log.lines.filter((line) => /^warning: .*Close it/.test(line));
    expect(named).toEqual([expect.stringContaining(`${first.url} on \`${BRANCH}\``)]);
    expect((await w.pulls()).map(({ state }) => state)).toEqual(['open', 'open']);
  });

  test.concurrent('never forces a reference by REST: tree, commit, compare and swap, pull request', async () => {
    const w = await world();
    await w.publish();
    expect(w.writesSince().map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /repos/acme/nix/git/trees',
      'POST /repos/acme/nix/git/commits',
      'POST /graphql',
      'POST /repos/acme/nix/pulls',
    ]);
  });

  test.concurrent('its commit is signed by GitHub and carries the trailer', async () => {
    const w = await world();
    const { commit = '' } = await w.publish({ run: 17 });
    const made = await w.commit(commit);
    expect(verification(made)).toMatchObject({ verified: true, reason: 'valid' });
    expect(made.committer).toMatchObject({ name: 'GitHub', email: 'noreply@github.com' });
    expect(made.author.name).toBe('github-actions[bot]');
    expect(made.message).toBe(
      `authentik: 2026.2.0 -> 2026.5.6\n\nUv-Fod: ${BRANCH}; base=${w.base}; tree=${made.tree}; run=17\n`,
    );
  });

  test.concurrent('keeps the executable bit of a file that has it', async () => {
    const w = await world();
    await w.publish({
      files: [
        { path: 'bin/run', content: '#!/bin/sh\ntrue\n' },
        { path: 'tools/new', content: 'x' },
        { path: LOCK, content: '{}' },
      ],
    });
    const modes = await w.git.text(['ls-tree', '-r', `refs/heads/${BRANCH}`]);
    expect(modes).toMatch(/^100755 .*\tbin\/run$/m);
    expect(modes).toMatch(/^100644 .*\ttools\/new$/m);
    expect(modes).toMatch(new RegExp(`^100644 .*\\t${LOCK}$`, 'm'));
  });

  test.concurrent('takes text with a byte order mark, and other line ends, as it is', async () => {
    const w = await world();
    const content = '\u{feff}text é\r\n';
    await w.publish({ files: [{ path: 'b.txt', content }] });
    expect(await w.git.run(['cat-file', 'blob', `${BRANCH}:b.txt`])).toEqual(Buffer.from(content));
  });

  test.concurrent('sets labels, assignees and reviewers, and opens a draft where asked', async () => {
    const w = await world();
    await w.publish({
      labels: ['dependencies', 'nix'],
      assignees: ['ada'],
      reviewers: ['grace'],
      draft: true,
    });
    const [pull] = await w.pulls();
    expect(pull).toMatchObject({ draft: true, labels: [{ name: 'dependencies' }, { name: 'nix' }] });
    expect(pull?.assignees?.map(({ login }) => login)).toEqual(['ada']);
    expect(pull?.requested_reviewers?.map(({ login }) => login)).toEqual(['grace']);
  });

  test.concurrent('opens an ordinary pull request where the repository has no drafts, and says so', async () => {
    const w = await world({ drafts: false });
    expect(await w.publish({ draft: true })).toMatchObject({ outcome: 'created' });
    expect((await w.pulls())[0]?.draft).toBe(false);
    expect(w.log.lines.join()).toContain('does not support draft pull requests');
  });

  test.concurrent('uses a branch that an earlier run made but opened no pull request for', async () => {
    const w = await world();
    w.github.setFaults((request) =>
      request.path.endsWith('/pulls') && request.method === 'POST'
        ? { kind: 'answer', status: 502 }
        : undefined,
    );
    await expect(w.publish()).rejects.toMatchObject({ code: 'github-unavailable' });
    const left = await w.head();
    expect(left).not.toBeNull();
    w.github.setFaults();
    w.writesSince();
    expect(await w.publish()).toMatchObject({ outcome: 'created', commit: left });
    expect(w.writesSince().map(({ path }) => path)).toEqual(['/repos/acme/nix/pulls']);
  });
});

describe('a second run', () => {
  test.concurrent('with the same content writes nothing at all', async () => {
    const w = await world();
    const first = await w.publish({ labels: ['nix'], run: 1 });
    w.writesSince();
    const second = await w.publish({ labels: ['nix'], run: 2 });
    expect(second).toEqual({ ...first, outcome: 'none', reason: 'unchanged' });
    expect(w.writesSince()).toEqual([]);
  });

  test.concurrent('with another body edits the text alone', async () => {
    const w = await world();
    const first = await w.publish();
    w.writesSince();
    expect(await w.publish({ body: 'Another reason.' })).toMatchObject({
      outcome: 'updated',
      commit: first.commit,
      number: 1,
    });
    expect(w.writesSince().map(({ method, path }) => `${method} ${path}`)).toEqual([
      'PATCH /repos/acme/nix/pulls/1',
    ]);
    expect((await w.pulls())[0]?.body).toMatch(/^Another reason\./);
  });

  test.concurrent('does not edit a body whose key is the same, however it reads', async () => {
    const w = await world();
    await w.publish({ body: 'Took 3 s.', bodyKey: 'same' });
    w.writesSince();
    expect(await w.publish({ body: 'Took 4 s.', bodyKey: 'same' })).toMatchObject({ outcome: 'none' });
    expect(w.writesSince()).toEqual([]);
  });

  test.concurrent('with other files replaces the commit: still one commit, one pull request', async () => {
    const w = await world();
    const first = await w.publish();
    const second = await w.publish({ files: other, title: 'authentik: 2026.2.0 → 2026.8.0' });
    expect(second).toMatchObject({ outcome: 'updated', number: 1 });
    expect(second.commit).not.toBe(first.commit);
    const commits = await w.commits();
    expect(commits.map(({ parents }) => parents)).toEqual([[w.base]]);
    const pulls = await w.pulls();
    expect(pulls.map(({ number, title }) => [number, title])).toEqual([
      [1, 'authentik: 2026.2.0 → 2026.8.0'],
    ]);
    const says = 'Replaces `authentik: 2026.2.0 → 2026.5.6`, which this pull request proposed before.';
    expect(pulls[0]?.body).toContain(`The lock moved.\n\n${says}\n\n<!-- uv-fod`);
    expect(w.log.lines).toContain(
      '#1 changes from "authentik: 2026.2.0 → 2026.5.6" to "authentik: 2026.2.0 → 2026.8.0".',
    );
  });

  test.concurrent('takes back a file that it no longer changes', async () => {
    const w = await world();
    await w.publish({ files: [...other, { path: LOCK, content: '{}\n' }] });
    await w.publish({ files: other });
    expect(await w.show(BRANCH, LOCK)).toBe('{ "version": 1 }\n');
  });

  test.concurrent('leaves a text that a person made their own, and still renews the commit', async () => {
    const w = await world();
    await w.publish();
    await w
      .client({}, 'ada')
      .rest.pulls.update({ owner: 'acme', repo: 'nix', pull_number: 1, title: 'Mine', body: 'My words' });
    expect(await w.publish({ files: other, body: 'x' })).toMatchObject({ outcome: 'updated' });
    expect((await w.pulls())[0]).toMatchObject({ title: 'Mine', body: 'My words' });
  });

  test.concurrent('does not give back a label that a person took away, but adds a new one', async () => {
    const w = await world();
    await w.publish({ labels: ['nix'] });
    await w
      .client({}, 'ada')
      .rest.issues.removeLabel({ owner: 'acme', repo: 'nix', issue_number: 1, name: 'nix' });
    w.writesSince();
    expect(await w.publish({ labels: ['nix'] })).toMatchObject({ outcome: 'none' });
    expect(w.writesSince()).toEqual([]);
    expect(await w.publish({ labels: ['nix', 'python'] })).toMatchObject({ outcome: 'updated' });
    expect((await w.pulls())[0]?.labels.map(({ name }) => name)).toEqual(['python']);
  });

  test.concurrent('moves its pull request to another base where that is asked', async () => {
    const w = await world();
    await w.push('release', {}, w.base);
    await w.publish();
    const sha = (await w.head('release')) ?? '';
    expect(await w.publish({ base: { ref: 'release', sha } })).toMatchObject({
      outcome: 'updated',
      number: 1,
    });
    expect((await w.pulls()).map(({ base }) => base.ref)).toEqual(['release']);
  });
});

describe('a body longer than GitHub takes', () => {
  test.concurrent('is cut, with its marker, and is not taken for changed the next time', async () => {
    const w = await world();
    const long = `${'0123456789abcde\n'.repeat(6000)}`;
    await w.publish({ body: long });
    const body = (await w.pulls())[0]?.body ?? '';
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body).toMatch(/summary of the job[\s\S]*<!-- uv-fod key=/);
    expect(await w.publish({ body: long })).toMatchObject({ outcome: 'none', reason: 'unchanged' });
  });
});
