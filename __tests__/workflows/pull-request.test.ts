import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type PullWorld, pullEvent, pullWorld } from '../support/scenario/own-pull.ts';
import { repositoryName, token } from '../support/scenario/world.ts';
import { makeRunner, type Ran, type Runner, type Trigger } from '../support/workflow/act.ts';
import { copyExample } from '../support/workflow/world.ts';

// examples/workflows/pull-request-compute.yml and pull-request-publish.yml, by act. The event of
// the second run is what the loopback GitHub makes of the first.
const minutes = 60_000;
let world: PullWorld;
let runner: Runner;

beforeAll(async () => {
  const permissions = { contents: 'write', pull_requests: 'read' } as const;
  [world, runner] = await Promise.all([pullWorld(token, { [token]: { permissions } }), makeRunner()]);
}, 5 * minutes);
afterAll(async () => {
  await runner?.close();
  await world?.close();
});

type Event = Pick<Trigger, 'workflow' | 'eventName' | 'event' | 'ref' | 'sha' | 'runId'>;

const run = (event: Event): Promise<Ran> => {
  const { repository, github } = world;
  const { work, bare } = repository;
  return runner.run({ ...event, ...{ work, bare, github: github.url, repository: repositoryName, token } });
};
const logIfNot = (code: number, ran: Ran) => ({ code: ran.code, log: ran.code === code ? '' : ran.log });

test(
  'the first run fails with the result and asks GitHub nothing, the second commits it, and for the new head the first passes',
  async () => {
    const { repository, github, stale } = world;
    const compute = await copyExample(repository, 'pull-request-compute');
    const publish = await copyExample(repository, 'pull-request-publish');
    const main = await repository.push('Put the hash on pull requests');
    const branch = 'renovate/six';
    const { number } = await world.open(branch, stale);
    const asked = (): number => github.requests.length;
    const opened = asked();

    /** A run for the pull request's head, and the event at its end. */
    const computed = async (runId: number, head: string, conclusion: 'failure' | 'success') => {
      const event = pullEvent({ ref: branch }, number, head, main);
      const ref = `refs/pull/${number}/merge`;
      const ran = await run({ workflow: compute, eventName: 'pull_request', event, ref, sha: main, runId });
      expect(logIfNot(conclusion === 'success' ? 0 : 1, ran).log).toBe('');
      const path = `.github/workflows/${compute}`;
      return {
        ran,
        end: github.workflowRun({ id: runId, path, eventName: 'pull_request', event, conclusion }),
      };
    };
    const published = (runId: number, event: object) =>
      run({ workflow: publish, eventName: 'workflow_run', event, ref: 'refs/heads/main', sha: main, runId });

    const first = await computed(1, stale, 'failure');
    expect([first.ran.outputs.get('changed'), first.ran.errors.map(({ title }) => title)]).toEqual([
      ...['true', ['needs-commit']],
    ]);
    expect(asked()).toBe(opened);

    const second = await published(2, first.end);
    expect(logIfNot(0, second)).toEqual({ code: 0, log: '' });
    const head = await repository.head(branch);
    expect([second.outputs.get('outcome'), second.outputs.get('commit')]).toEqual(['pushed', head]);
    expect(await repository.diff(stale, branch)).toMatch(/^\+ +hash = "sha256-/m);
    const after = asked();

    const third = await computed(3, head, 'success');
    expect(third.ran.outputs.get('outcome')).toBe('current');
    // Its job does not start for a run that found nothing to commit.
    expect((await published(4, third.end)).outputs.get('outcome')).toBeUndefined();
    expect([asked(), await repository.head(branch)]).toEqual([after, head]);
  },
  10 * minutes,
);
