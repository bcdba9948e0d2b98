import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CheckHost } from '../fetch/host-policy.ts';
import { loneGit } from '../system/environment.ts';
import { UserError } from '../system/errors.ts';
import { inFolder } from '../system/files.ts';
import type { Run } from '../system/run.ts';
import type { GitSource } from '../uv/lock/types.ts';

type GitCommit = Pick<GitSource, 'url' | 'commit'>;

/** Overrides `.gitattributes`, so that files have the bytes of the commit. */
const noAttributes = '* -text -eol -crlf -ident -filter -working-tree-encoding\n';

/**
 * Writes the files of a commit and of its submodules to `out`, without `.git`.
 * @param run runs git so that each address that it contacts, redirects included, is approved
 * @param checkHost approves each repository's address, submodules included; not set: all are
 *   approved
 * @throws UserError `git-unreachable`, and errors of `checkHost`
 */
export async function fetchGitTree(
  source: GitCommit,
  out: string,
  run: Run,
  checkHost?: CheckHost,
): Promise<void> {
  validate(source);
  await checkHost?.(source.url, `The repository ${source.url}`);
  await mkdir(out, { recursive: true });
  // A template also applies to the repositories of submodules.
  await inFolder(path.join(tmpdir(), 'uv-fod-git-'), async (template) => {
    await mkdir(path.join(template, 'info'));
    await writeFile(path.join(template, 'info/attributes'), noAttributes);
    await checkout(source, out, template, run, checkHost);
  });
  await removeRepositories(out);
}

function validate({ url, commit }: GitCommit): void {
  if (!/^[0-9a-f]{40}$/.test(commit))
    throw new UserError(
      'git-unreachable',
      `'${commit}' is not a commit id of 40 hexadecimal digits; lock again with uv.`,
    );
  if (!/^(https?|ssh):\/\//.test(url))
    throw new UserError(
      'git-unreachable',
      `'${url}' is not an http, https or ssh address of a git repository; correct the source in pyproject.toml and lock again.`,
    );
}

async function checkout(
  { url, commit }: GitCommit,
  out: string,
  template: string,
  run: Run,
  checkHost: CheckHost | undefined,
): Promise<void> {
  const env = {
    ...loneGit(['core.symlinks', 'true'], ['core.autocrlf', 'false'], ['fetch.recurseSubmodules', 'false']),
    // No other protocols: `ext::` runs commands, and `file://` reads this machine.
    GIT_ALLOW_PROTOCOL: 'https:http:ssh',
    GIT_TEMPLATE_DIR: template,
  };
  const git = async (cwd: string, ...args: string[]): Promise<string> => {
    const result = await run('git', args, { cwd, env });
    if (result.code === 0) return result.stdout;
    throw new UserError(
      'git-unreachable',
      `Commit ${commit} of ${url} can't be fetched: ${result.stderr.trim().split('\n').at(-1) ?? ''}. Check that the repository still has it and that this machine can read it; otherwise lock again.`,
      { log: result.stderr },
    );
  };
  await git(out, 'init', '--quiet', '--initial-branch=main');
  // Relative addresses of submodules start here (git-submodule, "add").
  await git(out, 'config', 'remote.origin.url', url);
  await git(out, 'fetch', '--quiet', '--depth=1', '--no-tags', '--', url, commit);
  await git(out, 'checkout', '--quiet', '--force', '--detach', 'FETCH_HEAD');
  // uv includes submodules (crates/uv-git/src/git.rs). One level at a time, to approve addresses.
  const open = [out];
  for (let dir = open.pop(); dir !== undefined; dir = open.pop()) {
    const at = dir;
    const gitHere = (...args: string[]): Promise<string> => git(at, ...args);
    for (const inner of await submodules(gitHere, checkHost)) open.push(path.join(at, inner));
  }
}

/** Checks out a repository's submodules. @returns their folders */
async function submodules(
  git: (...args: string[]) => Promise<string>,
  checkHost: CheckHost | undefined,
): Promise<string[]> {
  // Mode 160000 is a submodule (gitformat-index); `-z` prevents quoting of names.
  const listed = (await git('ls-files', '--stage', '-z')).split('\0');
  const folders = listed
    .filter((line) => line.startsWith('160000 '))
    .map((line) => line.slice(line.indexOf('\t') + 1));
  if (folders.length === 0) return [];
  await git('submodule', '--quiet', 'init');
  const urls = await git('config', '--local', '--null', '--get-regexp', '^submodule\\..*\\.url$');
  for (const entry of urls.split('\0').filter(Boolean)) {
    const url = entry.slice(entry.indexOf('\n') + 1);
    await checkHost?.(url, `The submodule ${url}`);
  }
  await git('submodule', 'update', '--quiet', '--depth=1');
  return folders;
}

/** Deletes `.git`: a folder at the top, and a file in each submodule. */
async function removeRepositories(out: string): Promise<void> {
  for (const entry of await readdir(out, { recursive: true, withFileTypes: true })) {
    if (entry.name === '.git')
      await rm(path.join(entry.parentPath, entry.name), { recursive: true, force: true });
  }
}
