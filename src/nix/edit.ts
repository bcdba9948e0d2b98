import { randomBytes } from 'node:crypto';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createTwoFilesPatch } from 'diff';

/** A change of one file, as its contents before and after. */
export interface Edit {
  readonly file: string;
  /** Undefined if the file is new. */
  readonly before: string | undefined;
  readonly after: string;
}

/** Replaces the contents of files, all or none. A file without a text is deleted. */
export async function replaceAll(
  files: readonly { file: string; text: string | undefined }[],
): Promise<void> {
  const staged: { part: string; file: string }[] = [];
  try {
    for (const { file, text } of files) {
      if (text === undefined) continue;
      const part = `${file}.${randomBytes(4).toString('hex')}.part`;
      staged.push({ part, file });
      const mode = await stat(file).then(
        (found) => found.mode,
        () => 0o644,
      );
      await writeFile(part, text, { mode });
    }
    for (const { part, file } of staged) await rename(part, file);
  } finally {
    for (const { part } of staged) await rm(part, { force: true });
  }
  for (const { file, text } of files) if (text === undefined) await rm(file, { force: true });
}

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
