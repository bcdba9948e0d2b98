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
function reportFor(more: object, artifacts: readonly Artifact[] = []) {
  const system = 'x86_64-linux';
  const update = {
    ...{ hashes: [], edits: [], states: [{ target: { system }, artifacts }] },
    ...{
      pinned: { pname: 'small', version: '1.0', system },
      stages: { done: [] },
      ...{ warnings: [], notChecked: [] },
    },
    confirmation: { notVerified: [] },
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
