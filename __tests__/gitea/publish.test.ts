import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { publish } from '../../src/pull-request/publish.ts';
import { BRANCH, NIX, type Server, startServer, until, type World } from './world.ts';

jest.setTimeout(120_000);

// The rules of our pull requests (docs/pull-requests.md), carried out on a real Gitea: git's own
// push, and its own REST API.
let server: Server;
let world: () => Promise<World>;
beforeAll(async () => {
  server = await startServer();
  world = server.world;
});
afterAll(() => server?.close());

const newer = [{ path: NIX, content: 'hash = "sha256-newer";\n' }];

describe('the first run', () => {
  test('makes one branch with one commit on the base, and one pull request', async () => {
    const w = await world();
    const result = await w.publish({ run: 17 });
    const commit = await w.head();
    expect(result).toEqual({
      ...{ outcome: 'created', branch: BRANCH, commit, number: 1 },
      url: `${server.gitea.url}/acme/${w.repo}/pulls/1`,
    });
    expect(await w.git('rev-list', `main..${BRANCH}`)).toBe(commit);
    expect(await w.git('rev-parse', `${BRANCH}^`)).toBe(w.base);
    expect(await w.git('diff', '--name-only', 'main', BRANCH)).toBe(NIX);
    expect(await w.git('show', `${BRANCH}:${NIX}`)).toBe('hash = "sha256-new";');
    const tree = (await w.git('rev-parse', `${BRANCH}^{tree}`)).trim();
    expect(await w.git('log', '-1', '--format=%an <%ae>%n%B', BRANCH)).toBe(
      `uv-fod <uv-fod@noreply.127.0.0.1>\nauthentik: 2026.2.0 -> 2026.5.6\n\nUv-Fod: ${BRANCH}; base=${w.base}; tree=${tree}; run=17\n`,
    );
    expect(await w.pulls()).toMatchObject([
      { number: 1, state: 'open', title: 'authentik: 2026.2.0 → 2026.5.6', draft: false },
    ]);
    expect(w.writesSince()).toEqual([`POST /acme/${w.repo}.git/git-receive-pack`, 'POST /pulls']);
  });

  test('keeps text with a byte order mark, and other line ends, as it is', async () => {
    const w = await world();
    const content = '\u{feff}text é\r\nmore';
    await w.publish({ files: [{ path: 'b.txt', content }] });
    expect(await w.git('cat-file', 'blob', `${BRANCH}:b.txt`)).toBe(content);
  });

  test('sets labels, assignees, reviewers and the milestone, and a draft by its title', async () => {
    const w = await world();
    await w.api('POST', '/labels', { name: 'nix', color: '#00aabb' });
    await w.api('POST', '/milestones', { title: 'Summer' });
    const wanted = {
      ...{ labels: ['nix', 'dependencies'], assignees: ['grace'], reviewers: ['grace'], milestone: 'Summer' },
      draft: true,
    };
    await w.publish(wanted);
    const [pull] = await w.pulls();
    expect(pull).toMatchObject({ title: 'WIP: authentik: 2026.2.0 → 2026.5.6', draft: true });
    expect(pull?.labels.map(({ name }) => name).sort()).toEqual(['dependencies', 'nix']);
    expect(pull?.assignees?.map(({ login }) => login)).toEqual(['grace']);
    expect(pull?.requested_reviewers?.map(({ login }) => login)).toEqual(['grace']);
    expect(pull?.milestone?.title).toBe('Summer');
    w.writesSince();
    expect(await w.publish(wanted)).toMatchObject({ outcome: 'none', reason: 'unchanged' });
    // What a person takes away stays away.
    await w.api('DELETE', `/issues/1/labels/${await labelId(w, 'nix')}`);
    await w.api('DELETE', '/pulls/1/requested_reviewers', { reviewers: ['grace'] });
    await w.api('PATCH', '/issues/1', { assignees: [] });
    await w.api('PATCH', '/issues/1', { milestone: 0 });
    expect(await w.publish(wanted)).toMatchObject({ outcome: 'none', reason: 'unchanged' });
    expect(w.writesSince()).toEqual([]);
    // A text that changed leaves it the draft that it is.
    await w.publish({ ...wanted, title: 'Another title', body: 'More moved.' });
    expect((await w.pulls())[0]).toMatchObject({ title: 'WIP: Another title', draft: true });
  });
});

