import { afterAll, describe, expect, test } from '@jest/globals';
import { endTemplate, endWorlds, type World, world } from './world.ts';

afterAll(endWorlds);
afterAll(endTemplate);

const REPOSITORY = { owner: 'acme', repo: 'nix' };
const warnings = (w: World): string[] => w.log.lines.filter((line) => line.startsWith('warning: '));

/** A world with two open milestones and a closed one. */
async function withMilestones(): Promise<World> {
  const w = await world();
  const { issues } = w.client({}, 'ada').rest;
  for (const title of ['2026.8', '2026.10']) await issues.createMilestone({ ...REPOSITORY, title });
  return w;
}

describe('a milestone', () => {
  test.concurrent.each([
    ['by its title', '2026.10'],
    ['by its number', '2'],
  ])('is set %s, and once', async (_, milestone) => {
    const w = await withMilestones();
    await w.publish({ milestone });
    expect((await w.pulls())[0]?.milestone?.title).toBe('2026.10');
    w.writesSince();
    expect(await w.publish({ milestone })).toMatchObject({ outcome: 'none', reason: 'unchanged' });
    expect(w.writesSince()).toEqual([]);
  });

  test.concurrent('that there is not is a warning with those that there are', async () => {
    const w = await withMilestones();
    expect(await w.publish({ milestone: '2027' })).toMatchObject({ outcome: 'created' });
    expect(warnings(w)).toEqual([
      "warning: There is no open milestone '2027' in acme/nix; it has '2026.8', '2026.10'. Create it, or name another (`milestone`).",
    ]);
    w.writesSince();
    expect(await w.publish({ milestone: '2027' })).toMatchObject({ outcome: 'none' });
    expect(w.writesSince()).toEqual([]);
  });

  test.concurrent('of a person’s choice stays, and one that a person took away stays away', async () => {
    const w = await withMilestones();
    const { issues } = w.client({}, 'ada').rest;
    await w.publish();
    await issues.update({ ...REPOSITORY, issue_number: 1, milestone: 1 });
    expect(await w.publish({ milestone: '2026.10' })).toMatchObject({ outcome: 'none' });
    expect((await w.pulls())[0]?.milestone?.title).toBe('2026.8');
    await issues.update({ ...REPOSITORY, issue_number: 1, milestone: null });
    expect(await w.publish({ milestone: '2026.10' })).toMatchObject({ outcome: 'none' });
    expect((await w.pulls())[0]?.milestone).toBeNull();
  });
});

describe('reviewers and assignees', () => {
  test.concurrent('a team is asked as a team, and once', async () => {
    const w = await world();
    await w.publish({ reviewers: ['grace', 'acme/packagers'] });
    const [pull] = await w.pulls();
    expect(pull?.requested_reviewers?.map(({ login }) => login)).toEqual(['grace']);
    expect(pull?.requested_teams?.map(({ slug }) => slug)).toEqual(['packagers']);
    w.writesSince();
    expect(await w.publish({ reviewers: ['grace', 'acme/packagers'] })).toMatchObject({ outcome: 'none' });
    expect(w.writesSince()).toEqual([]);
  });

  test.concurrent('who has no access is a warning, and the rest is done', async () => {
    const w = await world({ collaborators: ['ada'] });
    const over = { assignees: ['ada', 'nobody'], reviewers: ['nobody'], labels: ['nix'] };
    expect(await w.publish(over)).toMatchObject({ outcome: 'created' });
    expect(warnings(w)).toEqual([
      expect.stringMatching(/^warning: nobody can't be assigned in acme\/nix: only people with access/),
      expect.stringMatching(
        /refused to ask for a review by nobody \(#1\): Reviews may only be requested from/,
      ),
    ]);
    const [pull] = await w.pulls();
    expect(pull?.assignees?.map(({ login }) => login)).toEqual(['ada']);
    expect(pull?.labels.map(({ name }) => name)).toEqual(['nix']);
    // Whoever can't be assigned is asked for again, and that changes nothing.
    expect(await w.publish({ ...over, reviewers: [] })).toMatchObject({ outcome: 'none' });
  });
});

test.concurrent('a refusal names the permission that is missing', async () => {
  const w = await world();
  w.github.setFaults(({ path, method }) =>
    method === 'POST' && path.endsWith('/labels')
      ? {
          kind: 'answer',
          status: 403,
          body: { message: 'Resource not accessible by integration' },
        }
      : undefined,
  );
  expect(await w.publish({ labels: ['nix'] })).toMatchObject({ outcome: 'created' });
  expect(warnings(w)).toEqual([
    expect.stringMatching(/It needs `pull-requests: write`: add that to `permissions:`/),
  ]);
});

test.concurrent('GitHub out of order after the pull request was opened: a warning, and the next run adds what is missing', async () => {
  const w = await world();
  const over = { labels: ['nix'], milestone: '1' };
  w.github.setFaults(({ path }) => (path.includes('/issues/') ? { kind: 'answer', status: 503 } : undefined));
  expect(await w.publish(over)).toMatchObject({ outcome: 'created', number: 1 });
  expect(warnings(w)).toEqual([expect.stringMatching(/GitHub failed when asked to read the history/)]);
  w.github.setFaults();
  expect(await w.publish({ labels: ['nix'] })).toMatchObject({ outcome: 'updated' });
  expect((await w.pulls())[0]?.labels.map(({ name }) => name)).toEqual(['nix']);
});
