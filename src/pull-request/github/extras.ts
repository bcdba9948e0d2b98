import type { ExtraList } from '../forge.ts';
import type { Client } from './client.ts';
import { doStep } from './failures.ts';
import type { Place } from './place.ts';

/** An event of a pull request, as far as it is looked at. */
interface Happening {
  readonly event?: string;
  readonly label?: { readonly name?: string | null };
  readonly assignee?: { readonly login?: string } | null;
  readonly requested_reviewer?: { readonly login?: string };
}

const step = (number: number) => ({
  to: `label or assign the pull request #${number}`,
  needs: 'pull-requests: write',
});

/** What the events of a pull request say was ever put on its lists. */
export async function everAdded(
  octokit: Client,
  place: Place,
  number: number,
): Promise<Record<ExtraList, string[]>> {
  const events = (await doStep(step(number), () =>
    octokit.paginate(octokit.rest.issues.listEvents, { ...place, issue_number: number, per_page: 100 }),
  )) as Happening[];
  const those = (subject: (event: Happening) => string | null | undefined) =>
    events.flatMap((event) => subject(event) ?? []);
  return {
    labels: those(({ label }) => label?.name),
    assignees: those(({ assignee }) => assignee?.login),
    reviewers: those(({ requested_reviewer }) => requested_reviewer?.login),
  };
}

/** Puts more on one of the lists. */
export async function add(
  octokit: Client,
  place: Place,
  number: number,
  list: ExtraList,
  items: readonly string[],
): Promise<void> {
  const issue = { ...place, issue_number: number };
  const pull = { ...place, pull_number: number };
  const calls: Readonly<Record<ExtraList, () => Promise<unknown>>> = {
    labels: () => octokit.rest.issues.addLabels({ ...issue, labels: [...items] }),
    assignees: () => octokit.rest.issues.addAssignees({ ...issue, assignees: [...items] }),
    reviewers: () => octokit.rest.pulls.requestReviewers({ ...pull, reviewers: [...items] }),
  };
  await doStep(step(number), calls[list]);
}
