import type { BranchOf, ReleaseSource } from '../config/types.ts';
import { UserError } from '../system/errors.ts';
import type { GitCommit } from './git.ts';
import { matching, tagOf } from './tags.ts';
import type { Hub, Release } from './types.ts';

type Source = Extract<ReleaseSource, { kind: 'github' }>;
type Repository = Extract<BranchOf, { kind: 'github' }>;

/** Characters of release notes that are kept; a pull request has room for some 60,000. */
const MAX_NOTES = 20_000;

/** Pages of a hundred releases, newest first; older ones are not newer than any current one. */
const MAX_PAGES = 10;

/** @returns the releases or tags whose tag has the pattern's form */
export function githubReleases(hub: Hub, source: Source): Promise<Release[]> {
  return asked(source, () => (source.list === 'tags' ? listTags(hub, source) : listReleases(hub, source)));
}

async function listReleases(hub: Hub, { owner, repo, tag }: Source): Promise<Release[]> {
  const all: Awaited<ReturnType<typeof hub.rest.repos.listReleases>>['data'] = [];
  for (let page = 1; page <= MAX_PAGES; page++) {
    const { data, headers } = await hub.rest.repos.listReleases({ owner, repo, per_page: 100, page });
    all.push(...data);
    if (data.length === 0 || !/rel="next"/.test(headers.link ?? '')) break;
  }
  const published = all.filter(({ draft }) => !draft);
  const where = `the releases of ${owner}/${repo}`;
  return matching(published, (one) => one.tag_name, tag, where).map(({ item, version, tag: name }) => ({
    version,
    tag: name,
    isPrerelease: item.prerelease,
    ...(item.body ? { notes: item.body.slice(0, MAX_NOTES) } : {}),
    ...(item.published_at ? { date: Date.parse(item.published_at) } : {}),
  }));
}

/** Tags with the pattern's prefix, in one answer; dates are requested if needed. */
async function listTags(hub: Hub, { owner, repo, tag }: Source): Promise<Release[]> {
  const matchingRefs = (ref: string) => hub.rest.git.listMatchingRefs({ owner, repo, ref });
  let { data } = await matchingRefs(`tags/${tag.prefix}`);
  // Only for the message.
  if (data.length === 0) ({ data } = await matchingRefs('tags/'));
  const nameOf = (ref: string): string => ref.replace(/^refs\/tags\//, '');
  return matching(data, ({ ref }) => nameOf(ref), tag, `${owner}/${repo}`).map(({ version, tag: name }) => ({
    version,
    tag: name,
  }));
}

/** @returns when a tag's commit was made */
export async function githubTagDate(hub: Hub, source: Source, version: string): Promise<number> {
  return (await commitOf(hub, source, `tags/${tagOf(version, source.tag)}`)).date;
}

/** @returns the commit of a version's tag; undefined if the tag does not exist */
export async function githubTagCommit(
  hub: Hub,
  source: Source,
  version: string,
): Promise<string | undefined> {
  const { owner, repo } = source;
  return asked(source, async () => {
    const ref = `tags/${tagOf(version, source.tag)}`;
    try {
      return (await hub.rest.repos.getCommit({ owner, repo, ref, per_page: 1 })).data.sha;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  });
}

/** @returns when a commit was made; undefined if it is not on the branch */
export async function githubBranchCommit(
  hub: Hub,
  of: Repository,
  branch: string,
  commit: string,
): Promise<number | undefined> {
  const { owner, repo } = of;
  return asked(of, async () => {
    const basehead = `${commit}...${branch}`;
    const { data } = await hub.rest.repos.compareCommitsWithBasehead({ owner, repo, basehead, per_page: 1 });
    if (data.merge_base_commit.sha !== commit) return undefined;
    return (await commitOf(hub, of, commit)).date;
  });
}

/** @returns a branch's head */
export function githubHead(hub: Hub, of: Repository, branch: string): Promise<GitCommit> {
  return commitOf(hub, of, `heads/${branch}`);
}

function commitOf(
  hub: Hub,
  { owner, repo }: Pick<Repository, 'owner' | 'repo'>,
  ref: string,
): Promise<GitCommit> {
  return asked({ owner, repo }, async () => {
    const { data } = await hub.rest.repos.getCommit({ owner, repo, ref, per_page: 1 });
    const date = data.commit.committer?.date ?? data.commit.author?.date ?? '';
    return { revision: data.sha, date: Date.parse(date) };
  });
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'status' in error && (error.status === 404 || error.status === 422);

/** Maps errors of GitHub to errors for the author of the configuration. */
async function asked<T>(
  { owner, repo }: { owner: string; repo: string },
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof Error) || !('status' in error)) throw error;
    const missing = isMissing(error);
    throw new UserError(
      missing ? 'releases-not-found' : 'releases-unreachable',
      missing
        ? `GitHub has no repository ${owner}/${repo}, or not the branch or tag asked for in it, or the token may not see it. Correct 'releases' in the configuration, or give a token that may read that repository.`
        : `GitHub did not tell the releases of ${owner}/${repo}: ${error.message.split('\n', 1)[0]}. Nothing was changed; run this again later, or with a token whose rate limit is not used up.`,
      { cause: error },
    );
  }
}
