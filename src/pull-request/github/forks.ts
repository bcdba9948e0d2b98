import { stepsWith } from '../failures.ts';
import type { ForgeForks, RepositoryName } from '../forge.ts';
import { statusOf } from '../request-errors.ts';
import { allPages, type Client } from './client.ts';

const doStep = stepsWith('GitHub');

/** Comments need `pull-requests: write`. */
export function githubForks(octokit: Client, repository: RepositoryName): ForgeForks {
  const { issues, pulls } = octokit.rest;
  const needs = 'pull-requests: write';
  return {
    mayEdit: (number) =>
      doStep({ to: `read the pull request #${number}`, needs: 'pull-requests: read' }, async () => {
        const { data } = await pulls.get({ ...repository, pull_number: number });
        return data.maintainer_can_modify === true;
      }),
    own: (number) =>
      doStep({ to: `read the comments of #${number}`, needs }, async () => {
        const { viewer } = await octokit.graphql<{ viewer: { login: string } }>(
          'query Viewer { viewer { login } }',
        );
        const all = await allPages((page) =>
          issues.listComments({ ...repository, issue_number: number, ...page }),
        );
        const own = all.filter(({ user }) => user?.login === viewer.login);
        return own.map(({ id, body }) => ({ id, body: body ?? '' })).sort((a, b) => a.id - b.id);
      }),
    edit: async (id, body) => {
      const step = { to: 'edit a comment', needs };
      await doStep(step, () => issues.updateComment({ ...repository, comment_id: id, body }));
    },
    remove: (id) =>
      doStep({ to: 'delete a comment', needs }, async () => {
        try {
          await issues.deleteComment({ ...repository, comment_id: id });
        } catch (error) {
          if (statusOf(error) !== 404) throw error;
        }
      }),
  };
}