const labelId = async (w: World, name: string): Promise<number | undefined> =>
  ((await w.api('GET', '/labels')) as { id: number; name: string }[]).find((one) => one.name === name)?.id;

describe('a later run', () => {
  test('writes nothing where nothing changed', async () => {
    const w = await world();
    await w.publish();
    const head = await w.head();
    w.writesSince();
    expect(await w.publish()).toMatchObject({ outcome: 'none', reason: 'unchanged', number: 1 });
    expect(w.writesSince()).toEqual([]);
    expect(await w.head()).toBe(head);
  });

  test('a newer version takes over branch and pull request', async () => {
    const w = await world();
    await w.publish();
    const result = await w.publish({ files: newer, title: 'authentik: 2026.2.0 → 2026.8.0', body: 'More.' });
    expect(result).toMatchObject({ outcome: 'updated', number: 1 });
    expect((await w.git('rev-list', '--count', `main..${BRANCH}`)).trim()).toBe('1');
    expect(await w.pulls()).toMatchObject([{ title: 'authentik: 2026.2.0 → 2026.8.0', state: 'open' }]);
  });

  test('a base that moved: the commit is made again on its head', async () => {
    const w = await world();
    await w.publish();
    const moved = await w.push('main', { 'README.md': 'more\n' });
    expect(await w.publish({ base: { ref: 'main', sha: moved } })).toMatchObject({ outcome: 'updated' });
    expect((await w.git('rev-parse', `${BRANCH}^`)).trim()).toBe(moved);
  });

  test('a base that is far ahead: history is fetched until both meet, and others’ work on the branch is told from the base’s', async () => {
    const w = await world();
    await w.publish();
    const moved = await w.moveOn(70);
    expect(await w.publish({ base: { ref: 'main', sha: moved } })).toMatchObject({ outcome: 'updated' });
    expect(await w.git('rev-list', '--count', `main..${BRANCH}`)).toBe('1');
    expect(await w.git('rev-parse', `${BRANCH}^`)).toBe(moved);
  });

  test('a base with another lock since: nothing is published', async () => {
    const w = await world();
    await w.push('main', { 'uv.lock': 'version = 1 # newer\n' });
    expect(await w.publish()).toMatchObject({ outcome: 'none', reason: 'base-changed' });
    expect(w.writesSince()).toEqual([]);
  });

  test('an older run that finishes last writes nothing', async () => {
    const w = await world();
    await w.publish({ run: 8, files: newer });
    w.writesSince();
    expect(await w.publish({ run: 7 })).toMatchObject({ outcome: 'none', reason: 'newer-run' });
    expect(w.writesSince()).toEqual([]);
  });

  test('where the base has all of it, the pull request is closed, once and with a comment', async () => {
    const w = await world();
    await w.publish();
    const moved = await w.push('main', { [NIX]: 'hash = "sha256-new";\n' });
    const base = { ref: 'main', sha: moved };
    expect(await w.publish({ base })).toMatchObject({ outcome: 'closed', number: 1 });
    expect((await w.pulls())[0]?.state).toBe('closed');
    expect(await w.api('GET', '/issues/1/comments')).toHaveLength(1);
    expect(await w.publish({ base })).toMatchObject({ outcome: 'none', reason: 'base-is-current' });
  });

  test('one that a person closed is not opened again for the same, and is for another version', async () => {
    const w = await world();
    await w.publish({ key: 'authentik 2026.5.6' });
    await w.api('PATCH', '/pulls/1', { state: 'closed' });
    w.writesSince();
    expect(await w.publish({ key: 'authentik 2026.5.6' })).toMatchObject({ reason: 'closed-by-person' });
    expect(w.writesSince()).toEqual([]);
    expect(await w.publish({ key: 'authentik 2026.8.0', files: newer })).toMatchObject({
      ...{ outcome: 'created', number: 2 },
    });
  });

  test('after a merge the next one starts afresh', async () => {
    const w = await world();
    await w.publish();
    await merge(w);
    const moved = await w.head('main');
    expect(await w.publish({ base: { ref: 'main', sha: moved }, files: newer })).toMatchObject({
      ...{ outcome: 'created', number: 2 },
    });
    expect((await w.git('rev-list', '--count', `main..${BRANCH}`)).trim()).toBe('1');
  });
});

