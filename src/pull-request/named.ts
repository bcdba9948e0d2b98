import type { Log } from '../system/log.ts';

/** People and teams of a list of reviewers: a team is `org/team`, and forges take its own name. */
export function usersAndTeams(items: readonly string[]): { users: string[]; teams: string[] } {
  const teams = items.filter((item) => item.includes('/'));
  return {
    users: items.filter((item) => !teams.includes(item)),
    teams: teams.map((team) => team.slice(team.indexOf('/') + 1)),
  };
}

/**
 * The milestone that is meant: by its title, else by its title in other letters, else by what `also` says.
 * @param all the open ones
 * @returns undefined, after a warning with those that there are, where there is none
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
    `There is no open milestone '${wanted}' in ${owner}/${repo}; it has ${titles || 'none'}. Make it, or name another (\`milestone\`).`,
  );
  return undefined;
}
