import { createHash } from 'node:crypto';
import { UserError } from '../system/errors.ts';
import type { CommitView, FileChange, FileEntry, PublishRequest, WantedFile } from './types.ts';

/** Modes of regular files. */
const PLAIN = '100644' as const;
const EXECUTABLE = '100755' as const;

/** Git's id of a file's content: SHA-1 over a header and the bytes (gitformat-loose, "blob"). */
export function blobId(content: string): string {
  const header = `blob ${Buffer.byteLength(content)}\0`;
  return createHash('sha1').update(header).update(content).digest('hex');
}

/** A digest for markers: 16 hexadecimal digits of SHA-256 over the parts. */
export function digest(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}\0`).update(part);
  return hash.digest('hex').slice(0, 16);
}

/** Digest of the proposal of a request: its key, otherwise base and files. */
export function keyOf(request: PublishRequest): string {
  if (request.key !== undefined) return digest('key', request.key);
  return digest('files', request.base.ref, ...request.files.flatMap(({ path, content }) => [path, content]));
}

/**
 * Every path that a request reads: the files to publish, and those that they were computed from.
 */
export const pathsOf = ({ files, computedFrom = [] }: PublishRequest): string[] => [
  ...new Set([...files.map(({ path }) => path), ...computedFrom]),
];

/** Whether two entries have the same content and mode. */
export function sameEntry(a: FileEntry | undefined, b: FileEntry | undefined): boolean {
  return a?.oid === b?.oid && a?.mode === b?.mode;
}

/**
 * The request's files as git stores them, sorted by path. They keep the mode that they have in the
 * base; a new file is not executable.
 */
export function wantedFiles(files: readonly FileChange[], base: CommitView): WantedFile[] {
  return files
    .map(({ path, content: given }) => {
      const content = given.toWellFormed();
      const { mode = PLAIN } = base.files.get(path) ?? {};
      if (mode === PLAIN || mode === EXECUTABLE) return { path, content, mode, oid: blobId(content) };
      throw new UserError(
        'not-a-regular-file',
        `\`${path}\` is not a regular file in the repository (mode ${mode}, such as a symlink or a submodule), so it is not written. Name its target instead.`,
      );
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
