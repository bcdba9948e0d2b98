import { existsSync } from 'node:fs';
import { appendFile, rm, stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { UserError } from '../system/errors.ts';
import { isPublicAddress } from './addresses.ts';
import { curl, type Ended, growing, tooLarge } from './curl.ts';
import type { Transfer } from './curl-config.ts';
import type { Network } from './network.ts';

const mostRedirects = 5;

/** One file to fetch, through redirects. */
export interface Request {
  readonly url: URL;
  /** Its name in messages. */
  readonly label: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly file: string;
  /** Maximum size in bytes. */
  readonly most: number;
  /** Maximum duration of one attempt, in seconds. */
  readonly seconds: number;
  /** Whether to resume a broken transfer: only if a digest can verify the result. */
  readonly canContinue: boolean;
  /** Whether a 4xx or 5xx response is a result rather than an error. */
  readonly keepsErrors: boolean;
  readonly unreachable: (reason: string, kind: 'address' | 'certificate' | 'other') => UserError;
  readonly tooLarge: () => UserError;
  readonly unwritable: (cause: NodeJS.ErrnoException | undefined) => UserError;
}

/**
 * Verifies a completed transfer.
 * @param isPieced whether it was resumed, so that its parts may be of different files
 * @throws UserError; a Passing if a retry may help
 */
export type Accept = (index: number, ended: Ended, isPieced: boolean) => Promise<void>;

/** A temporary failure. */
export class Passing extends Error {}

interface Hop {
  readonly url: URL;
  readonly addresses: readonly string[];
}

interface Task {
  readonly request: Request;
  readonly index: number;
  url: URL;
  from: Hop | undefined;
  hops: number;
  tries: number;
  isPieced: boolean;
  canContinue: boolean;
}

/**
 * Fetches all requests in rounds, with one curl each. Redirects are approved like any other address
 * and followed in the next round, together with retries.
 * @throws UserError of the first request that fails; the others are cancelled
 */
export async function fetchAll(
  requests: readonly Request[],
  network: Network,
  accept: Accept,
  signal: AbortSignal = network.stop,
): Promise<void> {
  const ended = AbortSignal.any([network.stop, signal]);
  let tasks = requests.map(
    (request, index): Task => ({
      ...{ request, index, url: request.url, from: undefined },
      ...{ hops: 0, tries: 0, isPieced: false, canContinue: request.canContinue },
    }),
  );
  while (tasks.length > 0) {
    const again: Task[] = [];
    await round(tasks, network, accept, again, ended);
    const tries = Math.min(...again.map((task) => task.tries));
    if (again.length > 0 && tries > 0)
      await setTimeout(network.retryDelay * 2 ** (tries - 1), undefined, { signal: ended });
    tasks = again;
  }
}

async function round(
  tasks: readonly Task[],
  network: Network,
  accept: Accept,
  again: Task[],
  signal: AbortSignal,
): Promise<void> {
  const approve = approveOnce(network);
  const hops = new Map<Task, Hop>();
  const retry = (task: Task, reason: string): void => {
    if (task.tries >= network.retries) throw task.request.unreachable(reason, 'other');
    again.push(
      Object.assign(task, { url: task.request.url, from: undefined, hops: 0, tries: task.tries + 1 }),
    );
  };
  for (const task of tasks) {
    try {
      const addresses = await approve(task.url, task.request.label);
      // Without an address, curl would resolve the name itself.
      if (addresses.length === 0 && network.proxyFor(task.url) === undefined)
        throw new Error(`${task.url.host} has no address`);
      refuseInward(task.from, { url: task.url, addresses });
      requireCertificates(task, network);
      hops.set(task, { url: task.url, addresses });
    } catch (error) {
      if (error instanceof UserError) throw error;
      retry(task, (error as Error).message);
    }
  }
  const asked = [...hops];
  if (asked.length === 0) return;
  const transfers = await Promise.all(asked.map(([task, hop]) => transferOf(task, hop, network)));
  const settle = async (index: number, ended: Ended): Promise<void> => {
    const [task, hop] = asked[index] as [Task, Hop];
    task.isPieced = (transfers[index]?.offset ?? 0) > 0;
    const { status, redirect } = ended;
    if ([301, 302, 303, 307, 308].includes(status) && redirect !== undefined) {
      await rm(task.request.file, { force: true });
      again.push(redirected(task, hop, redirect));
      return;
    }
    try {
      await check(task, ended);
      await accept(task.index, ended, task.isPieced);
    } catch (error) {
      if (!(error instanceof Passing)) throw error;
      const isRefused = ended.exitCode === cannotContinue;
      // A file that is too large can't be continued.
      if (!task.canContinue || [0, tooLarge].includes(ended.exitCode) || isRefused)
        await rm(task.request.file, { force: true });
      // A server that cannot resume a transfer may still have the file.
      if (isRefused) task.canContinue = false;
      if (isRefused && task.isPieced) again.push(task);
      else retry(task, error.message);
    }
  };
  await curl(transfers, network, settle, signal);
}

/** Newer versions of curl end before any transfer if the file of certificates is missing. */
function requireCertificates({ url, request }: Task, { certificates }: Network): void {
  if (url.protocol !== 'https:' || certificates === undefined || existsSync(certificates)) return;
  throw request.unreachable(`the file of certificates '${certificates}' does not exist`, 'certificate');
}

/** Resolves each host once per round. */
function approveOnce({ approve }: Network): (url: URL, label: string) => Promise<readonly string[]> {
  const known = new Map<string, Promise<readonly string[]>>();
  return (url, label) => {
    // The policy also checks credentials in an address.
    const key = `${url.origin} ${url.username !== '' || url.password !== ''}`;
    const approved = known.get(key) ?? approve(url.href, label);
    known.set(key, approved);
    return approved;
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

async function transferOf(task: Task, { url, addresses }: Hop, network: Network): Promise<Transfer> {
  const { headers, file, most, seconds, keepsErrors } = task.request;
  const found = task.canContinue ? await stat(file).catch(() => undefined) : undefined;
  if (!task.canContinue) await rm(file, { force: true });
  return {
    ...{ url, addresses, headers, file, most, seconds, keepsErrors },
    offset: found?.isFile() ? found.size : 0,
    proxy: network.proxyFor(url),
    login: network.loginFor(url),
  };
}

function redirected(task: Task, from: Hop, redirect: string): Task {
  const { unreachable } = task.request;
  const url = URL.parse(redirect);
  if (!url || !/^https?:$/.test(url.protocol))
    throw unreachable('it redirects to an address that is not http or https', 'address');
  if (from.url.protocol === 'https:' && url.protocol === 'http:')
    throw unreachable(`${from.url.host} redirects to plain http, at ${url.host}`, 'other');
  if (task.hops >= mostRedirects) throw unreachable(`more than ${mostRedirects} redirects`, 'other');
  return Object.assign(task, { url, from, hops: task.hops + 1 });
}

/** Exit codes of temporary failures: names, connections, time-outs, broken transfers, resuming. */
const passing = new Set([5, 6, 7, 16, 18, 28, 33, 35, 52, 55, 56, 92, 95, 96]);
const cannotContinue = 33;
/** Exit codes of certificate errors. */
const certificates = new Set([51, 58, 60, 77, 83, 90, 91]);

/** @throws UserError or Passing for a failed transfer */
async function check({ request, isPieced }: Task, { status, exitCode, message }: Ended): Promise<void> {
  const isPassing = [408, 416, 425, 429].includes(status) || status >= 500;
  if (exitCode === growing) throw request.tooLarge();
  if (exitCode === tooLarge) {
    if (isPieced) throw new Passing('the resumed download is too large');
    throw request.tooLarge();
  }
  if (exitCode === 23) throw request.unwritable(await whyUnwritable(request.file));
  if (exitCode === 22 || (exitCode === 0 && !request.keepsErrors && (status < 200 || status > 299))) {
    const reason = `the server responded with status ${status}`;
    throw isPassing ? new Passing(reason) : request.unreachable(reason, 'other');
  }
  if (exitCode === 0) return;
  if (certificates.has(exitCode)) throw request.unreachable(message, 'certificate');
  if (passing.has(exitCode)) throw new Passing(message);
  throw request.unreachable(message, 'other');
}

/** Writes to the file, since curl does not report the system's error. */
async function whyUnwritable(file: string): Promise<NodeJS.ErrnoException | undefined> {
  return appendFile(file, Buffer.alloc(1 << 16)).then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error,
  );
}
