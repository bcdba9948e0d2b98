import type { Log } from '../system/log.ts';
import { orWarn } from './failures.ts';
import type { ExtraList, Forge } from './forge.ts';
import type { Pull } from './pulls.ts';
import type { PublishRequest } from './types.ts';

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** In the order in which they are added. */
const LISTS: readonly ExtraList[] = ['labels', 'assignees', 'reviewers', 'milestone'];

/** Items to add. An existing milestone is kept. */
function missing(list: ExtraList, request: PublishRequest, pull: Pull): readonly string[] {
  if (list === 'milestone')
    return request.milestone === undefined || pull.milestone.length > 0 ? [] : [request.milestone];
  return (request[list] ?? []).filter((item) => !pull[list].some((one) => same(item, one)));
}

/**
 * Adds missing labels, assignees, reviewers and the milestone, but nothing that was removed before.
 * A refusal is a warning, because the pull request is open.
 *
 * @returns whether something was added
 */
export async function addExtras(
  forge: Forge,
  request: PublishRequest,
  pull: Pull,
  log: Log,
): Promise<boolean> {
  if (LISTS.every((list) => missing(list, request, pull).length === 0)) return false;
  const before = await forge.everAdded(pull.number);
  // If any milestone was removed, none is set again.
  const wasAdded = (list: ExtraList, item: string): boolean =>
    list === 'milestone' ? before.milestone.length > 0 : before[list].some((one) => same(item, one));
  let added = false;
  for (const list of LISTS) {
    const items = missing(list, request, pull).filter((item) => !wasAdded(list, item));
    if (items.length === 0) continue;
    const wrote = await orWarn(log, () => forge.add(pull.number, list, items, log));
    added ||= wrote;
  }
  return added;
}
