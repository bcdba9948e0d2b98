import type { Log } from '../../system/log.ts';
import { ADDING, type ExtraList } from '../forge.ts';
import { findMilestone, usersAndTeams } from '../named.ts';
import type { RepositoryName } from '../types.ts';
import {
  type ApiEvent,
  type ApiLabel,
  type ApiMilestone,
  type ApiPull,
  listAll,
  type SendRequest,
} from './api.ts';
import { doStep } from './failures.ts';

const NEEDS = 'write:issue, write:repository';

/** Reads everything that was ever added to the lists, from the timeline. */
export async function everAdded(
  ask: SendRequest,
  place: RepositoryName,
  index: number,
): Promise<Record<ExtraList, string[]>> {
  const route = 'GET /repos/{owner}/{repo}/issues/{index}/timeline';
  const step = { to: `read the history of the pull request #${index}`, needs: 'read:issue' };
  const events = await doStep(step, () => listAll<ApiEvent>(ask, route, { ...place, index }));
  const those = (type: string, name: (event: ApiEvent) => string | undefined) =>
    events.flatMap((event) => (event.type === type ? (name(event) ?? []) : []));
  return {
    labels: those('label', ({ label }) => label?.name),
    assignees: those('assignees', ({ assignee }) => assignee?.login),
    reviewers: those('review_request', ({ assignee, assignee_team: team }) =>
      team ? `${place.owner}/${team.name}` : assignee?.login,
    ),
    milestone: those('milestone', ({ milestone }) => milestone?.title),
  };
}

/** Adds items to a list. @returns false if nothing could be added */
export async function add(
  ask: SendRequest,
  place: RepositoryName,
  index: number,
  list: ExtraList,
  items: readonly string[],
  log: Log,
): Promise<boolean> {
  const pull = '/repos/{owner}/{repo}/pulls/{index}';
  const at = { ...place, index };
  const calls: Readonly<Record<ExtraList, () => Promise<unknown>>> = {
    labels: async () =>
      ask('POST /repos/{owner}/{repo}/issues/{index}/labels', {
        ...at,
        labels: await labelIds(ask, place, items),
      }),
    // The API sets this list as a whole.
    assignees: async () => {
      const { data } = await ask(`GET ${pull}`, at);
      const before = ((data as ApiPull).assignees ?? []).map(({ login }) => login);
      return ask(`PATCH ${pull}`, { ...at, assignees: [...before, ...items] });
    },
    reviewers: () => {
      const { users, teams } = usersAndTeams(items);
      return ask(`POST ${pull}/requested_reviewers`, { ...at, reviewers: users, team_reviewers: teams });
    },
    milestone: async () => {
      const milestone = await milestoneId(ask, place, items[0] ?? '', log);
      return milestone !== undefined && ask(`PATCH ${pull}`, { ...at, milestone });
    },
  };
  const step = { to: `${ADDING[list]} ${items.join(', ')} (#${index})`, needs: NEEDS };
  return (await doStep(step, calls[list])) !== false;
}

/** Id of an open milestone; undefined after a warning if there is none. */
async function milestoneId(
  ask: SendRequest,
  place: RepositoryName,
  wanted: string,
  log: Log,
): Promise<number | undefined> {
  const route = 'GET /repos/{owner}/{repo}/milestones';
  const all = await listAll<ApiMilestone>(ask, route, { ...place, state: 'open' });
  return findMilestone(all, wanted, place, log)?.id;
}

/** Ids of labels, which older servers require; a missing label is created, as on GitHub. */
async function labelIds(
  ask: SendRequest,
  place: RepositoryName,
  names: readonly string[],
): Promise<number[]> {
  const known = await listAll<ApiLabel>(ask, 'GET /repos/{owner}/{repo}/labels', { ...place });
  // Labels of the organization; a user's repository has none.
  const { owner: org } = place;
  const shared = await listAll<ApiLabel>(ask, 'GET /orgs/{org}/labels', { org }).catch(() => []);
  const ids: number[] = [];
  for (const name of names) {
    const found = [...known, ...shared].find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (found) ids.push(found.id);
    else {
      const made = await ask('POST /repos/{owner}/{repo}/labels', { ...place, name, color: '#ededed' });
      ids.push((made.data as ApiLabel).id);
    }
  }
  return ids;
}
