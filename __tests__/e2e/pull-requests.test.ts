import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getOctokit } from '../support/github/libraries.ts';
import type { GitHubOptions, TokenOptions } from '../support/github/types.ts';
import {
  type Computed,
  compute,
  type Handed,
  type PublishedWorld,
  publishedWorld,
} from '../support/scenario/published.ts';
import { git } from '../support/scenario/repository.ts';
import { edit } from '../support/scenario/small.ts';
import { token } from '../support/scenario/world.ts';
import { sceneOf, sceneSerializer } from '../support/snapshot/scene.ts';

// What a pull request goes through, each time as a run of the built Action whose log and requests
// are compared with a reviewed snapshot (`npm run snapshots` writes them anew). What was computed
// is the same for all; only publishing is done here.
expect.addSnapshotSerializer(sceneSerializer);

const minutes = 60_000;
const branch = 'uv-fod/small';
const place = { owner: 'you', repo: 'small' };
const everything = { contents: 'write', pull_requests: 'write', issues: 'write' } as const;
const people: Record<string, TokenOptions> = {
  owner: { kind: 'personal', login: 'you', permissions: { ...everything, administration: 'write' } },
  ada: { kind: 'personal', login: 'ada', permissions: everything },
};

let computed: Computed;
const open: PublishedWorld[] = [];
beforeAll(async () => {
  computed = await compute();
}, 5 * minutes);
afterAll(async () => {
  for (const world of open) await world.close();
});

interface Scenario extends PublishedWorld {
  /** GitHub's API for one of the people. */
  as(person: 'owner' | 'ada'): ReturnType<typeof getOctokit>;
  bodyOf(number: number): Promise<string>;
}

async function scenario(options: Partial<GitHubOptions> = {}): Promise<Scenario> {
  const tokens = { [token]: { permissions: everything }, ...people, ...options.tokens };
  const world = await publishedWorld(computed, { ...options, tokens });
  open.push(world);
  const as = (person: 'owner' | 'ada') => getOctokit(person, { baseUrl: world.github.url });
  return {
    ...world,
    as,
    bodyOf: async (pull_number) =>
      (await as('ada').rest.pulls.get({ ...place, pull_number })).data.body ?? '',
  };
}

/** The last lines of the first pull request's text: what is told beside the report. */
const endOf = async (world: Scenario, lines: number): Promise<string> =>
  (await world.bodyOf(1)).split('\n').slice(-lines).join('\n');

/** The first lines of the job summary: what came of publishing. */
const headOf = ({ summary }: { readonly summary: string }): string =>
  summary.split('\n').slice(0, 5).join('\n');

/** Somebody's commit on a branch. */
async function commitOn(world: Scenario, name: string, file: string, text: string): Promise<void> {
  const { work, bare } = world.repository;
  await git(work, 'fetch', '--quiet', bare, name);
  await git(work, 'checkout', '--quiet', '-B', 'theirs', 'FETCH_HEAD');
  await writeFile(path.join(work, file), text);
  await git(work, 'add', '--all');
  await git(work, 'commit', '--quiet', '--message', `Change ${file}`);
  await git(work, 'push', '--quiet', 'origin', `HEAD:${name}`);
  await git(work, 'checkout', '--quiet', 'main');
}

describe('one branch, one pull request', () => {
  test('created with GITHUB_TOKEN: body and log tell that checks wait', async () => {
    const world = await scenario();
    const run = await world.publish('first');
    expect(sceneOf(run, run.requests, { 'end of the body': await endOf(world, 3) })).toMatchSnapshot();
  });

  test('created with the token of an App: nothing is said of that', async () => {
    const world = await scenario({ tokens: { [token]: { login: 'updates[bot]', permissions: everything } } });
    const run = await world.publish('first');
    expect(sceneOf(run, run.requests)).toMatchSnapshot();
    expect(await world.bodyOf(1)).not.toContain('GITHUB_TOKEN');
  });

  test('again: nothing to do, not one write', async () => {
    const world = await scenario();
    await world.publish('first');
    const run = await world.publish('first');
    expect(run.outputs.get('outcome')).toBe('none');
    expect(sceneOf(run, run.requests)).toMatchSnapshot();
  });

  test('updated: the lock moved once more', async () => {
    const world = await scenario();
    await world.publish('first');
    await world.moveOn();
    const run = await world.publish('next');
    expect(run.outputs.get('outcome')).toBe('updated');
    expect(sceneOf(run, run.requests)).toMatchSnapshot();
  });

  test('the base moved without the lock: rebuilt on the new base', async () => {
    const world = await scenario();
    await world.publish('first');
    await edit(world.repository, 'pyproject.toml', (text) => `# A comment.\n${text}`);
    await world.repository.push('Comment on the project');
    const run = await world.publish('first');
    expect(sceneOf(run, run.requests)).toMatchSnapshot();
    expect(await git(world.repository.bare, 'rev-parse', `${branch}^`)).toBe(await world.repository.head());
  });
});

