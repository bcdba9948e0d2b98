import { describe, expect, test } from '@jest/globals';
import type { RunnerEvent } from '../../../src/action/event.ts';
import type { Inputs } from '../../../src/action/inputs.ts';
import { readTrigger } from '../../../src/action/trigger.ts';
import { type Trust, trustOf } from '../../../src/action/trust.ts';

const sha = '1'.repeat(40);
const base = '2'.repeat(40);
const queue = `refs/heads/gh-readonly-queue/main/pr-7-${base}`;

const event = (
  name: string,
  payload: RunnerEvent['payload'] = { action: 'created' },
  more: Partial<RunnerEvent> = {},
): RunnerEvent => ({
  ...{
    name,
    payload,
    sha,
    ref: 'refs/heads/main',
    repo: { owner: 'you', repo: 'small' },
    runId: 1,
    runPage: '',
  },
  ...{ apiUrl: 'https://api.github.com', serverUrl: 'https://github.com', ...more },
});

const pull = (head: unknown, to: unknown = { full_name: 'you/small' }) => ({
  pull_request: { base: { sha: base, ref: 'main', repo: to }, head: { ref: 'theirs', repo: head } },
});
const push = { ref: 'refs/heads/main', before: base, after: sha };
const seen = ({ kind, configuration }: Trust): unknown[] => [
  ...[kind, configuration.from === 'commit' ? configuration.commit : configuration.from],
];

/** GitHub's "Events that trigger workflows", and what Forgejo and Gitea add. */
const table: readonly [string, RunnerEvent['payload'], ...unknown[]][] = [
  ['push', push, 'own', 'checkout'],
  ['create', { ref: 'v1', ref_type: 'tag' }, 'own', 'checkout'],
  ['release', { action: 'published' }, 'own', 'checkout'],
  ['schedule', { schedule: '0 3 * * *' }, 'own', 'checkout'],
  ['workflow_dispatch', { inputs: {} }, 'own', 'checkout'],
  ['repository_dispatch', { client_payload: {} }, 'own', 'checkout'],
  ['pull_request', pull({ full_name: 'you/small' }), 'branch', base],
  ['pull_request_target', pull({ full_name: 'You/Small' }), 'branch', base],
  ['pull_request_review', pull({ full_name: 'them/small' }), 'fork', base],
  ['pull_request_review_comment', pull({ full_name: 'them/small' }), 'fork', base],
  ['pull_request', pull({ full_name: 'them/small' }), 'fork', base],
  ['pull_request_target', pull(null), 'fork', base],
  ['pull_request_comment', { issue: { pull_request: {} } }, 'unknown', 'nowhere'],
  ['pull_request_sync', pull({ full_name: 'them/small' }), 'fork', base],
  ['pull_request_approved', pull({ full_name: 'you/small' }), 'branch', base],
  ['merge_group', { merge_group: { base_sha: base, head_sha: sha } }, 'unknown', base],
  ...[
    ...['branch_protection_rule', 'check_run', 'check_suite', 'delete', 'discussion', 'discussion_comment'],
    ...['fork', 'gollum', 'image_version', 'issue_comment', 'issues', 'label', 'milestone', 'page_build'],
    ...['project', 'project_card', 'project_column', 'public', 'status', 'watch', 'workflow_run'],
  ].map((name): [string, RunnerEvent['payload'], ...unknown[]] => [
    ...([name, { action: 'x' }, 'unknown', sha] as const),
  ]),
  ...[
    ...['deployment', 'deployment_status', 'registry_package', 'workflow_call', 'package', 'wiki'],
    ...['issue_assign', 'issue_label', 'issue_milestone', 'workflow_job', 'of_tomorrow', ''],
    ...['PUSH', 'push ', '__proto__', 'constructor'],
  ].map((name): [string, RunnerEvent['payload'], ...unknown[]] => [
    ...([name, { action: 'x' }, 'unknown', 'nowhere'] as const),
  ]),
];

test.each(table)('%s (%j): %s, configuration of %s', (name, payload, ...expected) => {
  expect(seen(trustOf(event(name, payload)))).toEqual(expected);
});

