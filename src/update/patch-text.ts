import path from 'node:path';
import { createTwoFilesPatch } from 'diff';
import type { Edit } from '../nix/patch.ts';

/**
 * Edits as a unified diff, for `git apply`.
 * @param root folder that its paths start from
 */
export function patchText(edits: readonly Edit[], root: string): string {
  return edits
    .map(({ file, before, after }) => {
      const name = path.relative(root, file);
      const old = before === undefined ? '/dev/null' : `a/${name}`;
      return createTwoFilesPatch(old, `b/${name}`, before ?? '', after, undefined, undefined, {
        context: 3,
      }).replace(/^=+\n/, '');
    })
    .join('');
}