describe('a base that has all of it by now', () => {
  const nothing = ({ proposed }: Handed): void => void proposed[0]?.files.splice(0);

  async function overtaken(): Promise<Scenario> {
    const world = await scenario();
    await world.publish('first');
    const { work, bare } = world.repository;
    await git(work, 'fetch', '--quiet', bare, branch);
    await git(work, 'checkout', '--quiet', 'FETCH_HEAD', '--', '.');
    await world.repository.push('The same by hand');
    return world;
  }

  test('closes the pull request, and says why', async () => {
    const world = await overtaken();
    const run = await world.publish('first', { change: nothing });
    expect(run.outputs.get('outcome')).toBe('closed');
    const { data } = await world.as('ada').rest.issues.listComments({ ...place, issue_number: 1 });
    expect(
      sceneOf(run, run.requests, { comments: data.map(({ body }) => body).join('\n') }),
    ).toMatchSnapshot();
    const again = await world.publish('first', { change: nothing });
    expect(again.requests.filter(({ write }) => write > 0)).toEqual([]);
  });

  test('leaves it open where others’ commits are on the branch', async () => {
    const world = await overtaken();
    await commitOn(world, branch, 'NOTES.md', 'Looked at.\n');
    const run = await world.publish('first', { change: nothing });
    expect(sceneOf(run, run.requests)).toMatchSnapshot();
  });
});

describe('people', () => {
  test('who close it: it stays closed for that, and something new is proposed anew', async () => {
    const world = await scenario();
    await world.publish('first');
    await world.as('ada').rest.pulls.update({ ...place, pull_number: 1, state: 'closed' });
    const closed = await world.publish('first');
    expect(sceneOf(closed, closed.requests)).toMatchSnapshot();
    await world.moveOn();
    const next = await world.publish('next');
    expect([next.outputs.get('outcome'), next.outputs.get('pull-request-number')]).toEqual(['created', '2']);
  });

  test('who commit to it: ours goes on top', async () => {
    const world = await scenario();
    await world.publish('first');
    await commitOn(world, branch, 'NOTES.md', 'Looked at.\n');
    await world.moveOn();
    const run = await world.publish('next');
    expect(sceneOf(run, run.requests)).toMatchSnapshot();
    expect((await world.repository.log(`main..${branch}`)).split('\n')).toHaveLength(3);
  });

  test('who change the same file there: nothing is overwritten, and it says whose it is', async () => {
    const world = await scenario();
    await world.publish('first');
    await commitOn(world, branch, 'uv-fod.lock.json', '{}\n');
    const refs = await world.repository.refs();
    const run = await world.publish('first');
    expect(sceneOf(run, run.requests)).toMatchSnapshot();
    expect(await world.repository.refs()).toBe(refs);
  });
});

describe('runs that overtake each other', () => {
  test('an older one that finishes last writes nothing', async () => {
    const world = await scenario();
    await world.publish('first', { step: { runId: 7 } });
    await edit(world.repository, 'pyproject.toml', (text) => `# A comment.\n${text}`);
    await world.repository.push('Comment on the project');
    const run = await world.publish('first', { step: { runId: 6 } });
    expect(sceneOf(run, run.requests)).toMatchSnapshot();
  });

  test('one whose lock is not the base’s any more writes nothing', async () => {
    const world = await scenario();
    const started = await world.repository.head();
    await world.moveOn();
    const run = await world.publish('first', {
      prepare: async (workspace) => {
        await git(workspace, 'fetch', '--quiet', '--depth=1', 'origin', started);
        await git(workspace, 'checkout', '--quiet', '--detach', started);
      },
    });
    expect(sceneOf(run, run.requests)).toMatchSnapshot();
  });
});

describe('what hangs on it', () => {
  const inputs = {
    title: 'Hashes of {name}',
    'commit-message': '{title}\n\nBy a machine.',
    labels: 'dependencies, nix',
    reviewers: 'ada, you/packagers',
    assignees: 'ada',
    milestone: '2026.8',
    draft: 'true',
  };

  test('title, message, labels, reviewers, a team, assignees, a milestone, as a draft; and once', async () => {
    const world = await scenario();
    await world.as('ada').rest.issues.createMilestone({ ...place, title: '2026.8' });
    const run = await world.publish('first', { inputs });
    expect(sceneOf(run, run.requests)).toMatchSnapshot();
    const again = await world.publish('first', { inputs });
    expect(again.requests.filter(({ write }) => write > 0)).toEqual([]);
  });

  test('what GitHub does not know or let: a warning each, and the pull request', async () => {
    const world = await scenario({ collaborators: ['ada'] });
    await world.as('ada').rest.issues.createMilestone({ ...place, title: '2026.10' });
    const run = await world.publish('first', {
      inputs: { milestone: '2026.8', assignees: 'nobody', reviewers: 'nobody' },
    });
    expect(run.outputs.get('outcome')).toBe('created');
    expect(sceneOf(run, run.requests)).toMatchSnapshot();
  });

  test('a body longer than GitHub takes is cut, and the summary of the job has the rest', async () => {
    const world = await scenario();
    const many = await lockOfMany(world, 4000);
    const run = await world.publish('first', { inputs: { 'compare-with': many } });
    const body = await world.bodyOf(1);
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect([body.includes('package-3999'), run.summary.includes('package-3999')]).toEqual([false, true]);
    const end = body.split('\n').slice(-5).join('\n');
    expect(sceneOf(run, run.requests, { 'end of the body': end })).toMatchSnapshot();
  });
});

