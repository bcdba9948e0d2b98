import type { Log } from '../../system/log.ts';
import { statusOf } from '../failures.ts';
import { ADDING, type ExtraList } from '../forge.ts';
import { findMilestone, usersAndTeams } from '../named.ts';
import type { RepositoryName } from '../types.ts';
import type { Client } from './client.ts';
import { doStep } from './failures.ts';
import { allPages } from './pages.ts';

/** An event of a pull request, as far as it is read. */
interface Happening {
  readonly event?: string;
  readonly label?: { readonly name?: string | null };
  readonly assignee?: { readonly login?: string } | null;
  readonly requested_reviewer?: { readonly login?: string };
  readonly requested_team?: { readonly slug?: string };
  readonly milestone?: { readonly title?: string };
}

const NEEDS = 'pull-requests: write';

/** Reads everything that was ever added to the lists, from the events. */
export async function everAdded(
  octokit: Client,
  place: RepositoryName,
  number: number,
): Promise<Record<ExtraList, string[]>> {
  const step = { to: `read the history of the pull request #${number}`, needs: 'pull-requests: read' };
  const events = (await doStep(step, () =>
    allPages((page) => octokit.rest.issues.listEvents({ ...place, issue_number: number, ...page })),
  )) as Happening[];
  const those = (subject: (event: Happening) => string | null | undefined) =>
    events.flatMap((event) => subject(event) ?? []);
  // Events have only the slug of a team; its organization is the repository's owner.
  const team = ({ requested_team: { slug } = {} }: Happening) =>
    slug === undefined ? undefined : `${place.owner}/${slug}`;
  return {
    labels: those(({ label }) => label?.name),
    assignees: those(({ assignee }) => assignee?.login),
    reviewers: [...those(({ requested_reviewer }) => requested_reviewer?.login), ...those(team)],
    milestone: those(({ milestone }) => milestone?.title),
  };
}

/** Adds items to a list. @returns false if nothing could be added */
export async function add(
  octokit: Client,
  place: RepositoryName,
  number: number,
  list: ExtraList,
  items: readonly string[],
  log: Log,
): Promise<boolean> {
  const issue = { ...place, issue_number: number };
  const { issues, pulls } = octokit.rest;
  const calls: Readonly<Record<ExtraList, () => Promise<unknown>>> = {
    labels: () => issues.addLabels({ ...issue, labels: [...items] }),
    assignees: async () => {
      const assignees = await assignable(octokit, place, items, log);
      return assignees.length > 0 && issues.addAssignees({ ...issue, assignees });
    },
    // Separate requests, because GITHUB_TOKEN cannot request teams.
    reviewers: async () => {
      const review = { ...place, pull_number: number };
      const { users, teams } = usersAndTeams(items);
      if (users.length > 0) await pulls.requestReviewers({ ...review, reviewers: users });
      if (teams.length > 0) await pulls.requestReviewers({ ...review, team_reviewers: teams });
    },
    milestone: async () => {
      const all = await allPages((page) => issues.listMilestones({ ...place, ...page }));
      const [wanted = ''] = items;
      const found = findMilestone(all, wanted, place, log, ({ number: one }) => String(one) === wanted);
      return found !== undefined && issues.update({ ...issue, milestone: found.number });
    },
  };
  const step = { to: `${ADDING[list]} ${items.join(', ')} (#${number})`, needs: NEEDS };
  return (await doStep(step, calls[list])) !== false;
}

/** Users that can be assigned: GitHub silently ignores others, and each run would try again. */
async function assignable(
  octokit: Client,
  place: RepositoryName,
  logins: readonly string[],
  log: Log,
): Promise<string[]> {
  const can: string[] = [];
  for (const assignee of logins) {
    try {
      await octokit.rest.issues.checkUserCanBeAssigned({ ...place, assignee });
      can.push(assignee);
    } catch (error) {
      if (statusOf(error) !== 404) throw error;
      log.warning(
        `${assignee} can't be assigned in ${place.owner}/${place.repo}: only people with access to the repository can. Give them access, or leave them out of \`assignees\`.`,
      );
    }
  }
  return can;
}
