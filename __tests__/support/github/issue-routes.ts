import { findPull } from './pull-routes.ts';
import { renderPull } from './pulls.ts';
import { created, invalid, notFound, ok, Refusal, type Reply } from './reply.ts';
import { type Call, type Hub, pageOf, type Route, stringOf, stringsOf } from './route.ts';
import { addEvent, type StoredComment, type StoredEvent, type StoredPull, timestamp } from './state.ts';
import type { Part, Schemas } from './types.ts';

const renderComment = (comment: StoredComment): Part<Schemas['issue-comment']> => ({
  id: comment.id,
  body: comment.body,
  user: { login: comment.user },
  created_at: comment.created_at,
  updated_at: comment.created_at,
});

async function listComments({ hub, params, query }: Call): Promise<Reply> {
  const { number } = await findPull(hub, params[0]);
  const found = hub.store.state.comments.filter((comment) => comment.issue === number);
  return ok(pageOf(found, query).map(renderComment));
}

async function postComment({ hub, params, body, actor }: Call): Promise<Reply> {
  const { number } = await findPull(hub, params[0]);
  const text = stringOf(body, 'body');
  if (!text) throw invalid('IssueComment', 'body', 'missing_field');
  const { comments } = hub.store.state;
  const comment = {
    id: (comments.at(-1)?.id ?? 0) + 1,
    issue: number,
    user: actor,
    body: text,
    created_at: timestamp(),
  };
  comments.push(comment);
  hub.store.save();
  return created(renderComment(comment));
}

/** The comment of a call, which it may change: its own, or any for who may write the repository. */
function commentOf({ hub, params, actor, token }: Call): StoredComment {
  const found = hub.store.state.comments.find(({ id }) => String(id) === params[0]);
  if (!found) throw notFound();
  if (found.user === actor || token?.permissions.contents === 'write') return found;
  throw new Refusal(403, 'Must have admin rights to Repository.');
}

function patchComment(call: Call): Reply {
  const found = commentOf(call);
  found.body = stringOf(call.body, 'body') ?? found.body;
  call.hub.store.save();
  return ok(renderComment(found));
}

function deleteComment(call: Call): Reply {
  const { state, save } = call.hub.store;
  state.comments.splice(state.comments.indexOf(commentOf(call)), 1);
  save();
  return { status: 204 };
}

/** A team is written down as `org/team`. */
function requested(subject: string): Record<string, unknown> {
  const slug = subject.split('/')[1];
  return slug === undefined ? { requested_reviewer: { login: subject } } : { requested_team: { slug } };
}

function renderEvent(event: StoredEvent): Record<string, unknown> {
  const subject = event.subject ?? '';
  const more = event.event.includes('label')
    ? { label: { name: subject } }
    : event.event.includes('assigned')
      ? { assignee: { login: subject } }
      : event.event.includes('review_request')
        ? requested(subject)
        : event.event.includes('milestoned')
          ? { milestone: { title: subject } }
          : {};
  return {
    id: event.id,
    event: event.event,
    actor: { login: event.actor },
    created_at: event.created_at,
    ...more,
  };
}

async function listEvents({ hub, params, query }: Call): Promise<Reply> {
  const { number } = await findPull(hub, params[0]);
  const found = hub.store.state.events.filter((event) => event.issue === number);
  return ok(pageOf(found, query).map(renderEvent));
}

/** Adds to or takes from one of a pull request's lists, with an event for each that changed. */
function edit(
  call: Call,
  pull: StoredPull,
  list: string[],
  items: string[],
  events: { add?: string; remove?: string },
) {
  for (const item of items) {
    const at = list.indexOf(item);
    if (events.add && at < 0) {
      list.push(item);
      addEvent(call.hub.store, pull.number, events.add, call.actor, item);
    } else if (events.remove && at >= 0) {
      list.splice(at, 1);
      addEvent(call.hub.store, pull.number, events.remove, call.actor, item);
    }
  }
  pull.updated_at = timestamp();
  call.hub.store.save();
}

