import { existsSync } from 'node:fs';
import { appendFile, rm } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { UserError } from '../system/errors.ts';
import { isPublicAddress } from './addresses.ts';
import { curl, type Ended, tooLarge } from './curl.ts';
import type { Transfer } from './curl-config.ts';
import type { Network } from './network.ts';

const mostRedirects = 5;

export type FailureKind = 'unreachable' | 'address' | 'certificate' | 'too-large' | 'unwritable';

/** One file to fetch, through redirects. */
export interface Request extends Omit<Transfer, 'addresses'> {
  /** Its name in messages. */
  readonly label: string;
  /**
   * The error for the user.
   * @param reason a clause
   */
  readonly explain: (kind: FailureKind, reason: string, cause?: NodeJS.ErrnoException) => UserError;
}

/** A temporary failure. */
export class Passing extends Error {}

/** A request on its way through redirects and retries. */
interface Task {
  readonly request: Request;
  readonly index: number;
  readonly url: URL;
  readonly from: Hop | undefined;
  readonly redirects: number;
  readonly tries: number;
}

interface Hop {
  readonly url: URL;
  readonly addresses: readonly string[];
}

/**
 * Fetches all requests in rounds, with one curl each. Redirects are approved like any other address
 * and followed in the next round, together with retries.
 * @param accept verifies a completed transfer; throws Passing if a retry may help
 * @throws UserError of the first request that fails; the others are cancelled
 */
export async function fetchAll(
  requests: readonly Request[],
  network: Network,
  accept: (index: number, ended: Ended) => Promise<void>,
  signal: AbortSignal = network.stop,
): Promise<void> {
  const stop = AbortSignal.any([network.stop, signal]);
  let tasks = requests.map((request, index): Task => first(request, index, 0));
  while (tasks.length > 0) {
    tasks = await round(tasks, network, accept, stop);
    const tries = Math.min(...tasks.map((task) => task.tries));
    if (tasks.length > 0 && tries > 0)
      await setTimeout(network.retryDelay * 2 ** (tries - 1), undefined, { signal: stop });
  }
}

const first = (request: Request, index: number, tries: number): Task => ({
  ...{ request, index, tries, url: request.url, from: undefined, redirects: 0 },
});

/** @returns the tasks of the next round */
async function round(
  tasks: readonly Task[],
  network: Network,
  accept: (index: number, ended: Ended) => Promise<void>,
  signal: AbortSignal,
): Promise<Task[]> {
  const again: Task[] = [];
  const retry = ({ request, index, tries }: Task, reason: string): void => {
    if (tries >= network.retries) throw request.explain('unreachable', reason);
    again.push(first(request, index, tries + 1));
  };
  const approve = approveOnce(network);
  const asked: [Task, Hop][] = [];
  for (const task of tasks) {
    try {
      asked.push([task, await approve(task)]);
    } catch (error) {
      if (error instanceof UserError) throw error;
      retry(task, (error as Error).message);
    }
  }
  if (asked.length === 0) return again;
  const settle = async (index: number, ended: Ended): Promise<void> => {
    const [task, hop] = asked[index] as [Task, Hop];
    const { request } = task;
    const { status, redirect } = ended;
    try {
      if ([301, 302, 303, 307, 308].includes(status) && redirect !== undefined) {
        again.push(redirected(task, hop, redirect));
        await rm(request.file, { force: true });
      } else {
        await check(request, ended);
        await accept(task.index, ended);
      }
    } catch (error) {
      if (!(error instanceof Passing)) throw error;
      await rm(request.file, { force: true });
      retry(task, error.message);
    }
  };
  const transfers = asked.map(([{ request }, hop]) => ({ ...request, ...hop }));
  await curl(transfers, network, settle, signal);
  return again;
}