describe('a payload that is missing or malformed is untrusted', () => {
  test.each<[string, RunnerEvent['payload']]>([
    ['push', undefined],
    ['schedule', undefined],
    ['workflow_dispatch', undefined],
    ['push', { action: 'x' }],
    ['push', { ...push, pull_request: null }],
    ['push', { ...push, pull_request: 'x' }],
    ['push', { ...push, repository: null }],
    ['push', { ...push, repository: { full_name: 'them/small' } }],
    ['pull_request', {}],
    ['pull_request', { pull_request: [] }],
    ['pull_request', { pull_request: { base: { sha: base } } }],
    ['pull_request', { pull_request: { base: { sha: 'main' }, head: { repo: { full_name: 'you/small' } } } }],
    ['pull_request', { pull_request: { base: { sha: '--x' }, head: { repo: { full_name: 'you/small' } } } }],
    ['pull_request', { pull_request: { base: { sha: [base] }, head: {} } }],
    ['merge_group', { merge_group: { base_sha: '0'.repeat(40) } }],
    ['merge_group', {}],
  ])('%s %j', (name, payload) => {
    expect(seen(trustOf({ ...event(name), payload }))).toEqual(['unknown', 'nowhere']);
  });
});

describe('a pull request is of this repository only if its number, or else its name, is', () => {
  test.each<[unknown, unknown, string]>([
    [{ id: 1, full_name: 'you/small' }, { id: 1, full_name: 'you/small' }, 'branch'],
    [{ id: 1, full_name: 'renamed/small' }, { id: 1, full_name: 'you/small' }, 'branch'],
    [{ id: 2, full_name: 'you/small' }, { id: 1, full_name: 'you/small' }, 'fork'],
    [{ id: '1', full_name: 'them/small' }, { id: 1, full_name: 'you/small' }, 'fork'],
    [{ full_name: 'YOU/small' }, undefined, 'branch'],
    [{ full_name: 'you/small2' }, undefined, 'fork'],
    [{ full_name: ['you/small'] }, undefined, 'fork'],
    [{}, {}, 'fork'],
    [undefined, undefined, 'fork'],
    [[], undefined, 'fork'],
  ])('%j in %j: %s', (head, to, kind) => {
    expect(trustOf(event('pull_request', pull(head, to))).kind).toBe(kind);
  });
});

test('a push of a merge queue has the configuration of the commit that its branch names', () => {
  expect(seen(trustOf(event('push', push, { ref: queue })))).toEqual(['unknown', base]);
});