/** Right after a push Gitea still finds out whether it can merge. */
const merge = (w: World): Promise<void> =>
  until(async () => void (await w.api('POST', '/pulls/1/merge', { Do: 'squash' })));

describe('others’ commits', () => {
  test('stay: ours goes on top', async () => {
    const w = await world();
    await w.publish();
    const theirs = await w.push(BRANCH, { 'README.md': 'by hand\n' });
    expect(await w.publish({ files: newer })).toMatchObject({ outcome: 'updated' });
    expect((await w.git('rev-parse', `${BRANCH}^`)).trim()).toBe(theirs);
    expect(await w.git('show', `${BRANCH}:README.md`)).toBe('by hand');
  });

  test('over the same file: nothing is written, and it is said who', async () => {
    const w = await world();
    await w.publish();
    const theirs = await w.push(BRANCH, { [NIX]: 'hash = "sha256-by-hand";\n' });
    w.writesSince();
    await expect(w.publish({ files: newer })).rejects.toMatchObject({
      code: 'branch-edited',
      message: expect.stringContaining('Ada changed'),
    });
    expect(w.writesSince()).toEqual([]);
    expect(await w.head()).toBe(theirs);
  });

  test('pushed between reading and pushing: the lease is refused, and it is looked again', async () => {
    const w = await world();
    await w.publish();
    let theirs = '';
    w.front.setFault(({ path }) =>
      path.endsWith('/git-receive-pack') && theirs === ''
        ? async () => {
            theirs = 'on its way';
            theirs = await w.push(BRANCH, { 'README.md': 'meanwhile\n' });
          }
        : undefined,
    );
    expect(await w.publish({ files: newer })).toMatchObject({ outcome: 'updated' });
    expect(w.log.lines.join('\n')).toContain(`\`${BRANCH}\` or its base was moved`);
    expect((await w.git('rev-parse', `${BRANCH}^`)).trim()).toBe(theirs);
  });

  test('pushed each time: given up with nothing of ours written', async () => {
    const w = await world();
    await w.publish();
    let count = 0;
    w.front.setFault(({ path }) =>
      path.endsWith('/git-receive-pack')
        ? async () => void (await w.push(BRANCH, { 'README.md': `${++count}\n` }))
        : undefined,
    );
    await expect(w.publish({ files: newer })).rejects.toMatchObject({ code: 'branch-moves' });
    expect(count).toBe(4);
    expect(await w.git('log', '--format=%an', `main..${BRANCH}`)).toBe('Ada\nAda\nAda\nAda\nuv-fod');
  });
});

