import type { Log } from '../../system/log.ts';
import { findMilestone } from '../named.ts';
import type { Client } from './client.ts';
import { allPages } from './pages.ts';
import type { Place } from './place.ts';

/**
 * Number of the open milestone of that title, else of that number.
 * @returns undefined, after a warning with those that there are, where there is none
 */
export async function milestoneNumber(
  octokit: Client,
  place: Place,
  wanted: string,
  log: Log,
): Promise<number | undefined> {
  const all = await allPages((page) => octokit.rest.issues.listMilestones({ ...place, ...page }));
  return findMilestone(all, wanted, place, log, ({ number }) => String(number) === wanted)?.number;
}
