import { type Commit, readCommits } from './commits.ts';
import type { Git } from './git.ts';

/** A commit and everything below it, parents after children. */
async function ancestors(git: Git, start: string): Promise<Map<string, Commit>> {
  const found = new Map<string, Commit>();
  for (let edge = [start]; edge.length > 0; ) {
    const commits = await readCommits(git, edge);
    for (const commit of commits) found.set(commit.sha, commit);
    edge = [...new Set(commits.flatMap(({ parents }) => parents))].filter((sha) => !found.has(sha));
  }
  return found;
}

/** Whether everything of `ancestor` is in `descendant`. */
export async function contains(git: Git, descendant: string, ancestor: string): Promise<boolean> {
  return (await ancestors(git, descendant)).has(ancestor);
}

/** How two commits relate. */
export interface Divergence {
  /** A best common ancestor, or null where the histories have nothing in common. */
  mergeBase: string | null;
  /** Commits that only `head` has, parents before children. */
  ahead: Commit[];
  /** Number of commits that only `base` has. */
  behind: number;
}

/** Commits sorted so that parents come before children. */
function parentsFirst(commits: Map<string, Commit>): Commit[] {
  const sorted: Commit[] = [];
  const placed = new Set<string>();
  for (let left = [...commits.values()]; left.length > 0; ) {
    const ready = left.filter(({ parents }) => parents.every((sha) => placed.has(sha) || !commits.has(sha)));
    for (const commit of ready) placed.add(commit.sha);
    sorted.push(...ready);
    left = left.filter(({ sha }) => !placed.has(sha));
  }
  return sorted;
}

/** Compares two commits by their histories. For the short ones of tests: it reads all of both. */
export async function diverge(git: Git, base: string, head: string): Promise<Divergence> {
  const [left, right] = await Promise.all([ancestors(git, base), ancestors(git, head)]);
  const common = [...right.values()].filter(({ sha }) => left.has(sha));
  const below = new Set(common.flatMap(({ parents }) => parents));
  return {
    // The common commits that no other common commit stands on.
    mergeBase: common.find(({ sha }) => !below.has(sha))?.sha ?? null,
    ahead: parentsFirst(new Map([...right].filter(([sha]) => !left.has(sha)))),
    behind: [...left.keys()].filter((sha) => !right.has(sha)).length,
  };
}
