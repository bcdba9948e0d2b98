import { describe, expect, test } from '@jest/globals';
import { annotationOf } from '../../../src/action/annotation.ts';
import { failureSummary } from '../../../src/pull-request/report/report.ts';
import { placedAt, UserError } from '../../../src/system/errors.ts';

const at = { file: '/checkout/nix/default.nix', line: 12, column: 5 };
const log = '  > one\n  > ::error::two\n';

describe('an annotation', () => {
  test('stands on the line, with cause, remedy and the last lines of the log', () => {
    expect(
      annotationOf(new UserError('build-failed', 'It fails. Mend it.', { at, log }), '/checkout'),
    ).toEqual({
      message: 'It fails. Mend it.\n\n| one\n| ::error::two',
      properties: { title: 'build-failed', file: 'nix/default.nix', startLine: 12, startColumn: 5 },
    });
  });

  test('has no position that GitHub would not know', () => {
    const outside = new UserError('x', 'y', { at: { file: '/nix/store/x/default.nix', line: 1 } });
    expect(annotationOf(outside, '/checkout')).toEqual({ message: 'y', properties: { title: 'x' } });
  });
});

describe('a position', () => {
  test('is added where an error has none', () => {
    const placed = placedAt(new UserError('x', 'y', { log: 'z' }), at) as UserError;
    expect([placed.at, placed.log, placed.message]).toEqual([at, 'z', 'y']);
    const own = new UserError('x', 'y', { at: { file: 'other' } });
    expect(placedAt(own, at)).toBe(own);
    const defect = new TypeError('ours');
    expect(placedAt(defect, at)).toBe(defect);
  });
});

describe('the summary of a failure', () => {
  test('says what to do, and folds the log, which stays code', () => {
    const made = failureSummary(
      new UserError('build-failed', 'It fails: @someone <b>#1. Mend it.', {
        log: 'a\n```\n</details><script>',
      }),
    );
    expect(made).toMatch(
      /^## Failed: `build-failed`\n\nIt fails: @\u200bsomeone &lt;b&gt;#\u200b1\. Mend it\.\n/,
    );
    expect(made).toContain('\n````\na\n```\n</details><script>\n````\n');
  });
});
