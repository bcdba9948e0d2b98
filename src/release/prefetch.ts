import type { ReleaseSource } from '../config/types.ts';
import { UserError } from '../system/errors.ts';
import { having, list, maybe, text, type Valid, yesOrNo } from '../system/shape.ts';
import { matching } from './tags.ts';
import type { Hub, ListedTogether } from './types.ts';

type HubSource = Extract<ReleaseSource, { kind: 'github' }>;

const isOnHub = (source: ReleaseSource): source is HubSource => source.kind === 'github';
const keyOf = ({ owner, repo, list: from }: HubSource): string => `${owner}/${repo} ${from}`;

/** Repositories in one query: GitHub limits a query's nodes and time. */
const AT_ONCE = 50;

/** The newest hundred, without their notes. */
const fields = {
  releases: `listed: releases(first: 100, orderBy: { field: CREATED_AT, direction: DESC }) {
    pageInfo { hasNextPage } nodes { tagName isDraft isPrerelease publishedAt } }`,
  tags: `listed: refs(refPrefix: "refs/tags/", first: 100, orderBy: { field: TAG_COMMIT_DATE, direction: DESC }) {
    pageInfo { hasNextPage } nodes { tagName: name } }`,
};

const listedTag = having({
  ...{ tagName: text(1000), isDraft: maybe(yesOrNo), isPrerelease: maybe(yesOrNo) },
  publishedAt: maybe(text(100)),
});
const answered = having({
  listed: having({ pageInfo: having({ hasNextPage: yesOrNo }), nodes: list(listedTag, 100) }),
});
type AnsweredRepository = Valid<typeof answered>;

/**
 * Lists the releases of several repositories in one request, to see which have nothing newer. A
 * repository that can't be listed this way is requested separately later.
 * @param hub GitHub's API, with a token: GraphQL requires one
 */
export async function listTogether(sources: readonly ReleaseSource[], hub: Hub): Promise<ListedTogether> {
  const wanted = [...new Map(sources.filter(isOnHub).map((one) => [keyOf(one), one])).values()];
  const found = new Map<string, AnsweredRepository>();
  for (let at = 0; at < wanted.length; at += AT_ONCE) {
    const some = wanted.slice(at, at + AT_ONCE);
    const answer = await askTogether(some, hub);
    for (const [index, source] of some.entries()) {
      const one = answer[`r${index}`];
      if (answered(one, 'answer') === undefined) found.set(keyOf(source), one as AnsweredRepository);
    }
  }
  return (source) => (isOnHub(source) ? releasesIn(found.get(keyOf(source)), source) : undefined);
}

async function askTogether(sources: readonly HubSource[], hub: Hub): Promise<Record<string, unknown>> {
  const names = sources.map((_, index) => `$o${index}: String!, $n${index}: String!`).join(', ');
  const body = sources.map(
    ({ list: from }, index) =>
      `r${index}: repository(owner: $o${index}, name: $n${index}) { ${fields[from]} }`,
  );
  const values = sources.map(({ owner, repo }, index) => ({ [`o${index}`]: owner, [`n${index}`]: repo }));
  try {
    const query = `query Releases(${names}) { ${body.join('\n')} }`;
    return (
      (await hub.graphql<Record<string, unknown> | undefined>(query, Object.assign({}, ...values))) ?? {}
    );
  } catch (error) {
    // For a missing repository, the answer has an error in addition to the others' data.
    const { data } = error as { data?: unknown };
    return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
  }
}

function releasesIn(
  answer: AnsweredRepository | undefined,
  { tag, owner, repo }: HubSource,
): ReturnType<ListedTogether> {
  if (!answer) return undefined;
  const { pageInfo, nodes } = answer.listed;
  const published = nodes.filter(({ isDraft }) => isDraft !== true);
  try {
    const found = matching(published, (one) => one.tagName, tag, `${owner}/${repo}`);
    const releases = found.map(({ item, version, tag: own }) => ({
      ...{ version, tag: own },
      ...(typeof item.isPrerelease === 'boolean' ? { isPrerelease: item.isPrerelease } : {}),
      ...(item.publishedAt ? { date: Date.parse(item.publishedAt) } : {}),
    }));
    return { releases, hasMore: pageInfo.hasNextPage };
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
