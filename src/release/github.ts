import { allPages, githubPaging } from '../pull-request/github/client.ts';
import { UserError } from '../system/errors.ts';
import { matching } from './tags.ts';
import type { Commit, Hub, Release, Repository, TagSource } from './types.ts';

/** Characters of release notes that are kept; a pull request has room for some 60,000. */
const MAX_NOTES = 20_000;

/** Pages of a hundred releases, newest first; older ones are not newer than any current one. */
const MAX_PAGES = 10;

/** A repository on GitHub. */
export function githubRepository(at: { owner: string; repo: string }, hub: Hub): Repository {
  const name = `${at.owner}/${at.repo}`;
  const commitAt = async (ref: string): Promise<Commit | undefined> => {
    const found = await unlessMissing(hub.rest.repos.getCommit({ ...at, ref, per_page: 1 }));
    const { committer, author } = found?.data.commit ?? {};
    return found && { revision: found.data.sha, date: Date.parse(committer?.date ?? author?.date ?? '') };
  };
  const dateOnBranch = async (branch: string, commit: string): Promise<number | undefined> => {
    const basehead = `${commit}...${branch}`;
    const { data } = await hub.rest.repos.compareCommitsWithBasehead({ ...at, basehead, per_page: 1 });
    return data.merge_base_commit.sha === commit ? (await commitAt(commit))?.date : undefined;
  };

  async function listReleases({ tag }: TagSource): Promise<Release[]> {
    const ask = (page: object) => hub.rest.repos.listReleases({ ...at, ...page });
    const all = await allPages(ask, githubPaging, MAX_PAGES);
    const published = all.filter(({ draft }) => !draft);
    const found = matching(published, (one) => one.tag_name, tag, `the releases of ${name}`);
    return found.map(({ item, version, tag: own }) => ({
      ...{ version, tag: own, isPrerelease: item.prerelease },
      ...(item.body ? { notes: item.body.slice(0, MAX_NOTES) } : {}),
      ...(item.published_at ? { date: Date.parse(item.published_at) } : {}),
    }));
  }

  /** Tags with the pattern's prefix, in one answer, without dates. */
  async function listTags({ tag }: TagSource): Promise<Release[]> {
    let { data } = await hub.rest.git.listMatchingRefs({ ...at, ref: `tags/${tag.prefix}` });
    // All tags are requested only for the message.
    if (data.length === 0) ({ data } = await hub.rest.git.listMatchingRefs({ ...at, ref: 'tags/' }));
    const names = data.map(({ ref }) => ref.replace(/^refs\/tags\//, ''));
    return matching(names, (one) => one, tag, name).map(({ version, tag: own }) => ({ version, tag: own }));
  }

  return {
    name,
    releases: (source) =>
      asked(
        name,
        source.kind === 'github' && source.list === 'tags' ? listTags(source) : listReleases(source),
      ),
    commitOf: (ref) => asked(name, commitAt(ref)),
    dateOnBranch: (branch, commit) => asked(name, dateOnBranch(branch, commit)),
  };
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'status' in error && (error.status === 404 || error.status === 422);

const unlessMissing = <T>(answer: Promise<T>): Promise<T | undefined> =>
  answer.catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });

/** Maps errors of GitHub to errors for the author of the configuration. */
async function asked<T>(name: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof Error) || !('status' in error)) throw error;
    throw isMissing(error)
      ? new UserError(
          'releases-not-found',
          `GitHub has no repository ${name}, or the token may not see it. Correct 'releases' in the configuration, or give a token that may read that repository.`,
          { cause: error },
        )
      : new UserError(
          'releases-unreachable',
          `GitHub does not list the releases of ${name}: ${error.message.split('\n', 1)[0]}. Nothing was changed; run this again later, or with a token whose rate limit is not used up.`,
          { cause: error },
        );
  }
}
