import type { ReleaseSource } from '../config/types.ts';
import { gitBranchCommit, gitTagCommit } from './git.ts';
import { githubBranchCommit, githubTagCommit } from './github.ts';
import type { ReleaseParts } from './types.ts';

/** @returns the commit of a version's tag; undefined without a tag */
export async function tagCommit(
  source: ReleaseSource,
  version: string,
  parts: Pick<ReleaseParts, 'hub' | 'run'>,
): Promise<string | undefined> {
  if (source.kind === 'github') return githubTagCommit(await parts.hub(), source, version);
  return source.kind === 'git' ? gitTagCommit(parts.run, source.url, version, source.tag) : undefined;
}

/**
 * @returns when a commit was made, in milliseconds since 1970; undefined if it is not on the branch
 */
export async function isOnBranch(
  { of, branch }: Extract<ReleaseSource, { kind: 'branch' }>,
  commit: string,
  { hub, run, scratch }: Pick<ReleaseParts, 'hub' | 'run' | 'scratch'>,
): Promise<number | undefined> {
  return of.kind === 'github'
    ? githubBranchCommit(await hub(), of, branch, commit)
    : gitBranchCommit(run, of.url, branch, commit, scratch);
}
