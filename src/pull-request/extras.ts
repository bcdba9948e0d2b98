import { orWarn } from './failures.ts';
import type { Publication } from './forge.ts';
import type { Pull } from './pulls.ts';

/** In the order in which they are added. */
const LISTS = ['labels', 'assignees', 'reviewers'] as const;

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const without = (items: readonly string[], present: readonly string[]): string[] =>
  items.filter((item) => !present.some((one) => same(item, one)));

/**
 * Adds missing labels, assignees and reviewers, and the milestone if it has no other, but
 * nothing that was removed before. A refusal is a warning, because the pull request is open.
 *
 * @returns whether something was added
 */
export async function addExtras(publication: Publication, pull: Pull): Promise<boolean> {
  const { forge, request, log } = publication;
  const { number } = pull;
  const milestone = pull.hasMilestone ? undefined : request.milestone;
  const missing = LISTS.map((list) => ({ list, items: without(request[list] ?? [], pull[list]) }));
  if (milestone === undefined && missing.every(({ items }) => items.length === 0)) return false;
  const before = await forge.pulls.everAdded(number);
  const added: boolean[] = [];
  for (const { list, items } of missing) {
    const fresh = without(items, before[list]);
    if (fresh.length > 0) added.push(await orWarn(log, () => forge.pulls.add(number, list, fresh, log)));
  }
  // If any milestone was removed, none is set again.
  if (milestone !== undefined && !before.hasMilestone)
    added.push(await orWarn(log, () => setMilestone(publication, pull, milestone)));
  return added.includes(true);
}

/** Sets an open milestone by its title or number; warns if it is missing. */
async function setMilestone({ forge, log }: Publication, pull: Pull, wanted: string): Promise<boolean> {
  const all = await forge.pulls.milestones();
  const found =
    all.find(({ title }) => same(title, wanted)) ?? all.find(({ number }) => String(number) === wanted);
  if (found) {
    await forge.pulls.setMilestone(pull.number, found);
    return true;
  }
  const { owner, repo } = forge.repository;
  const titles = all.map(({ title }) => `'${title}'`).join(', ');
  log.warning(
    `There is no open milestone '${wanted}' in ${owner}/${repo}; it has ${titles || 'none'}. Create it, or name another (\`milestone\`).`,
  );
  return false;
}
