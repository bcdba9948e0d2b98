import { expect, test } from '@jest/globals';
import { reportOf } from '../../../src/action/report.ts';
import { noReview } from '../../../src/update/review.ts';
import type { Artifact } from '../../../src/uv/plan/artifact.ts';

const wheel = (name: string, hash?: string): Artifact => ({
  ...{ name, version: '1.0', kind: 'wheel', filename: `${name}-1.0-py3-none-any.whl`, hash },
  url: `https://index.example/${name}-1.0-py3-none-any.whl`,
});

const reportWith = (...artifacts: readonly Artifact[]) => reportFor({}, artifacts);

/** The report of an update with these artifacts, without changes. */
function reportFor(more: object, artifacts: readonly Artifact[] = [], outcome: object = {}) {
  const system = 'x86_64-linux';
  const update = {
    ...{
      hashes: [],
      built: [],
      unbuilt: [],
      lacking: [],
      edits: [],
      states: [{ target: { system }, artifacts }],
    },
    ...{
      pinned: { pname: 'small', version: '1.0', system },
      stages: { done: [] },
      ...{ warnings: [], notChecked: [] },
    },
    confirmation: { notVerified: [] },
    ...outcome,
  };
  const updated = { update, config: { name: 'small' }, review: noReview, ...more } as unknown as Parameters<
    typeof reportOf
  >[0];
  return reportOf(updated, 'https://github.com', undefined);
}

test('a report counts files of which uv.lock has no digest', () => {
  const { notes } = reportWith(wheel('a', `sha256:${'0'.repeat(64)}`), wheel('b'), wheel('c'));
  expect(notes).toEqual([expect.stringMatching(/\b2 files\b.*b-1\.0.*c-1\.0/)]);
  expect(reportWith(wheel('a', `sha256:${'0'.repeat(64)}`)).notes).toBeUndefined();
});

test('the report of a bump has the name that the title of its pull request has', () => {
  const bump = { before: '1.0', after: '1.1', hashes: [] };
  const { subject, why } = reportFor({ config: { name: 'its-name' }, bump });
  expect(subject).toMatchObject({ name: 'its-name', before: '1.0', after: '1.1' });
  expect(why.join()).toContain('its-name 1.1');
});

test('a report says of each system what was built and imported, and where', () => {
  const one = (system: string, machines: readonly string[]) => {
    const out = `/nix/store/${system}-small`;
    return { system, out, machines, imported: [{ module: 'six', file: `${out}/lib/six.py` }] };
  };
  const hash = (system: string) => ({ system, before: 'old', after: 'new', how: 'native' });
  const { checks, notDone } = reportFor({}, [], {
    hashes: ['x86_64-linux', 'aarch64-linux', 'aarch64-darwin'].map(hash),
    built: [one('x86_64-linux', ['this machine']), one('aarch64-linux', ['ssh-ng://builder'])],
    unbuilt: [{ system: 'aarch64-darwin', why: 'no machine' }],
  });
  const sandboxed = 'Built offline in Nix’s sandbox for';
  expect(checks.map(({ name, detail, place }) => [name, ...[detail, place].filter(Boolean)])).toEqual([
    [`${sandboxed} x86_64-linux`, '/nix/store/x86_64-linux-small', 'this machine'],
    ['import six for x86_64-linux', 'lib/six.py'],
    [`${sandboxed} aarch64-linux`, '/nix/store/aarch64-linux-small', 'ssh-ng://builder'],
    ['import six for aarch64-linux', 'lib/six.py'],
  ]);
  expect(notDone).toContainEqual({ what: 'Build and import for aarch64-darwin', why: 'no machine' });
});
