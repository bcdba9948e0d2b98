import type { ExtraList, Forge } from './forge.ts';
import type { Pull } from './pulls.ts';
import type { PublishRequest } from './types.ts';

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** In the order in which they are added. */
const LISTS: readonly ExtraList[] = ['labels', 'assignees', 'reviewers'];

/**
 * Adds labels, assignees and reviewers that are missing and were never there: what a person took away stays away, and what a run did not
 * get to before it was ended is made up for. True where something was added.
 */
export async function addExtras(forge: Forge, request: PublishRequest, pull: Pull): Promise<boolean> {
  const missing = (list: ExtraList): string[] =>
    (request[list] ?? []).filter((item) => !pull[list].some((one) => same(item, one)));
  if (LISTS.every((list) => missing(list).length === 0)) return false;
  const before = await forge.everAdded(pull.number);
  let added = false;
  for (const list of LISTS) {
    const items = missing(list).filter((item) => !before[list].some((one) => same(item, one)));
    if (items.length === 0) continue;
    await forge.add(pull.number, list, items);
    added = true;
  }
  return added;
}
