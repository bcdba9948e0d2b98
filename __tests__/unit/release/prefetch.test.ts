import { expect, test } from '@jest/globals';
import type { ReleaseRules, ReleaseSource } from '../../../src/config/types.ts';
import { findRelease } from '../../../src/release/find.ts';
import { listTogether } from '../../../src/release/prefetch.ts';
import type { Hub, ReleaseParts } from '../../../src/release/types.ts';

const source = (repo: string, list: 'releases' | 'tags' = 'releases'): ReleaseSource => ({
  ...{ kind: 'github', owner: 'up', repo, list, tag: { prefix: 'v', suffix: '' } },
});
const rules: ReleaseRules = {
  ...{ order: 'pep440', prereleases: false, range: undefined, ignore: [], minimumAge: 0, step: 'newest' },
};
const page = (tags: readonly string[], hasNextPage = false, more: object = {}) => ({
  listed: { pageInfo: { hasNextPage }, nodes: tags.map((tagName) => ({ tagName, ...more })) },
});

/** GitHub with one answer, and the calls that came for it. */
function hubWith(answer: (variables: Record<string, string>) => object) {
  const calls: Record<string, string>[] = [];
  const graphql = async (_: string, variables: Record<string, string>): Promise<object> => {
    calls.push(variables);
    return answer(variables);
  };
  return { hub: { graphql } as unknown as Hub, calls };
}

const asked = new Error('a request of its own');
/** What a run decides of a package of version 1.0; `alone` if it has to ask for it alone. */
async function decide(listed: ReleaseParts['listed'], of: ReleaseSource, more: Partial<ReleaseRules> = {}) {
  const hub = async (): Promise<never> => {
    throw asked;
  };
  const parts = { listed, hub, index: undefined, scratch: '', run: hub, fetchText: hub };
  return findRelease({ source: of, rules: { ...rules, ...more } }, { version: '1.0' }, parts, 0).then(
    (choice) => choice.kind,
    (error: unknown) => (error === asked ? 'alone' : error),
  );
}

test('one request for all repositories decides which have nothing newer', async () => {
  const answers = {
    r0: page(['v1.0', 'v0.9']),
    r1: page(['v1.1', 'v1.0']),
    r2: page(['v1.1rc1', 'v1.0']),
    r3: page(['v2.0', 'v1.5'], true),
    r4: page(['v0.9'], true),
    r5: page(['other']),
    r6: page(['v1.1'], false, { isDraft: true }),
    r7: null,
    r8: { listed: 'nothing that it documents' },
  };
  const { hub, calls } = hubWith(() => answers);
  const repos = Object.keys(answers);
  const listed = await listTogether(
    [...repos, 'r0', 'r1'].map((one) => source(one)),
    hub,
  );
  expect(calls).toHaveLength(1);
  expect(Object.keys(calls[0] ?? {})).toHaveLength(2 * repos.length);
  const decided = await Promise.all(repos.map((one) => decide(listed, source(one))));
  expect(decided).toEqual(['none', 'alone', 'none', 'alone', 'none', 'alone', 'alone', 'alone', 'alone']);
  expect(await decide(listed, { kind: 'pypi', name: 'x' } as ReleaseSource)).not.toBe('none');
});

test('tags have no dates, so an age is asked for alone, unless nothing is newer', async () => {
  const { hub } = hubWith(() => ({ r0: page(['v1.0']), r1: page(['v1.1', 'v1.0']) }));
  const [old, newer] = [source('old', 'tags'), source('newer', 'tags')];
  const listed = await listTogether([old, newer], hub);
  expect(await decide(listed, old, { minimumAge: 1 })).toBe('none');
  expect(await decide(listed, newer, { minimumAge: 1 })).toBe('alone');
});

test('a request that fails leaves every package to itself, but for the data that came with the failure', async () => {
  const { hub } = hubWith(() => {
    throw Object.assign(new Error('not found'), { data: { r0: page(['v1.0']), r1: null } });
  });
  const listed = await listTogether([source('here'), source('gone')], hub);
  expect([await decide(listed, source('here')), await decide(listed, source('gone'))]).toEqual([
    'none',
    'alone',
  ]);
  const broken = hubWith(() => {
    throw new Error('no network');
  });
  expect(await decide(await listTogether([source('here')], broken.hub), source('here'))).toBe('alone');
});
