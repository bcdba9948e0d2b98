import { doStep } from './failures.ts';
import type { Pull } from './pulls.ts';
import type { Client, PublishRequest } from './types.ts';

/** An event of a pull request, as far as it is looked at. */
interface Happening {
  readonly event?: string;
  readonly label?: { readonly name?: string | null };
  readonly assignee?: { readonly login?: string } | null;
  readonly requested_reviewer?: { readonly login?: string };
}

/** A list of a pull request that a request may add to. */
interface Extra {
  readonly wanted: readonly string[];
  readonly present: readonly string[];
  /** Whom or what an event was about. */
  readonly subject: (happening: Happening) => string | null | undefined;
  readonly add: (items: string[]) => Promise<unknown>;
}

const same = (a: string, b: string | null | undefined): boolean => a.toLowerCase() === b?.toLowerCase();

/**
 * Adds labels, assignees and reviewers that are missing and were never there: what a person took away stays away, and what a run did not
 * get to before it was ended is made up for. True where something was added.
 */
export async function addExtras(octokit: Client, request: PublishRequest, pull: Pull): Promise<boolean> {
  const { owner, repo } = request;
  const issue = { owner, repo, issue_number: pull.number };
  const extras: Extra[] = [
    {
      wanted: request.labels ?? [],
      present: pull.labels,
      subject: ({ label }) => label?.name,
      add: (labels) => octokit.rest.issues.addLabels({ ...issue, labels }),
    },
    {
      wanted: request.assignees ?? [],
      present: pull.assignees,
      subject: ({ assignee }) => assignee?.login,
      add: (assignees) => octokit.rest.issues.addAssignees({ ...issue, assignees }),
    },
    {
      wanted: request.reviewers ?? [],
      present: pull.reviewers,
      subject: ({ requested_reviewer }) => requested_reviewer?.login,
      add: (reviewers) =>
        octokit.rest.pulls.requestReviewers({ owner, repo, pull_number: pull.number, reviewers }),
    },
  ];
  const missing = (extra: Extra) =>
    extra.wanted.filter((item) => !extra.present.some((one) => same(item, one)));
  if (extras.every((extra) => missing(extra).length === 0)) return false;
  return doStep(
    { to: `label or assign the pull request #${pull.number}`, needs: 'pull-requests: write' },
    async () => {
      const events = (await octokit.paginate(octokit.rest.issues.listEvents, {
        ...issue,
        per_page: 100,
      })) as Happening[];
      let added = false;
      for (const extra of extras) {
        const items = missing(extra).filter(
          (item) => !events.some((event) => same(item, extra.subject(event))),
        );
        if (items.length === 0) continue;
        await extra.add(items);
        added = true;
      }
      return added;
    },
  );
}