describe('what is published', () => {
  const inputs = (pullRequest: boolean, mode = 'update') =>
    ({ base: '', compareWith: '', pullRequest, mode }) as Inputs;
  const publishing = (one: RunnerEvent, mode = 'update', isGithub = true) =>
    readTrigger(one, inputs(true, mode), isGithub);
  const code = (expected: string) => expect.objectContaining({ code: expected });
  /** The event of a pull request from a branch of this repository. */
  const ofBranch = (head: object = {}, more: object = {}, name = 'pull_request') => {
    const { pull_request: from } = pull({ full_name: 'you/small' });
    const pull_request = { ...from, number: 7, head: { ...from.head, sha, ...head } };
    return event(name, { pull_request, repository: { default_branch: 'main' }, ...more });
  };

  test.each(['issue_comment', 'workflow_run', 'of_tomorrow'])('nothing by %s', (name) => {
    expect(() => publishing(event(name))).toThrow(code('untrusted-event'));
    expect(readTrigger(event(name), inputs(false), true)).toMatchObject({ isFork: true, base: 'main' });
  });

  test('nothing in a merge queue, which an error of its own says', () => {
    expect(() => publishing(event('merge_group'))).toThrow(code('merge-group'));
    expect(readTrigger(event('merge_group'), inputs(false), true).isFork).toBe(true);
  });

  test("a pull request of this repository's own branch gets a commit on that branch", () => {
    const own = { number: 7, branch: 'theirs', head: sha, base: 'main' };
    expect(publishing(ofBranch())).toMatchObject({ isFork: false, pull: own, base: 'main', before: base });
    expect(readTrigger(ofBranch(), inputs(false), true)).toMatchObject({ isFork: false });
    expect(readTrigger(ofBranch(), inputs(false), true).pull).toBeUndefined();
  });

  test.each<[string, RunnerEvent, string?]>([
    ['another mode', ofBranch(), 'publish'],
    ['another event', ofBranch({}, {}, 'pull_request_target')],
    ['a review', ofBranch({}, {}, 'pull_request_review')],
    ['the default branch', ofBranch({}, { repository: { default_branch: 'theirs' } })],
    ['its own base', ofBranch({ ref: 'main' }, { repository: { default_branch: 'trunk' } })],
    ['a default branch that is not known', ofBranch({}, { repository: {} })],
    ['a branch that is no name', ofBranch({ ref: '../main' })],
    ['a branch that is an option', ofBranch({ ref: '--force' })],
    ['a head that is not a commit', ofBranch({ sha: 'theirs' })],
    ['no head', ofBranch({ sha: undefined })],
  ])('but none with %s', (_, one, ...more) => {
    expect(() => publishing(one, ...more)).toThrow(code('pull-request-event'));
  });

  describe('for workflow_run a commit on the branch of a pull request', () => {
    const own = { id: 1, full_name: 'you/small', default_branch: 'main' };
    const path = '.github/workflows/compute.yml';
    const ended = (run: object = {}, repository: object = own) => {
      const usual = { event: 'pull_request', path, head_branch: 'theirs', head_sha: base };
      const workflow_run = { ...usual, head_repository: { id: 1 }, ...run };
      return event('workflow_run', { action: 'completed', workflow_run, repository });
    };
    const end = (one: RunnerEvent, mode = 'publish', isGithub = true) =>
      readTrigger(one, { ...inputs(true, mode), computeWorkflow: path }, isGithub);

    test.each([path, `${path}@refs/heads/main`])('of a run of %s', (of) => {
      expect(end(ended({ path: of }))).toMatchObject({
        finished: { branch: 'theirs', head: base, workflow: path },
        ...{ isFork: false, trust: { kind: 'branch', configuration: { from: 'commit', commit: sha } } },
      });
    });

    test.each<[string, RunnerEvent, string?, boolean?]>([
      ['another event', ended({ event: 'push' })],
      ['another workflow', ended({ path: '.github/workflows/theirs.yml' })],
      ['no workflow', ended({ path: undefined })],
      ['a fork', ended({ head_repository: { id: 2, full_name: 'you/small' } })],
      ['a repository that was deleted', ended({ head_repository: null })],
      ['a repository without a number', ended({ head_repository: { full_name: 'you/small' } })],
      ['no number at all', ended({ head_repository: {} }, { ...own, id: undefined })],
      ['the default branch', ended({ head_branch: 'main' })],
      ['a default branch that is not known', ended({}, { id: 1 })],
      ['a branch that is an option', ended({ head_branch: '--force' })],
      ['a head that is not a commit', ended({ head_sha: 'theirs' })],
      ['another mode', ended(), 'update'],
      ['another forge', ended(), 'publish', false],
    ])('but none with %s', (_, one, ...more) => {
      expect(() => end(one, ...more)).toThrow();
    });
  });

  test('nothing into a branch that did not ask: not the default one, and no input names it', () => {
    const repository = { full_name: 'you/small', default_branch: 'main' };
    const of = (name: string, ref: string) => event(name, { ...push, repository }, { ref });
    for (const name of ['push', 'create'])
      expect(() => publishing(of(name, 'refs/heads/theirs'))).toThrow(code('base-not-asked'));
    expect(publishing(of('push', 'refs/heads/main')).base).toBe('main');
    const asked = { ...inputs(true), base: 'stable' };
    expect(readTrigger(of('push', 'refs/heads/stable'), asked, true).base).toBe('stable');
    expect(readTrigger(of('push', 'refs/heads/theirs'), inputs(false), true).base).toBe('theirs');
  });

  test('a run on a tag needs the name of a branch only if it publishes', () => {
    const tag = event('push', push, { ref: 'refs/tags/v1' });
    expect(() => publishing(tag)).toThrow(code('base-missing'));
    expect(readTrigger(tag, inputs(false), true).base).toBe('');
  });
});
