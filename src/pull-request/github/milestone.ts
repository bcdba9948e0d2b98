import type { Log } from '../../ports/log.ts';
import type { Client } from './client.ts';
import type { Place } from './place.ts';

/**
 * Number of the open milestone of that title, else of that number.
 * @returns undefined, after a warning with those that there are, where there is none
 */
export async function findMilestone(
  octokit: Client,
  place: Place,
  wanted: string,
  log: Log,
): Promise<number | undefined> {
  const all = await octokit.paginate(octokit.rest.issues.listMilestones, { ...place, per_page: 100 });
  const found =
    all.find(({ title }) => title === wanted) ??
    all.find(({ title }) => title.toLowerCase() === wanted.toLowerCase()) ??
    all.find(({ number }) => String(number) === wanted);
  if (found) return found.number;
  const titles = all.map(({ title }) => `'${title}'`).join(', ');
  log.warning(
    `There is no open milestone '${wanted}' in ${place.owner}/${place.repo}; it has ${titles || 'none'}. Make it, or name another (\`milestone\`).`,
  );
  return undefined;
}