/** Approves the addresses of tasks, and resolves each host once. */
function approveOnce({ approve, certificates, proxyFor }: Network): (task: Task) => Promise<Hop> {
  const known = new Map<string, Promise<readonly string[]>>();
  return async ({ url, from, request }) => {
    // The policy also checks credentials in an address.
    const key = `${url.origin} ${url.username !== '' || url.password !== ''}`;
    const approved = known.get(key) ?? approve(url.href, request.label);
    known.set(key, approved);
    const hop = { url, addresses: await approved };
    // Without an address, curl would resolve the name itself.
    if (hop.addresses.length === 0 && proxyFor(url) === undefined)
      throw new Error(`${url.host} has no address`);
    refuseInward(from, hop);
    // Newer versions of curl end before any transfer if this file is missing.
    if (url.protocol === 'https:' && certificates !== undefined && !existsSync(certificates))
      throw request.explain('certificate', `the file of certificates '${certificates}' does not exist`);
    return hop;
  };
}

/**
 * Refuses a redirect from a public server to a private address (this machine, its network, a
 * cloud's metadata). Independent of the configuration, which is not known in Nix's sandbox. An
 * index at a private address may redirect anywhere.
 */
function refuseInward(from: Hop | undefined, to: Hop): void {
  if (from === undefined || from.url.hostname === to.url.hostname) return;
  const inner = innerOf(to);
  if (inner === undefined || innerOf(from) !== undefined) return;
  throw new UserError(
    'redirect-inward',
    `${from.url.host} redirects to ${to.url.host.slice(0, 200)} (${inner}), which is not a public address, so the redirect is not followed. If that server is yours, use its address for the index in the project, and lock again.`,
  );
}

function innerOf({ url, addresses }: Hop): string | undefined {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isLiteral = url.hostname.startsWith('[') || /^[\d.]+$/.test(host);
  return [...addresses, ...(isLiteral ? [host] : [])].find((address) => !isPublicAddress(address));
}

function redirected(task: Task, from: Hop, redirect: string): Task {
  const { explain } = task.request;
  const url = URL.parse(redirect);
  if (!url || !/^https?:$/.test(url.protocol))
    throw explain('address', 'it redirects to an address that is not http or https');
  if (from.url.protocol === 'https:' && url.protocol === 'http:')
    throw explain('unreachable', `${from.url.host} redirects to plain http, at ${url.host}`);
  if (task.redirects >= mostRedirects) throw explain('unreachable', `more than ${mostRedirects} redirects`);
  return { ...task, url, from, redirects: task.redirects + 1 };
}

/** Exit codes of temporary failures: names, connections, time-outs, broken transfers. */
const passing = new Set([5, 6, 7, 16, 18, 28, 35, 52, 55, 56, 92, 95, 96]);
/** Exit codes of certificate errors. */
const untrusted = new Set([51, 58, 60, 77, 83, 90, 91]);

/** @throws UserError or Passing for a failed transfer */
async function check(request: Request, { status, exitCode, message }: Ended): Promise<void> {
  const { explain, keepsErrors } = request;
  if (exitCode === 22 || (exitCode === 0 && !keepsErrors && (status < 200 || status > 299))) {
    const reason = `the server responded with status ${status}`;
    const isPassing = [408, 425, 429].includes(status) || status >= 500;
    throw isPassing ? new Passing(reason) : explain('unreachable', reason);
  }
  if (exitCode === 0) return;
  if (exitCode === tooLarge) throw explain('too-large', `the response has more than ${request.most} bytes`);
  if (exitCode === 23) {
    const cause = await whyUnwritable(request.file);
    throw explain('unwritable', cause?.message ?? 'it could not be written', cause);
  }
  if (passing.has(exitCode)) throw new Passing(message);
  throw explain(untrusted.has(exitCode) ? 'certificate' : 'unreachable', message);
}

/** Writes to the file, since curl does not report the system's error. */
async function whyUnwritable(file: string): Promise<NodeJS.ErrnoException | undefined> {
  return appendFile(file, Buffer.alloc(1 << 16)).then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error,
  );
}
