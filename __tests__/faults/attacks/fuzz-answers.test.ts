import { getOctokit } from '@actions/github';
import { test } from '@jest/globals';
import fc from 'fast-check';
import { createClient } from '../../../src/pull-request/github/client.ts';
import { githubForge } from '../../../src/pull-request/github/github.ts';
import { publish } from '../../../src/pull-request/publish.ts';
import { changed, changes, isTold, runs } from '../support/fuzzing.ts';
import { minutes } from '../support/world.ts';

const sha = 'a'.repeat(40);
const commit = { oid: sha, tree: { oid: sha }, f0: null };
const pull = {
  ...{
    number: 1,
    html_url: 'https://forge.example/1',
    state: 'open',
    merged_at: null,
    title: 'x',
    body: 'x',
  },
  ...{
    labels: [{ name: 'x' }],
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    milestone: null,
  },
  ...{ draft: false, auto_merge: null, node_id: 'x' },
  ...{ head: { sha, ref: 'b', repo: { full_name: 'o/r' } }, base: { ref: 'main', user: { login: 'o' } } },
};
const listed = {
  sha,
  commit: { message: 'x', tree: { sha }, author: { name: 'x' }, committer: null },
  parents: [{ sha }],
};
const answers: readonly (readonly [RegExp, unknown])[] = [
  [
    /graphql Look/,
    {
      data: {
        viewer: { login: 'x' },
        repository: { id: 'x' },
        commits: { base: { target: commit }, branch: { target: commit }, read: commit },
      },
    },
  ],
  [/graphql/, { data: {}, errors: [{ type: 'NOT_FOUND', message: 'x' }] }],
  [
    /compare/,
    { commits: [listed], total_commits: 1, merge_base_commit: { sha }, files: [{ filename: 'x' }] },
  ],
  [/GET .*pulls/, [pull]],
  [/POST .*pulls/, pull],
  [/events/, [{ event: 'labeled', label: { name: 'x' } }]],
  [/comments/, [{ body: 'x' }]],
  [/./, { sha, object: { sha } }],
];
const request = {
  ...{
    branch: 'b',
    base: { ref: 'main', sha },
    commitMessage: 'x',
    title: 'x',
    body: 'x',
  },
  ...{ files: [{ path: 'x', content: 'x' }], labels: ['y'], milestone: 'm' },
};
const log = {
  info: () => {},
  warning: () => {},
  progress: () => {},
  group: (_: string, body: () => unknown) => body(),
};
const answer = fc.record({
  changes: fc.oneof({ weight: 1, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: changes }),
  status: fc.oneof(
    { weight: 9, arbitrary: fc.constant(200) },
    { weight: 1, arbitrary: fc.constantFrom(204, 304, 401, 403, 404, 409, 422, 429, 500) },
  ),
  type: fc.constantFrom('application/json; charset=utf-8', 'application/json', 'text/html', ''),
  after: fc.constantFrom('', '-1', 'NaN', '1e99', '9'.repeat(30), 'Wed, 21 Oct 2015 07:28:00 GMT', '1'),
  text: fc.option(
    fc.constantFrom(
      '',
      '<html>',
      'null',
      '[]',
      '{}',
      '{"message":{}}',
      '{"errors":[null]}',
      `${'['.repeat(5000)}${']'.repeat(5000)}`,
    ),
    { freq: 6 },
  ),
});

type Answer = typeof answer extends fc.Arbitrary<infer T> ? T : never;

/**
 * What is answered, in turn; one client for all cases, because making one takes longer than a case.
 */
let given: readonly Answer[] = [];
let asked = 0;
const carrier = async (
  url: string,
  { method = 'GET', body: sent = '' }: { method?: string; body?: string } = {},
): Promise<Response> => {
  const one = given[asked++ % given.length];
  if (!one) throw new Error('there is no answer');
  const { changes: some, status, type, after, text } = one;
  const operation = /(?:query|mutation) (\w+)/.exec(sent)?.[1] ?? '';
  const name = `${method} ${url} ${url.endsWith('graphql') ? `graphql ${operation}` : ''}`;
  const right = answers.find(([pattern]) => pattern.test(name))?.[1];
  const content = text ?? JSON.stringify(changed(right, some)) ?? '';
  const headers = {
    ...(type ? { 'content-type': type } : {}),
    ...(after ? { 'retry-after': after } : {}),
  };
  return new Response([204, 304].includes(status) ? null : content, { status, headers });
};

test(
  'any answers of GitHub end in success, or in a sentence',
  async () => {
    // Without the plugins that repeat and wait: they take timers, and no time of this is about
    // them.
    const make = ((token: string, options: object, guard: never) =>
      getOctokit(token, { ...options, request: { fetch: carrier } }, guard)) as typeof getOctokit;
    const patience = { retries: 0, second: 0 };
    const forge = githubForge(createClient(make, 'x', 'https://forge.example', log as never, patience), {
      owner: 'o',
      repo: 'r',
    });
    const body = async (some: readonly Answer[]): Promise<void> => {
      given = some;
      asked = 0;
      await isTold(() => publish(forge, request, log as never));
    };
    await fc.assert(fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 6 }), body), runs);
  },
  3 * minutes,
);
