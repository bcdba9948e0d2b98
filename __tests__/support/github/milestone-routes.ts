import { READ, WRITE } from './issue-routes.ts';
import { findPull } from './pull-routes.ts';
import { renderPull } from './pulls.ts';
import { created, invalid, ok, type Reply } from './reply.ts';
import { type Call, pageOf, type Route, stringOf } from './route.ts';
import { addEvent, type StoredMilestone, timestamp } from './state.ts';

function listMilestones({ hub, query }: Call): Reply {
  const state = query.get('state') ?? 'open';
  const found = hub.store.state.milestones.filter((one) => state === 'all' || one.state === state);
  return ok(pageOf(found, query));
}

function postMilestone({ hub, body }: Call): Reply {
  const title = stringOf(body, 'title');
  if (!title) throw invalid('Milestone', 'title', 'missing_field');
  const { milestones } = hub.store.state;
  if (milestones.some((one) => one.title === title)) throw invalid('Milestone', 'title', 'already_exists');
  const made: StoredMilestone = { number: milestones.length + 1, title, state: 'open' };
  milestones.push(made);
  hub.store.save();
  return created(made);
}

/** Of an issue's fields only the milestone. */
async function patchIssue({ hub, params, body, actor }: Call): Promise<Reply> {
  const pull = await findPull(hub, params[0]);
  const { milestones } = hub.store.state;
  const { milestone } = body;
  if (milestone !== undefined && milestone !== pull.milestone) {
    const wanted = milestones.find(({ number }) => number === milestone);
    if (milestone !== null && !wanted) throw invalid('Issue', 'milestone', 'invalid');
    const left = milestones.find(({ number }) => number === pull.milestone);
    if (left) addEvent(hub.store, pull.number, 'demilestoned', actor, left.title);
    if (wanted) addEvent(hub.store, pull.number, 'milestoned', actor, wanted.title);
    pull.milestone = wanted?.number ?? null;
    pull.updated_at = timestamp();
    hub.store.save();
  }
  return ok(renderPull(hub, pull));
}

/** Milestones, and the milestone of a pull request. */
export const milestoneRoutes: Route[] = [
  { method: 'GET', path: /^\/milestones$/, needs: READ, handle: listMilestones },
  { method: 'POST', path: /^\/milestones$/, needs: WRITE, handle: postMilestone },
  { method: 'PATCH', path: /^\/issues\/(\d+)$/, needs: WRITE, handle: patchIssue },
];
