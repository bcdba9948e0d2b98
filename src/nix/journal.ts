import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../system/errors.ts';
import type { Run } from '../system/run.ts';
import { having, list, maybe, parsed, text } from '../system/shape.ts';
import { type Edit, replaceAll } from './edit.ts';
import { forget } from './git-index.ts';

/**
 * A record of edits that are not final yet. A killed run leaves an unverified hash in the checkout,
 * which the next run would accept as current; so the next run restores the files first.
 */
export interface Journal {
  readonly write: (edits: readonly Edit[]) => Promise<void>;
  readonly clear: () => Promise<void>;
}

/** The journal's file, in git's own folder. */
const journalName = 'uv-fod-undo.json';

/** `self` identifies this process; `isAlive` tests whether an identified process still runs. */
interface Processes {
  readonly self: string;
  readonly isAlive: (other: string) => boolean;
}

/**
 * Opens the journal of a folder's git repository, and restores what a killed run left. The journal
 * is in git's own folder, so no commit contains it and no clean-up of the working tree deletes it.
 * Nothing is recorded outside of a repository of this user (safe.directory).
 *
 * @throws UserError `already-running`
 */
export async function openJournal(dir: string, run: Run, { self, isAlive }: Processes): Promise<Journal> {
  const asked = await run('git', ['-C', dir, 'rev-parse', '--git-path', journalName]);
  if (asked.code !== 0) return { write: async () => {}, clear: async () => {} };
  const file = path.resolve(dir, asked.stdout.trim());
  const content = await readFile(file, 'utf8').catch(() => undefined);
  if (content !== undefined) await recover(content, file, isAlive, dir, run);
  await rm(file, { force: true });
  return {
    write: async (edits) => {
      await writeFile(`${file}.new`, JSON.stringify({ self, edits }), { mode: 0o600 });
      await rename(`${file}.new`, file);
    },
    clear: () => rm(file, { force: true }),
  };
}

const left = having({
  self: text(1000),
  edits: list(having({ file: text(4096), before: maybe(text(1e8)), after: text(1e8) }), 10_000),
});

async function recover(
  content: string,
  journal: string,
  isAlive: (other: string) => boolean,
  dir: string,
  run: Run,
): Promise<void> {
  const { self, edits } = parsed(content, left) ?? {};
  if (self === undefined || edits === undefined)
    throw new UserError(
      'file-unreadable',
      `${journal} was not written by uv-fod. Compare the working tree with its commit, and delete that file.`,
    );
  if (isAlive(self))
    throw new UserError(
      'already-running',
      `Another run is changing this checkout (process ${self.split(' ')[0]}); wait for it, or give each run a checkout of its own.`,
    );
  const unchanged: (typeof edits)[number][] = [];
  for (const edit of edits) {
    // Files that were edited since then are kept.
    const now = await readFile(edit.file, 'utf8').catch(() => undefined);
    if (now === edit.after) unchanged.push(edit);
  }
  await replaceAll(unchanged.map(({ file, before }) => ({ file, text: before ?? undefined })));
  // New files of a flake were added to git's index.
  const made = unchanged.flatMap((edit) => (typeof edit.before === 'string' ? [] : [edit.file]));
  await forget(dir, made, run);
}
