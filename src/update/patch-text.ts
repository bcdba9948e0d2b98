import path from 'node:path';
import { createTwoFilesPatch } from 'diff';
import type { Edit } from '../nix/edit.ts';

/**
 * Edits as a unified diff, for `git apply`. A change that several packages share is in it once.
 * @param root folder that its paths start from
 */
export function patchText(edits: readonly Edit[], root: string): string {
  const texts = edits.map(({ file, before, after }) => {
    const name = path.relative(root, file);
    const old = before === undefined ? '/dev/null' : `a/${name}`;
    const options = { context: 3 };
    const text = createTwoFilesPatch(old, `b/${name}`, before ?? '', after, undefined, undefined, options);
    return text.replace(/^=+\n/, '');
  });
  return [...new Set(texts)].join('');
}
