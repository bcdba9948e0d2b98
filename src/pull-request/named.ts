import type { Log } from '../system/log.ts';

/** Splits reviewers into users and teams; of `org/team` forges take only the team. */
export function usersAndTeams(items: readonly string[]): { users: string[]; teams: string[] } {
  const teams = items.filter((item) => item.includes('/'));
  return {
    users: items.filter((item) => !teams.includes(item)),
    teams: teams.map((team) => team.slice(team.indexOf('/') + 1)),
  };
}

/**
 * Finds a milestone: by title, else by title ignoring case, else by `also`.
 * @param all the open ones
 * @returns undefined after a warning if there is none
 */
export function findMilestone<T extends { readonly title: string }>(
  all: readonly T[],
  wanted: string,
  { owner, repo }: { readonly owner: string; readonly repo: string },
  log: Log,
  also: (one: T) => boolean = () => false,
): T | undefined {
  const found =
    all.find(({ title }) => title === wanted) ??
    all.find(({ title }) => title.toLowerCase() === wanted.toLowerCase()) ??
    all.find(also);
  if (found) return found;
  const titles = all.map(({ title }) => `'${title}'`).join(', ');
  log.warning(
    `There is no open milestone '${wanted}' in ${owner}/${repo}; it has ${titles || 'none'}. Create it, or name another (\`milestone\`).`,
  );
  return undefined;
}
