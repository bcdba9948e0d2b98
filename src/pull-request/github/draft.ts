import type { ForgePull } from '../forge.ts';
import type { Client } from './client.ts';
import { doStep } from './failures.ts';

const TO_DRAFT = `mutation ToDraft($input: ConvertPullRequestToDraftInput!) {
  convertPullRequestToDraft(input: $input) { clientMutationId }
}`;
const TO_READY = `mutation ToReady($input: MarkPullRequestReadyForReviewInput!) {
  markPullRequestReadyForReview(input: $input) { clientMutationId }
}`;

/** Makes an open pull request a draft, or ready for review. REST has no word for either. */
export async function setDraft(octokit: Client, { id, number }: ForgePull, draft: boolean): Promise<void> {
  const to = draft ? `make #${number} a draft` : `make #${number} ready for review`;
  // Both: with one alone GitHub says "Resource not accessible by integration" (actions/toolkit#1165, cli/cli#8910).
  await doStep({ to, needs: 'contents: write, pull-requests: write' }, () =>
    octokit.graphql(draft ? TO_DRAFT : TO_READY, { input: { pullRequestId: id } }),
  );
}