describe('faults', () => {
  test.each(['reset', 'drop'] as const)(
    'a push whose connection ends (%s) leaves one branch and one pull request',
    async (kind) => {
      const w = await world();
      let spoiled = false;
      w.front.setFault(({ path, method }) => {
        if (spoiled || method !== 'POST' || !path.endsWith('/git-receive-pack')) return undefined;
        spoiled = true;
        return kind;
      });
      expect(await w.publish()).toMatchObject({ outcome: 'created', number: 1 });
      expect(spoiled).toBe(true);
      expect((await w.git('rev-list', '--count', `main..${BRANCH}`)).trim()).toBe('1');
      expect(await w.pulls()).toHaveLength(1);
    },
  );

  test('opened, and the answer lost: the next try finds it', async () => {
    const w = await world();
    let spoiled = false;
    w.front.setFault(({ path, method }) => {
      if (spoiled || method !== 'POST' || !path.endsWith('/pulls')) return undefined;
      spoiled = true;
      return 'drop';
    });
    await w.publish();
    expect(await w.pulls()).toHaveLength(1);
    expect(await w.publish()).toMatchObject({ outcome: 'none', reason: 'unchanged' });
  });

  test('a refusal to open it takes the branch back', async () => {
    const w = await world();
    w.front.setFault(({ path, method }) =>
      method === 'POST' && path.endsWith('/pulls') ? { status: 403, body: '{}' } : undefined,
    );
    await expect(w.publish()).rejects.toMatchObject({ code: 'token-permission' });
    expect(await w.git('for-each-ref', '--format=%(refname)', 'refs/heads')).toBe('refs/heads/main');
  });

  test('a server out of order: said as that, and nothing is lost', async () => {
    const w = await world();
    w.front.setFault(({ path }) => (path.endsWith('/info/refs') ? { status: 502 } : undefined));
    await expect(w.publish()).rejects.toMatchObject({ code: 'forge-unavailable' });
    w.front.setFault(undefined);
    expect(await w.publish()).toMatchObject({ outcome: 'created' });
  });

  test('a rule that forbids the push is named', async () => {
    const w = await world();
    await w.api('POST', '/branch_protections', { rule_name: 'uv-fod/*', enable_push: false });
    await expect(w.publish()).rejects.toMatchObject({ code: 'branch-protected' });
    expect(await w.pulls()).toEqual([]);
  });

  test('a token that is none, and one that may only read', async () => {
    const w = await world();
    const by = (token: string) => publish(w.forge(token), w.request(), w.log);
    await expect(by('no-such-token')).rejects.toMatchObject({ code: 'token-rejected' });
    expect(w.writesSince()).toEqual([]);
    await expect(by(server.readingToken)).rejects.toMatchObject({
      code: 'token-permission',
      message: expect.stringContaining('needs `write:repository`'),
    });
    expect(await w.git('for-each-ref', '--format=%(refname)', 'refs/heads')).toBe('refs/heads/main');
  });

  test('a repository that was renamed: the token does not follow', async () => {
    const w = await world();
    await w.api('PATCH', '', { name: `${w.repo}-renamed` });
    await expect(w.publish()).rejects.toMatchObject({ code: 'forge-redirects' });
  });

  test('a base branch or a commit that the forge does not know', async () => {
    const w = await world();
    const base = { ref: 'nope', sha: w.base };
    await expect(w.publish({ base })).rejects.toMatchObject({ code: 'base-missing' });
    const unknown = { ref: 'main', sha: 'a'.repeat(40) };
    await expect(w.publish({ base: unknown })).rejects.toMatchObject({ code: 'base-unknown' });
    expect(w.writesSince()).toEqual([]);
  });
});

describe('auto-merge', () => {
  test('is scheduled where the base requires a check, and once', async () => {
    const w = await world();
    await w.api('POST', '/branch_protections', {
      ...{ rule_name: 'main', enable_status_check: true, status_check_contexts: ['ci'] },
    });
    await w.publish({ autoMerge: 'squash' });
    expect(w.log.lines.join('\n')).toContain('Auto-merge is enabled for #1 (squash)');
    expect((await w.pulls())[0]).toMatchObject({ state: 'open', merged: false });
    w.writesSince();
    expect(await w.publish({ autoMerge: 'squash' })).toMatchObject({ outcome: 'none', reason: 'unchanged' });
    expect(w.writesSince()).toEqual([]);
    // Called off by a person: it stays off.
    await w.api('DELETE', '/pulls/1/merge');
    expect(await w.publish({ autoMerge: 'squash' })).toMatchObject({ outcome: 'none' });
    expect(w.writesSince()).toEqual([]);
  });

  test('merges nothing by itself where nothing is required', async () => {
    const w = await world();
    await w.publish({ autoMerge: true });
    expect(w.log.lines.join('\n')).toMatch(
      /warning: Auto-merge is not enabled for #1, [^\n]*requires neither/,
    );
    expect(w.writesSince()).toEqual([`POST /acme/${w.repo}.git/git-receive-pack`, 'POST /pulls']);
    expect((await w.pulls())[0]).toMatchObject({ state: 'open', merged: false });
  });
});
