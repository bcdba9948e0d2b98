import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onLoopback } from '../files/loopback.ts';
import { authenticate, demand, tokensOf } from './access.ts';
import { openGit } from './git.ts';
import { answerGraphql, isMutation } from './graphql.ts';
import { historyRoutes } from './history.ts';
import { issueRoutes } from './issue-routes.ts';
import { milestoneRoutes } from './milestone-routes.ts';
import { objectRoutes } from './objects.ts';
import { pullPage } from './page.ts';
import { pullRoutes } from './pull-routes.ts';
import { RateLimit } from './rate-limit.ts';
import { refRoutes } from './refs.ts';
import { releaseRoutes } from './release-routes.ts';
import { notFound, ok, Refusal, type Reply } from './reply.ts';
import { repositoryRoutes } from './repository.ts';
import type { Call, Hub } from './route.ts';
import { runRoutes } from './run-routes.ts';
import { send } from './send.ts';
import { answerGit } from './smart-http.ts';
import { openStore } from './state.ts';
import { statusRoutes } from './status-routes.ts';
import type { Fault, Faults, GitHub, GitHubOptions, LoggedRequest, Token } from './types.ts';
import { workflowRunPayload } from './workflow-run.ts';

const ROUTES = [
  ...repositoryRoutes,
  ...objectRoutes,
  ...refRoutes,
  ...statusRoutes,
  ...runRoutes,
  ...historyRoutes,
  ...pullRoutes,
  ...issueRoutes,
  ...milestoneRoutes,
  ...releaseRoutes,
];
// Larger than any blob that a test writes; a request beyond it is a mistake.
const BODY_LIMIT = 64 * 1024 * 1024;

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) throw new Refusal(413, 'Payload too large');
    chunks.push(chunk);
  }
  if (size === 0) return {};
  try {
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
    if (typeof body === 'object' && body !== null) return body as Record<string, unknown>;
  } catch {
    // Told below.
  }
  throw new Refusal(400, 'Problems parsing JSON');
}

/** What is answered to one request, faults apart. */
async function answer(hub: Hub, url: URL, request: LoggedRequest, token: Token | null): Promise<Reply> {
  const body = request.body as Record<string, unknown>;
  const call: Call = { hub, token, actor: token?.login ?? '', params: [], query: url.searchParams, body };
  if (request.path === '/graphql' && request.method === 'POST') return answerGraphql(call);
  const root = `/repos/${hub.owner}/${hub.name}`;
  const page = new RegExp(`^/${hub.owner}/${hub.name}/pull/(\\d+)$`).exec(request.path);
  if (page && request.method === 'GET') return pullPage(hub, page[1] ?? '');
  if (request.path.toLowerCase() !== root.toLowerCase() && !request.path.startsWith(`${root}/`))
    throw notFound();
  const rest = decodeURIComponent(request.path.slice(root.length));
  for (const route of ROUTES) {
    const match = route.method === request.method ? route.path.exec(rest) : null;
    if (!match) continue;
    demand(token, route.needs, hub.options.private === true);
    return route.handle({ ...call, params: match.slice(1) });
  }
  throw notFound();
}

function replyTo(error: unknown): Reply {
  if (error instanceof Refusal) return error.reply;
  // A defect of the server: said in the answer, so that a test shows it.
  return {
    status: 500,
    body: { message: error instanceof Error ? (error.stack ?? error.message) : String(error) },
  };
}

/** What one server remembers between requests. */
interface Server {
  hub: Hub;
  tokens: Map<string, Token>;
  limit: RateLimit;
  log: LoggedRequest[];
  faults: Faults | undefined;
}

/** Writes a request down as it comes in. */
function logged(server: Server, method: string, url: URL): LoggedRequest {
  const { pathname: path, search: query } = url;
  const number = server.log.length + 1;
  const entry = { number, write: 0, method, path, query, token: null, body: undefined, status: 0 };
  server.log.push(entry);
  return entry;
}

/** Answers one request, with whatever fault is planned for it. */
async function serve(server: Server, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { hub, tokens, limit, log } = server;
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const method = request.method ?? 'GET';
  const entry = logged(server, method, url);
  let reply: Reply;
  let fault: Fault | undefined;
  try {
    const body = await readBody(request);
    entry.body = body;
    const reads = method === 'GET' || method === 'HEAD' || (url.pathname === '/graphql' && !isMutation(body));
    if (!reads) entry.write = log.filter(({ write }) => write > 0).length + 1;
    const token = authenticate(request.headers.authorization, tokens);
    entry.token = token?.name ?? null;
    fault = await server.faults?.(entry);
    if (fault && !(await perform(fault, request))) return void request.socket.destroy();
    reply =
      fault?.kind === 'answer' ? faultReply(fault) : (limit.take() ?? (await answer(hub, url, entry, token)));
  } catch (error) {
    reply = replyTo(error);
  }
  entry.status = fault?.kind === 'drop' ? 0 : reply.status;
  hub.options.onRequest?.(entry);
  if (fault?.kind === 'drop') return void request.socket.destroy();
  const headers = { ...limit.headers(url.pathname), ...reply.headers };
  send(response, { ...reply, headers }, fault?.kind === 'cut');
}

/** Serves one bare repository as GitHub would, on 127.0.0.1 only. */
export async function startGitHub(options: GitHubOptions): Promise<GitHub> {
  const [owner = '', name = ''] = options.repository.split('/');
  const hub: Hub = {
    owner,
    name,
    git: openGit(options.bare),
    forks: new Map(),
    store: openStore(options.stateFile),
    options,
    url: '',
  };
  const state: Server = {
    hub,
    tokens: tokensOf(options.tokens),
    limit: new RateLimit(options.rateLimit),
    log: [],
    faults: options.faults,
  };
  const listener = createServer((request, response) => {
    if (answerGit(hub, state.tokens, request, response)) return;
    serve(state, request, response).catch(() => request.socket.destroy());
  });
  const { origin, port, close } = await onLoopback(listener, options.port);
  hub.url = origin;
  return {
    url: hub.url,
    port,
    git: hub.git,
    addFork: (fullName, folder) => {
      const fork = { id: hub.forks.size + 2, fullName, git: openGit(folder) };
      hub.forks.set(fullName.split('/')[0] ?? '', fork);
    },
    workflowRun: (run) => workflowRunPayload(hub, run),
    requests: state.log,
    writes: () => state.log.filter((entry) => entry.write > 0),
    setFaults: (next) => {
      state.faults = next;
    },
    close: async () => {
      for (const { git } of [hub, ...hub.forks.values()]) git.close();
      await close();
    },
  };
}

function faultReply(fault: Extract<Fault, { kind: 'answer' }>): Reply {
  const body = fault.body ?? { message: `fault ${fault.status}`, status: String(fault.status) };
  return { ...ok(body), status: fault.status, ...(fault.headers ? { headers: fault.headers } : {}) };
}

/** Waits as the fault asks; false where the connection is to be cut without doing anything. */
async function perform(fault: Fault, request: IncomingMessage): Promise<boolean> {
  if (fault.kind === 'reset') return false;
  if (fault.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.milliseconds));
  if (fault.kind !== 'stall') return true;
  await new Promise<void>((resolve) => {
    const timer = fault.milliseconds === undefined ? undefined : setTimeout(resolve, fault.milliseconds);
    request.socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
  return false;
}
