import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { verification } from '../../support/github/commits.ts';
import { BRANCH, endTemplate, endWorlds, LOCK, NIX, world } from './world.ts';

afterEach(endWorlds);
afterAll(endTemplate);

describe('the first run', () => {
  test('makes one branch with one commit on the base, and one pull request', async () => {
    const w = await world();
    const result = await w.publish();
    const head = await w.head();
    expect(result).toEqual({
      outcome: 'created',
      branch: BRANCH,
      commit: head,
      number: 1,
      url: `${w.github.url}/acme/nix/pull/1`,
    });
    const commits = await w.commits();
    expect(commits).toHaveLength(1);
    expect(commits[0]?.parents).toEqual([w.base]);
    expect(await w.show(BRANCH, NIX)).toBe('hash = "sha256-new";');
    expect(await w.show(BRANCH, 'README.md')).toBe('hello');
    const [pull] = await w.pulls();
    expect(pull).toMatchObject({
      number: 1,
      state: 'open',
      title: 'authentik: 2026.2.0 → 2026.5.6',
      draft: false,
    });
    expect(pull?.body).toMatch(/^The lock moved\.\n\n<!-- uv-fod key=[0-9a-f]{16} text=[0-9a-f]{16} -->$/);
  });

  test('its commit is signed by GitHub and carries the trailer', async () => {
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

  test('keeps the executable bit of a file that has it, and sets it where asked', async () => {
    const w = await world();
    await w.publish({
      files: [
        { path: 'bin/run', content: '#!/bin/sh\ntrue\n' },
        { path: 'tools/new', content: 'x', executable: true },
        { path: LOCK, content: '{}' },
      ],
    });
    const modes = await w.git.text(['ls-tree', '-r', `refs/heads/${BRANCH}`]);
    expect(modes).toMatch(/^100755 .*\tbin\/run$/m);
    expect(modes).toMatch(/^100755 .*\ttools\/new$/m);
    expect(modes).toMatch(new RegExp(`^100644 .*\\t${LOCK}$`, 'm'));
  });

  test('takes bytes that are not text, and text with a byte order mark, as they are', async () => {
    const w = await world();
    const bytes = Buffer.from([0, 255, 254, 10, 128]);
    const marked = Buffer.from('\u{feff}text\r\n');
    await w.publish({
      files: [
        { path: 'a.bin', content: bytes },
        { path: 'b.txt', content: marked },
      ],
    });
    expect(await w.git.run(['cat-file', 'blob', `${BRANCH}:a.bin`])).toEqual(bytes);
    expect(await w.git.run(['cat-file', 'blob', `${BRANCH}:b.txt`])).toEqual(marked);
  });
});

describe('a second run', () => {
  test('with the same content writes nothing at all', async () => {
    const w = await world();
    const first = await w.publish();
    w.writesSince();
    const second = await w.publish();
    expect(second).toEqual({ ...first, outcome: 'none', reason: 'unchanged' });
    expect(w.writesSince()).toEqual([]);
  });
});
