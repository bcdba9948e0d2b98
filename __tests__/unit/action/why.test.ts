import { describe, expect, test } from '@jest/globals';
import { changedPackages } from '../../../src/action/package-changes.ts';
import { reasonsFor } from '../../../src/action/reasons.ts';
import type { BuildLock } from '../../../src/build-lock/schema.ts';
import { buildLockText } from '../../../src/build-lock/text.ts';
import { parseLock } from '../../../src/uv/lock/parse.ts';
import { diffLocks } from '../../../src/uv/plan/diff.ts';

const target = {
  ...{ python: '3.14.8', libc: 'glibc:2.39', packages: [], allPackages: false, extras: [], groups: [] },
  defaultGroups: false,
};
const lxml = (version: string) => ({
  ...{
    kind: 'sdist' as const,
    name: 'lxml',
    version,
    filename: `lxml-${version}.tar.gz`,
    requires: ['Cython'],
  },
  ...{ url: 'https://index.example/lxml.tar.gz', hash: `sha256-${'A'.repeat(43)}=` },
});
const buildLock = (tool: string, more: Partial<BuildLock> = {}): BuildLock => ({
  ...{ version: 1, target, systems: {}, builds: { 'lxml-6.0.2': lxml('6.0.2') } },
  wheels: {
    [`cython-${tool}-py3-none-any.whl`]: {
      url: 'https://index.example/c.whl',
      hash: `sha256-${'A'.repeat(43)}=`,
    },
  },
  ...more,
});
const edit = (before: BuildLock | undefined, after: BuildLock) => ({
  file: '/checkout/uv-fod.lock.json',
  before: before && buildLockText(before),
  after: buildLockText(after),
});
const hash = (before: string, after: string) => ({
  system: 'x86_64-linux',
  before,
  after,
  how: 'both' as const,
});
const moved = [hash('sha256-a', 'sha256-b')];

const lockOf = (version: string, files: string, hex = 'a') => `version = 1
requires-python = ">=3.14"

[[package]]
name = "small"
version = "1.0"
source = { virtual = "." }
dependencies = [{ name = "six" }]

[[package]]
name = "six"
version = "${version}"
source = { registry = "https://index.example/root/simple/" }
${files.replaceAll('HASH', `hash = "sha256:${hex.repeat(64)}"`)}
`;
const wheel = (version: string) =>
  `wheels = [{ url = "https://index.example/six-${version}-py3-none-any.whl", HASH }]`;
const sdist = (version: string) => `sdist = { url = "https://index.example/six-${version}.tar.gz", HASH }`;
const diff = (before: string, after: string) =>
  diffLocks(parseLock(before, 'before'), parseLock(after, 'after'));

describe('why the hash moved', () => {
  test.each([
    ['nothing did', [], undefined, []],
    [
      'the first time',
      [edit(undefined, buildLock('3.2.4'))],
      [hash('', 'sha256-b')],
      ['This is the first hash.'],
    ],
    [
      'another Python',
      [edit(buildLock('3.2.4'), buildLock('3.2.4', { target: { ...target, python: '3.14.9' } }))],
      moved,
      ['An option of the derivation changed: python "3.14.8" → "3.14.9".'],
    ],
    [
      'another tool',
      [edit(buildLock('3.2.4'), buildLock('3.3.0'))],
      [hash('sha256-a', 'sha256-a')],
      ['Build tools changed: cython 3.2.4 → 3.3.0.'],
    ],
    [
      'something new to build',
      [edit(buildLock('3.2.4', { builds: {} }), buildLock('3.2.4'))],
      moved,
      [expect.stringContaining('What has to be built')],
    ],
    [
      'what was built before, in another version',
      [edit(buildLock('3.2.4'), buildLock('3.2.4', { builds: { 'lxml-6.0.3': lxml('6.0.3') } }))],
      moved,
      [expect.stringContaining('What has to be built')],
    ],
    [
      'a hash that was never right',
      [{ file: '/checkout/default.nix', before: 'a', after: 'b' }],
      moved,
      [expect.stringContaining('though uv.lock did not change')],
    ],
  ])('%s', (_, edits, hashes, reasons) => {
    expect(reasonsFor({ edits, hashes: hashes ?? moved }, undefined)).toEqual(reasons);
  });

  test('uv.lock, and bytes that changed under one version', () => {
    const edits = [edit(buildLock('3.2.4'), buildLock('3.3.0'))];
    const bump = diff(lockOf('1.16.0', wheel('1.16.0')), lockOf('1.17.0', wheel('1.17.0')));
    expect(reasonsFor({ edits, hashes: moved }, bump)).toEqual([
      'uv.lock changed.',
      'Build tools changed: cython 3.2.4 → 3.3.0.',
    ]);
    const other = diff(lockOf('1.16.0', wheel('1.16.0')), lockOf('1.16.0', wheel('1.16.0'), 'b'));
    expect(reasonsFor({ edits: [{ file: 'x', before: 'a', after: 'b' }], hashes: moved }, other)).toEqual([
      'The index has different files for the same version: six 1.16.0. Review this before you merge.',
    ]);
  });
});

describe('packages that moved', () => {
  const after = parseLock(lockOf('1.17.0', sdist('1.17.0')), 'after');
  const changes = diffLocks(parseLock(lockOf('1.16.0', wheel('1.16.0')), 'before'), after);

  test('say what turned from wheel to sdist, and link to no list of files where the index names no page', () => {
    const [six] = changedPackages(changes, { advice: new Map(), notAsked: [] });
    expect(six).toMatchObject({
      ...{ name: 'six', direct: true, before: '1.16.0', after: '1.17.0' },
      url: undefined,
    });
    expect(six?.kinds?.[0]).toMatchObject({ before: 'wheel', after: 'sdist' });
    const plain = diff(lockOf('1.16.0', wheel('1.16.0')), lockOf('1.17.0', wheel('1.17.0')));
    expect(changedPackages(plain, { advice: new Map(), notAsked: [] })[0]?.kinds).toBeUndefined();
  });

  test('are others than the project itself', () => {
    const older = lockOf('1.17.0', sdist('1.17.0')).replace('version = "1.0"', 'version = "0.9"');
    const own = diffLocks(parseLock(older, 'before'), after);
    expect(own.changed).toHaveLength(1);
    expect(changedPackages(own, { advice: new Map(), notAsked: [] })).toEqual([]);
  });

  test('tell what the index says', () => {
    const vulnerabilities = [{ id: 'CVE-2026-1', fixedIn: [] }];
    const page = 'https://index.example/project/six/1.17.0/';
    const advice = new Map([['six 1.17.0', { yanked: '', page, vulnerabilities, files: new Map() }]]);
    expect(changedPackages(changes, { advice, notAsked: [] })[0]).toMatchObject({
      ...{ yanked: '', url: page, vulnerabilities },
    });
  });
});
