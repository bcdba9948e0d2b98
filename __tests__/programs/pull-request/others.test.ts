import { afterAll, describe, expect, test } from '@jest/globals';
import { writeCommit } from '../../support/github/commits.ts';
import { branchHead, changeRefs } from '../../support/github/git.ts';
import { anybody, BRANCH, endTemplate, endWorlds, LOCK, NIX, world } from './world.ts';

afterAll(endWorlds);
afterAll(endTemplate);

const other = [{ path: NIX, content: 'hash = "sha256-newer";\n' }];

describe('somebody else’s commits on the branch', () => {
  test.concurrent('stay, and ours goes on top of them', async () => {
    const w = await world();
    const first = await w.publish();
    const theirs = await w.push(BRANCH, { 'README.md': 'reviewed\n' });
    const result = await w.publish({ files: other });
    expect(result).toMatchObject({ outcome: 'updated', number: 1 });
    const commits = await w.commits();
    expect(commits.map(({ sha }) => sha)).toEqual([first.commit, theirs, result.commit]);
    expect(await w.show(BRANCH, 'README.md')).toBe('reviewed\n');
    expect(await w.show(BRANCH, NIX)).toBe('hash = "sha256-newer";\n');
  });

  test.concurrent('with nothing of ours to change: nothing is written', async () => {
    const w = await world();
    await w.publish();
    const theirs = await w.push(BRANCH, { 'README.md': 'reviewed\n' });
    w.writesSince();
    expect(await w.publish()).toMatchObject({ outcome: 'none', reason: 'unchanged', commit: theirs });
    expect(w.writesSince()).toEqual([]);
  });

  test.concurrent('in a file that we write: refused with a name and a remedy, nothing written', async () => {
    const w = await world();
    await w.publish();
    await w.push(BRANCH, { [NIX]: 'hash = "sha256-new";\npatches = [ ./mine.patch ];\n' });
    w.writesSince();
    const refused = w.publish({ files: other });
    await expect(refused).rejects.toMatchObject({ name: 'UserError', code: 'branch-edited' });
    await expect(refused).rejects.toThrow(/Ada.*pkgs\/authentik\/package\.nix.*delete the branch/);
    expect(w.writesSince()).toEqual([]);
  });

  test.concurrent('in a file that we write, with just our content: nothing to do', async () => {
    const w = await world();
    await w.publish();
    await w.push(BRANCH, { [NIX]: 'hash = "sha256-newer";\n' });
    expect(await w.publish({ files: other, title: 'authentik: 2026.2.0 → 2026.5.6' })).toMatchObject({
      number: 1,
    });
    expect(await w.commits()).toHaveLength(2);
  });

  test.concurrent('on top of ours, then ours again, then another file: only added to', async () => {
    const w = await world();
    await w.publish();
    await w.push(BRANCH, { 'README.md': 'reviewed\n' });
    await w.publish({ files: other });
    const files = [...other, { path: LOCK, content: '{}\n' }];
    await w.publish({ files });
    const commits = await w.commits();
    expect(commits).toHaveLength(4);
    expect(await w.show(BRANCH, LOCK)).toBe('{}\n');
  });

  test.concurrent('when the base moves too: nothing of theirs is lost, nothing rebuilt', async () => {
    const w = await world();
    await w.publish();
    const theirs = await w.push(BRANCH, { 'README.md': 'reviewed\n' });
    const sha = await w.push('main', { 'uv.lock': 'version = 1\n# new\n' });
    await w.publish({ base: { ref: 'main', sha }, files: other });
    expect((await w.commits()).at(-1)?.parents).toEqual([theirs]);
  });

  test.concurrent('made by amending ours: counts as theirs', async () => {
    const w = await world();
    const { commit = '' } = await w.publish();
    const ours = await w.commit(commit);
    const tampered = await w.push('scratch', { 'README.md': 'amended\n' }, commit);
    const { tree } = await w.commit(tampered);
    const person = { name: 'Ada', email: 'ada@people.example', date: '2026-01-02T00:00:00Z' };
    const amended = await writeCommit(w.git, {
      message: ours.message,
      tree,
      parents: [w.base],
      author: ours.author,
      committer: person,
      token: anybody,
    });
    await changeRefs(w.git, [{ name: `refs/heads/${BRANCH}`, after: amended }]);
    await expect(w.publish({ files: other })).rejects.toThrow(/Ada.*pkgs\/authentik\/package\.nix/);
    const files = [...w.request().files, { path: LOCK, content: '{}\n' }];
    const added = await w.publish({ files });
    expect((await w.commits()).map(({ sha }) => sha)).toEqual([amended, added.commit]);
  });

  test.concurrent('and a branch of that name that is wholly theirs: added to', async () => {
    const w = await world();
    const theirs = await w.push(BRANCH, { 'README.md': 'theirs\n' });
    const result = await w.publish();
    expect(result.outcome).toBe('created');
    expect((await w.commits()).map(({ sha }) => sha)).toEqual([theirs, result.commit]);
  });
});

describe('a branch that moves between our read and our write', () => {
  test.concurrent('by somebody’s commit: seen, kept, and ours goes on top', async () => {
    const w = await world();
    await w.publish();
    let theirs = '';
    w.github.setFaults(async (request) => {
      if (request.path.endsWith('/git/commits') && theirs === '')
        theirs = await w.push(BRANCH, { 'README.md': 'in between\n' });
      return undefined;
    });
    const result = await w.publish({ files: other });
    const commits = await w.commits();
    expect(commits.map(({ sha }) => sha).slice(1)).toEqual([theirs, result.commit]);
    expect(w.log.lines.join()).toContain('was moved meanwhile');
  });

  test.concurrent('by a run beside this one that makes it first: one branch, one pull request', async () => {
    const w = await world();
    const both = await Promise.all([w.publish(), w.publish()]);
    expect(await w.commits()).toHaveLength(1);
    expect((await w.pulls()).map(({ number }) => number)).toEqual([1]);
    expect(both.map(({ number }) => number)).toEqual([1, 1]);
  });

  test.concurrent('three runs at once: one branch, one commit, one pull request', async () => {
    const w = await world();
    await Promise.all([w.publish({ run: 1 }), w.publish({ run: 2 }), w.publish({ run: 3 })]);
    expect(await w.commits()).toHaveLength(1);
    expect(await w.pulls()).toHaveLength(1);
  });

  test.concurrent('each time: given up with a sentence, nothing of theirs lost', async () => {
    const w = await world();
    await w.publish();
    let pushes = 0;
    w.github.setFaults(async (request) => {
      if (request.path.endsWith('/git/commits')) await w.push(BRANCH, { 'README.md': `again ${pushes++}\n` });
      return undefined;
    });
    await expect(w.publish({ files: other })).rejects.toMatchObject({ code: 'branch-moves' });
    expect(await w.commits()).toHaveLength(1 + pushes);
  });

  test.concurrent('a branch that is taken away meanwhile is made again', async () => {
    const w = await world();
    await w.publish();
    let gone = false;
    w.github.setFaults(async (request) => {
      if (!request.path.endsWith('/git/commits') || gone) return undefined;
      gone = true;
      await changeRefs(w.git, [{ name: `refs/heads/${BRANCH}`, after: '0'.repeat(40) }]);
      return undefined;
    });
    await w.publish({ files: other });
    expect(await branchHead(w.git, BRANCH)).not.toBeNull();
    expect(await w.show(BRANCH, NIX)).toBe('hash = "sha256-newer";\n');
  });
});
