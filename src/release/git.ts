import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import type { TagPattern } from '../config/types.ts';
import { UserError } from '../system/errors.ts';
import { noSuchProgram, type Run } from '../system/run.ts';
import { matching, tagOf } from './tags.ts';
import type { Release } from './types.ts';

/** git asks for no password, and follows no redirect to another scheme. */
const quiet = { GIT_TERMINAL_PROMPT: '0', GIT_ASKPASS: 'true', GIT_ALLOW_PROTOCOL: 'https:http:ssh' };

/** @returns the tags of a repository, without dates, which git does not list */
export async function gitTags(run: Run, url: string, tag: TagPattern): Promise<Release[]> {
  const text = await git(run, url, ['ls-remote', '--tags', '--refs', '--', url]);
  const names = text.split('\n').flatMap((line) => /^[0-9a-f]+\trefs\/tags\/(.+)$/.exec(line)?.[1] ?? []);
  return matching(names, (name) => name, tag, url).map(({ version, tag: name }) => ({ version, tag: name }));
}

/** @returns the commit of a version's tag, annotated or not; undefined if the tag is missing */
export async function gitTagCommit(
  run: Run,
  url: string,
  version: string,
  tag: TagPattern,
): Promise<string | undefined> {
  const ref = `refs/tags/${tagOf(version, tag)}`;
  const text = await git(run, url, ['ls-remote', '--tags', '--', url, ref, `${ref}^{}`]);
  const found = new Map(
    text.split('\n').flatMap((line) => {
      const [, commit, name] = /^([0-9a-f]{40})\t(.+)$/.exec(line) ?? [];
      return commit && name ? [[name, commit]] : [];
    }),
  );
  return found.get(`${ref}^{}`) ?? found.get(ref);
}

/**
 * @returns when a commit was made, in milliseconds since 1970; undefined if it is not on the branch
 */
export async function gitBranchCommit(
  run: Run,
  url: string,
  branch: string,
  commit: string,
  scratch: string,
): Promise<number | undefined> {
  const dir = await mkdtemp(path.join(scratch, 'branch-'));
  try {
    await git(run, url, ['init', '--quiet', '--bare', dir]);
    const ref = `refs/heads/${branch}`;
    await git(run, url, ['-C', dir, 'fetch', '--quiet', '--filter=tree:0', '--', url, ref]);
    const isOn = await run('git', ['-C', dir, 'merge-base', '--is-ancestor', commit, 'FETCH_HEAD'], {
      env: quiet,
    });
    if (isOn.code !== 0) return undefined;
    const seconds = await git(run, url, [
      '-C',
      dir,
      'show',
      '--no-patch',
      '--format=%ct',
      `${commit}^{commit}`,
    ]);
    return Number(seconds.trim()) * 1000;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** A commit and its time, in milliseconds since 1970. */
export interface GitCommit {
  readonly revision: string;
  readonly date: number;
}

/**
 * Finds the commit of a branch or tag, by fetching that commit alone.
 * @param ref full name, `refs/…`
 * @param scratch folder for a temporary repository
 */
export async function gitCommit(run: Run, url: string, ref: string, scratch: string): Promise<GitCommit> {
  const dir = await mkdtemp(path.join(scratch, 'commit-'));
  try {
    await git(run, url, ['init', '--quiet', '--bare', dir]);
    await git(run, url, ['-C', dir, 'fetch', '--quiet', '--depth=1', '--filter=tree:0', '--', url, ref]);
    const format = ['--no-patch', '--format=%H %ct', 'FETCH_HEAD^{commit}'];
    const [revision = '', seconds = ''] = (await git(run, url, ['-C', dir, 'show', ...format]))
      .trim()
      .split(' ');
    return { revision, date: Number(seconds) * 1000 };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function git(run: Run, url: string, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run('git', args, { env: quiet });
  if (code === 0) return stdout;
  if (code === noSuchProgram)
    throw new UserError('git-missing', 'There is no git on PATH: install it in a step before this one.');
  if (/couldn't find remote ref/.test(stderr))
    throw new UserError(
      'releases-not-found',
      `${url} has no '${args.at(-1)}'. Correct 'branch' or 'tag' under 'releases' in the configuration.`,
    );
  const said = stderr.split('\n').findLast((line) => line.trim() !== '') ?? 'git printed nothing';
  throw new UserError(
    'releases-unreachable',
    `git can't read ${url}: ${said.slice(0, 300).replace(/\.$/, '')}. Nothing was changed; correct the address in the configuration, or run this again later.`,
    { log: stderr },
  );
}