async function addLabels(call: Call): Promise<Reply> {
  const pull = await findPull(call.hub, call.params[0]);
  const names = stringsOf(call.body, 'labels');
  // GitHub makes a label that is not there yet.
  for (const name of names)
    if (!call.hub.store.state.labels.includes(name)) call.hub.store.state.labels.push(name);
  edit(call, pull, pull.labels, names, { add: 'labeled' });
  return ok(pull.labels.map((name, id) => ({ id, name })));
}

async function removeLabel(call: Call): Promise<Reply> {
  const pull = await findPull(call.hub, call.params[0]);
  const name = decodeURIComponent(call.params[1] ?? '');
  if (!pull.labels.includes(name)) throw notFound();
  edit(call, pull, pull.labels, [name], { remove: 'unlabeled' });
  return ok(pull.labels.map((label, id) => ({ id, name: label })));
}

const isCollaborator = ({ options }: Hub, name: string): boolean =>
  options.collaborators?.includes(name) ?? true;

async function addAssignees(call: Call): Promise<Reply> {
  const pull = await findPull(call.hub, call.params[0]);
  // GitHub leaves out without a word whoever can't be assigned.
  const assignees = stringsOf(call.body, 'assignees').filter((name) => isCollaborator(call.hub, name));
  edit(call, pull, pull.assignees, assignees, { add: 'assigned' });
  return created(renderPull(call.hub, pull));
}

async function requestReviewers(call: Call): Promise<Reply> {
  const pull = await findPull(call.hub, call.params[0]);
  const [users, teams] = [stringsOf(call.body, 'reviewers'), stringsOf(call.body, 'team_reviewers')];
  if (users.includes(pull.user))
    throw new Refusal(422, 'Review cannot be requested from pull request author.');
  const all = [...users, ...teams.map((slug) => `${call.hub.owner}/${slug}`)];
  if (!all.every((name) => isCollaborator(call.hub, name))) {
    throw new Refusal(
      422,
      `Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the ${call.hub.owner}/${call.hub.name} repository.`,
    );
  }
  edit(call, pull, pull.reviewers, users, { add: 'review_requested' });
  for (const slug of teams.filter((one) => !pull.teams.includes(one))) {
    pull.teams.push(slug);
    addEvent(call.hub.store, pull.number, 'review_requested', call.actor, `${call.hub.owner}/${slug}`);
  }
  call.hub.store.save();
  return created(renderPull(call.hub, pull));
}

async function unrequestReviewers(call: Call): Promise<Reply> {
  const pull = await findPull(call.hub, call.params[0]);
  edit(call, pull, pull.reviewers, stringsOf(call.body, 'reviewers'), { remove: 'review_request_removed' });
  return ok(renderPull(call.hub, pull));
}

export const WRITE = ['issues=write', 'pull_requests=write'];
export const READ = ['issues=read', 'pull_requests=read'];

/** Comments, events, labels, assignees and reviewers of pull requests. */
export const issueRoutes: Route[] = [
  { method: 'GET', path: /^\/issues\/(\d+)\/comments$/, needs: READ, handle: listComments },
  { method: 'POST', path: /^\/issues\/(\d+)\/comments$/, needs: WRITE, handle: postComment },
  { method: 'PATCH', path: /^\/issues\/comments\/(\d+)$/, needs: WRITE, handle: patchComment },
  { method: 'DELETE', path: /^\/issues\/comments\/(\d+)$/, needs: WRITE, handle: deleteComment },
  { method: 'GET', path: /^\/issues\/(\d+)\/events$/, needs: READ, handle: listEvents },
  { method: 'POST', path: /^\/issues\/(\d+)\/labels$/, needs: WRITE, handle: addLabels },
  { method: 'DELETE', path: /^\/issues\/(\d+)\/labels\/([^/]+)$/, needs: WRITE, handle: removeLabel },
  { method: 'POST', path: /^\/issues\/(\d+)\/assignees$/, needs: WRITE, handle: addAssignees },
  {
    method: 'POST',
    path: /^\/pulls\/(\d+)\/requested_reviewers$/,
    needs: ['pull_requests=write'],
    handle: requestReviewers,
  },
  {
    method: 'DELETE',
    path: /^\/pulls\/(\d+)\/requested_reviewers$/,
    needs: ['pull_requests=write'],
    handle: unrequestReviewers,
  },
];
