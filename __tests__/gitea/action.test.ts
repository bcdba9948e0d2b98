import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type Front, isWrite, type Passed } from '../support/gitea/front.ts';
import { runText } from '../support/nix/run.ts';
import { runStep, type Step, type StepResult } from '../support/runner/runner.ts';
import { lockConfig } from '../support/scenario/indexed.ts';
import { allowHosts } from '../support/scenario/own-pull.ts';
import { git } from '../support/scenario/repository.ts';
import { makeSmall, type SmallProject } from '../support/scenario/small.ts';
import { type Seen, type Server, startServer, until, type World } from './world.ts';

jest.setTimeout(600_000);

const BRANCH = 'uv-fod/small';

/**
 * The built Action as a process of Forgejo's runner, with a real git, whose arguments are written
 * down, and a real Gitea.
 */
describe('the Action on Gitea', () => {
  let server: Server;
  let world: World;
  let project: SmallProject;
  let dir: string;
  let commands: string;
  let runs = 0;
  beforeAll(async () => {
    server = await startServer();
    world = await server.world();
    dir = await mkdtemp(path.join(tmpdir(), 'gitea-action-'));
    project = await makeSmall(dir);
    commands = path.join(dir, 'commands');
    await watchGit(path.join(dir, 'bin'), commands);
    // Main becomes the project's: its history, not the world's.
    await push(`+${project.bumped}:refs/heads/main`);
  }, 600_000);
  afterAll(async () => {
    await server?.close();
    if (dir) await rm(dir, { recursive: true, force: true });
  });

  const push = (refspec: string): Promise<string> =>
    git(
      project.repository.work,
      ...['-c', `http.extraHeader=Authorization: token ${server.gitea.token}`],
      ...['push', '--quiet', `${server.gitea.url}/acme/${world.repo}.git`, refspec],
    );

  interface Acted extends StepResult {
    readonly workspace: string;
    readonly writes: readonly string[];
    /** Requests of any kind. */
    readonly asked: readonly string[];
  }

  interface More {
    readonly signal?: AbortSignal;
    /** Folders of programs. */
    readonly programs?: string;
    /** Changes the checkout before the Action runs. */
    readonly prepare?: (workspace: string) => Promise<void>;
    /** Another event than a push. */
    readonly step?: Partial<Step>;
  }

  /** Runs the Action on a fresh checkout of main. */
  async function act(inputs: Record<string, string> = {}, more: More = {}): Promise<Acted> {
    const { signal, programs = process.env.PATH, prepare, step } = more;
    const workspace = path.join(dir, `checkout-${++runs}`);
    const url = `${world.front.url}/acme/${world.repo}.git`;
    await runText('git', ['clone', '--quiet', '--depth=1', '--branch', 'main', url, workspace], { cwd: dir });
    const sha = await git(workspace, 'rev-parse', 'HEAD');
    await prepare?.(workspace);
    const from = world.front.passed.length;
    const result = await runStep({
      ...{ workspace, repository: `acme/${world.repo}`, github: world.front.url, runId: runs },
      ...{ ref: 'refs/heads/main', sha, eventName: 'push' },
      inputs: { attribute: 'small', token: world.token, verify: 'false', ...inputs },
      event: { ref: 'refs/heads/main', before: project.pinned, after: sha },
      env: {
        PATH: `${path.join(dir, 'bin')}:${programs}`,
        GITHUB_API_URL: `${world.front.url}/api/v1`,
        ...{ GITEA_ACTIONS: 'true', FORGEJO_ACTIONS: 'true', GITHUB_TOKEN: world.token },
      },
      ...(signal ? { signal } : {}),
      ...step,
    });
    const passed = world.front.passed.slice(from);
    return { ...result, workspace, writes: passed.filter(isWrite).map(inShort), asked: passed.map(inShort) };
  }

  const inShort = ({ method, path: where }: Passed): string =>
    `${method} ${where.replace(/^.*\/nix-\d+(?:\.git)?\//, '')}`;

  test('killed between the push and the pull request, and run again: one branch, one pull request', async () => {
    const killer = new AbortController();
    spoil(
      world.front,
      ({ method, path: where }) => method === 'POST' && where.endsWith('/pulls'),
      () => killer.abort(),
    );
    const killed = await act({}, { signal: killer.signal });
    world.front.setFault(undefined);
    expect(killed.code).toBe(137);
    const head = await world.head(BRANCH);
    expect(await world.pulls()).toEqual([]);
    const again = await act();
    expect({ code: again.code, outcome: again.outputs.get('outcome') }).toEqual({
      code: 0,
      outcome: 'created',
    });
    expect(again.writes).toEqual(['POST pulls']);
    expect(await world.head(BRANCH)).toBe(head);
    expect(await world.pulls()).toHaveLength(1);
  });

  test('run again: nothing is written', async () => {
    const { code, writes, outputs } = await act();
    expect({ code, writes }).toEqual({ code: 0, writes: [] });
    expect(outputs.get('outcome')).toBe('none');
    expect(outputs.get('pull-request-number')).toBe('1');
  });

  test('the token is in no argument, no log, no file of the checkout', async () => {
    // Another commit is made and pushed: the branch is gone.
    await push(`:refs/heads/${BRANCH}`);
    await closedByGitea(world, 1);
    await world.api('PATCH', '/pulls/1', { body: 'A person’s.' });
    await writeFile(commands, '');
    const acted = await act();
    expect(acted.outputs.get('outcome')).toBe('created');
    expect(acted.writes).toEqual(['POST git-receive-pack', 'POST pulls']);
    const forms = [world.token, Buffer.from(`x-access-token:${world.token}`).toString('base64')];
    const said = await readFile(commands, 'utf8');
    expect(said).toMatch(/ push .*--force-with-lease=refs\/heads\/uv-fod\/small:\S* -- origin [0-9a-f]{40}:/);
    const { log, summary, outputs, workspace } = acted;
    const config = await readFile(path.join(workspace, '.git/config'), 'utf8');
    for (const form of forms) {
      expect(said).not.toContain(form);
      expect(log.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain(form);
      expect(`${summary}${[...outputs.values()].join()}${config}`).not.toContain(form);
      expect(log).toContain(`::add-mask::${form}\n`);
    }
    expect(await git(workspace, 'status', '--porcelain')).toBe('');
  });

  test('after the merge there is nothing to do', async () => {
    const open = (await world.pulls()).filter(({ state }: Seen) => state === 'open');
    expect(open.map(({ number }) => number)).toEqual([2]);
    await merge(world, 2);
    const { code, writes, outputs } = await act();
    expect({ code, writes, outcome: outputs.get('outcome') }).toEqual({
      ...{ code: 0, writes: [], outcome: 'current' },
    });
  });

  test('a token that is none: the step fails, and nothing is written', async () => {
    await push(`+${project.bumped}:refs/heads/main`);
    const { code, log, writes } = await act({ token: 'no-such-token' });
    expect(code).toBe(1);
    expect(log).toMatch(/::error title=token-rejected::The forge does not accept the token/);
    expect(writes).toEqual([]);
  });

  test('mode: check says that the hash is stale, with no token and not one request', async () => {
    const { code, outputs, asked, workspace } = await act({ mode: 'check', token: '' });
    expect({ code, status: outputs.get('status'), asked }).toEqual({ code: 3, status: 'stale', asked: [] });
    expect(await git(workspace, 'status', '--porcelain')).toBe('');
  });

  test('mode: compute asks the API nothing either, and mode: publish opens the pull request without Nix', async () => {
    const file = 'uv-fod-result.json';
    const computed = await act({ mode: 'compute', token: '' });
    // git reads the commit before, for the report: the checkout has one commit alone.
    expect({ code: computed.code, asked: computed.asked }).toEqual({
      code: 0,
      asked: ['GET info/refs', 'POST git-upload-pack'],
    });
    const result = await readFile(path.join(computed.workspace, file), 'utf8');

    const others = (await world.pulls()).map(({ number }) => number);
    const publish = () =>
      act(
        { mode: 'publish' },
        {
          programs: path.join(dir, 'none'),
          prepare: (workspace) => writeFile(path.join(workspace, file), result),
        },
      );
    const published = await publish();
    expect({ code: published.code, log: published.code === 0 ? '' : published.log }).toEqual({
      ...{ code: 0, log: '' },
    });
    expect(published.outputs.get('outcome')).toBe('created');
    const [made, ...rest] = (await world.pulls()).filter(({ number }) => !others.includes(number));
    expect([made?.state, made?.head.sha, rest]).toEqual(['open', await world.head(BRANCH), []]);
    expect(await world.git('diff', '--name-only', 'main', BRANCH)).toBe('default.nix\nuv-fod.lock.json');

    const again = await publish();
    expect([again.outputs.get('outcome'), again.writes]).toEqual(['none', []]);
  });

  describe('on a pull request', () => {
    const branch = 'renovate/six';
    let number: number;
    beforeAll(async () => {
      const { work } = project.repository;
      await git(work, 'checkout', '--quiet', '--detach', project.pinned);
      await allowHosts(work);
      await git(work, 'add', '--all');
      await git(work, 'commit', '--quiet', '--message', 'Allow the hosts');
      await push('+HEAD:refs/heads/main');
      await push(`+${project.bumped}:refs/heads/${branch}`);
      const pull = await world.api('POST', '/pulls', { title: 'Bump six', head: branch, base: 'main' });
      ({ number } = pull as Seen);
    });

    /** With the payload that Gitea itself has for the pull request. */
    const onPull = async (inputs: Record<string, string> = {}): Promise<Acted> => {
      const pull_request = (await world.api('GET', `/pulls/${number}`)) as Seen;
      const repository = await world.api('GET', '');
      const { sha } = pull_request.head;
      return act(inputs, {
        prepare: async (workspace) => {
          await git(workspace, 'fetch', '--quiet', '--depth=1', 'origin', sha);
          await git(workspace, 'checkout', '--quiet', '--detach', sha);
        },
        step: {
          ...{ eventName: 'pull_request', ref: `refs/pull/${number}/head`, sha },
          event: { action: 'synchronized', number, pull_request, repository },
        },
      });
    };

    test('a token that only reads is noticed before the build', async () => {
      const { code, log, writes } = await onPull({ token: server.readingToken, verify: 'true' });
      expect([code, writes]).toEqual([1, []]);
      expect(log).toMatch(/::error title=token-permission\b/);
      expect(log).not.toContain('::group::Nix: build of');
    });

    test('its branch gets one commit, and the run for that one has nothing to do', async () => {
      const others = (await world.pulls()).length;
      const { code, outputs, writes } = await onPull({ 'commit-status': 'true' });
      const head = await world.head(branch);
      expect([code, outputs.get('outcome'), outputs.get('commit')]).toEqual([8, 'pushed', head]);
      expect(writes).toEqual(['POST git-receive-pack', `POST statuses/${head}`]);
      const statuses = (await world.api('GET', `/commits/${head}/statuses`)) as Record<string, string>[];
      expect(statuses.map(({ context, status }) => [context, status])).toEqual([['uv-fod/small', 'success']]);
      expect((await world.git('rev-parse', `${branch}^`)).trim()).toBe(project.bumped);
      expect(await world.pulls()).toHaveLength(others);
      await shows(head);
      const next = await onPull();
      expect([next.code, next.outputs.get('outcome'), next.writes]).toEqual([0, 'current', []]);
    });

    test('a commit of its own that is not right any more is replaced, a person’s stays', async () => {
      const ours = await world.head(branch);
      const tree = (await world.git('rev-parse', `${ours}^{tree}`)).trim();
      const stale = (await world.git('rev-parse', `${project.bumped}^{tree}`)).trim();
      const message = `small\n\nUv-Fod: ${branch}; base=${project.bumped}; tree=${stale}; run=1\n`;
      const { work } = project.repository;
      const old = await git(work, 'commit-tree', stale, '-p', project.bumped, '-m', message);
      await push(`+${old}:refs/heads/${branch}`);
      await shows(old);
      expect((await onPull()).outputs.get('outcome')).toBe('pushed');
      expect(
        (await world.git('rev-parse', `${branch}^`, `${branch}^{tree}`)).split('\n').slice(0, 2),
      ).toEqual([...[project.bumped, tree]]);
      const theirs = await git(work, 'commit-tree', stale, '-p', old, '-m', 'Theirs');
      await push(`+${theirs}:refs/heads/${branch}`);
      await shows(theirs);
      expect((await onPull()).outputs.get('outcome')).toBe('pushed');
      expect((await world.git('rev-parse', `${branch}^`)).trim()).toBe(theirs);
    });

    /** Gitea looks at a push some time after it. */
    const shows = (head: string): Promise<void> =>
      until(async () => {
        const pull = (await world.api('GET', `/pulls/${number}`)) as Seen;
        if (pull.head.sha !== head) throw new Error(`Gitea shows ${pull.head.sha}`);
      });
  });

  test('the clock upgrades uv.lock, in one pull request, and in one for each package if asked to', async () => {
    const { work } = project.repository;
    const branch = 'upgrade/small';
    const upgrade = async (rules: string): Promise<Acted> => {
      const text = `${rules}\n\n[package.pull-request]\nbranch = "${branch}"`;
      await writeFile(path.join(work, '.github/uv-fod.toml'), lockConfig(text));
      await git(work, 'add', '--all');
      await git(work, 'commit', '--quiet', '--message', 'Upgrade the lock by the clock');
      await push('+HEAD:refs/heads/main');
      const step = { eventName: 'schedule', event: { schedule: '0 3 * * *' } };
      const acted = await act({ attribute: '' }, { step });
      expect({ code: acted.code, log: acted.code === 0 ? '' : acted.log }).toEqual({ code: 0, log: '' });
      return acted;
    };
    const changed = (of: string): Promise<string> => world.git('diff', '--name-only', 'main', of);
    await git(work, 'checkout', '--quiet', '--detach', project.pinned);
    const pyproject = await readFile(path.join(work, 'pyproject.toml'), 'utf8');
    await writeFile(path.join(work, 'pyproject.toml'), pyproject.replaceAll(/==[\d.]+/g, ''));
    await runText('uv', ['lock', '--quiet'], { cwd: work });
    await mkdir(path.join(work, '.github'), { recursive: true });
    const age = 'minimum-release-age = "7 days"';
    const number = Number((await upgrade(age)).outputs.get('pull-request-number'));
    const files = 'default.nix\nuv-fod.lock.json\nuv.lock';
    expect(await changed(branch)).toBe(files);
    await until(async () => {
      const pull = (await world.api('GET', `/pulls/${number}`)) as Seen;
      expect([pull.state, pull.head.sha]).toEqual(['open', await world.head(branch)]);
      expect(pull.body).toMatch(/\*\*six\*\*/);
    });
    const { outputs } = await upgrade(`${age}\npull-requests = "each"`);
    const parts = JSON.parse(outputs.get('results') ?? '') as { branch: string; outcome: string }[];
    expect(parts.map((part) => `${part.branch} ${part.outcome}`)).toEqual([
      `${branch} closed`,
      `${branch}--iniconfig created`,
      `${branch}--six created`,
    ]);
    expect(await changed(`${branch}--six`)).toBe(files);
    expect(await world.git('diff', 'main', `${branch}--six`)).not.toMatch(/^[+-].*iniconfig/m);
  });
});

/** Has something happen at the first request that fits, and that request not arrive. */
function spoil(front: Front, fits: (passed: Passed) => boolean, happen: () => void): void {
  front.setFault((passed) => {
    if (!fits(passed)) return undefined;
    happen();
    return 'reset';
  });
}

/** A `git` that writes down what it is called with, and then is git. */
async function watchGit(bin: string, file: string): Promise<void> {
  const real = (await runText('sh', ['-c', 'command -v git'])).trim();
  await mkdir(bin, { recursive: true });
  await writeFile(
    path.join(bin, 'git'),
    `#!/bin/sh\nprintf '%s\\n' "git $*" >>'${file}'\nexec '${real}' "$@"\n`,
  );
  await chmod(path.join(bin, 'git'), 0o755);
}

/**
 * Gitea closes a deleted branch's pull requests some time after the push, whichever are open by
 * then: one that is opened before it comes to that would be closed too.
 */
async function closedByGitea(world: World, number: number): Promise<void> {
  await until(async () => {
    const { state } = (await world.api('GET', `/pulls/${number}`)) as Seen;
    if (state !== 'closed') throw new Error(`Gitea leaves #${number} open`);
  });
}

/** Right after a push Gitea still finds out whether it can merge. */
const merge = (world: World, number: number): Promise<void> =>
  until(async () => void (await world.api('POST', `/pulls/${number}/merge`, { Do: 'merge' })));