/** A commit beside main whose lock has so many dependencies more. */
async function lockOfMany({ repository: { work } }: Scenario, count: number): Promise<string> {
  const names = Array.from({ length: count }, (_, index) => `package-${index}`);
  const packages = names.map((name) => {
    const url = `https://index.example/${name.replace('-', '_')}-1.0-py3-none-any.whl`;
    return `\n[[package]]\nname = "${name}"\nversion = "1.0"\nsource = { registry = "https://index.example/simple" }\nwheels = [\n    { url = "${url}", hash = "sha256:${'0'.repeat(64)}" },\n]\n`;
  });
  await git(work, 'checkout', '--quiet', '--detach');
  const file = path.join(work, 'uv.lock');
  const before = await readFile(file, 'utf8');
  const dependencies = names.map((name) => `    { name = "${name}" },\n`).join('');
  const after = before.replace(/(name = "small"[\s\S]*?dependencies = \[\n)/, `$1${dependencies}`);
  if (after === before) throw new Error('the lock has no dependencies of small');
  await writeFile(file, after + packages.join(''));
  await git(work, 'commit', '--quiet', '--all', '--message', 'Many packages');
  await git(work, 'push', '--quiet', 'origin', 'HEAD:refs/heads/many');
  const commit = await git(work, 'rev-parse', 'HEAD');
  await git(work, 'checkout', '--quiet', 'main');
  return commit;
}

describe('auto-merge', () => {
  const inputs = { 'auto-merge': 'squash' };

  async function allowed(): Promise<Scenario> {
    const world = await scenario();
    const { repos } = world.as('owner').rest;
    await repos.update({ ...place, allow_auto_merge: true });
    await repos.updateBranchProtection({
      ...{ ...place, branch: 'main', enforce_admins: null, restrictions: null },
      required_pull_request_reviews: null,
      required_status_checks: { strict: false, contexts: ['build'] },
    });
    return world;
  }

  test('is switched on, and once', async () => {
    const world = await allowed();
    const run = await world.publish('first', { inputs });
    const told = { 'head of the summary': headOf(run), 'end of the body': await endOf(world, 5) };
    expect(sceneOf(run, run.requests, told)).toMatchSnapshot();
    const again = await world.publish('first', { inputs });
    expect(again.requests.filter(({ write }) => write > 0)).toEqual([]);
    expect(headOf(again)).toContain('Auto-merge is already enabled for');
    expect(JSON.parse(again.outputs.get('results') ?? '')[0]).not.toHaveProperty('autoMerge');
  });

  test('that the repository does not allow is a warning', async () => {
    const world = await scenario();
    const run = await world.publish('first', { inputs });
    expect(run.outputs.get('outcome')).toBe('created');
    expect(sceneOf(run, run.requests, { 'head of the summary': headOf(run) })).toMatchSnapshot();
  });

  test('that has nothing to wait for is a warning, and nothing is merged', async () => {
    const world = await scenario();
    await world.as('owner').rest.repos.update({ ...place, allow_auto_merge: true });
    const head = await world.repository.head();
    const run = await world.publish('first', { inputs });
    expect(sceneOf(run, run.requests)).toMatchSnapshot();
    expect(await world.repository.head()).toBe(head);
  });
});

describe('a token', () => {
  test('without a permission: says which, and the remote is as before', async () => {
    const world = await scenario({ tokens: { [token]: { permissions: { contents: 'write' } } } });
    const refs = await world.repository.refs();
    const run = await world.publish('first');
    expect(sceneOf(run, run.requests)).toMatchSnapshot();
    expect(await world.repository.refs()).toBe(refs);
  });

  test('that a setting keeps from opening pull requests: says which', async () => {
    const world = await scenario({
      tokens: { [token]: { permissions: everything, mayCreatePullRequests: false } },
    });
    const run = await world.publish('first');
    expect(sceneOf(run, run.requests)).toMatchSnapshot();
  });
});
