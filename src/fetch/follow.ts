import { appendFile, rm, stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { UserError } from '../system/errors.ts';
import { isPublicAddress } from './addresses.ts';
import { curl, type Ended, growing, tooLarge } from './curl.ts';
import type { Transfer } from './curl-config.ts';
import type { Network } from './network.ts';

const mostRedirects = 5;

/** One thing to fetch, whatever redirects it takes. */
export interface Request {
  readonly url: URL;
  /** What a refusal calls it. */
  readonly label: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly file: string;
  /** Bytes at most. */
  readonly most: number;
  /** Seconds that one try may take. */
  readonly seconds: number;
  /** Whether a digest tells if pieces of several answers belong together, so that a broken transfer may be continued. */
  readonly canContinue: boolean;
  /** Whether an answer that says no is an answer all the same. */
  readonly keepsErrors: boolean;
  /** The error for what can't be fetched. */
  readonly unreachable: (reason: string, kind: 'address' | 'certificate' | 'other') => UserError;
  /** The error for more than `most` bytes. */
  readonly tooLarge: () => UserError;
  /** The error for a file that can't be written. */
  readonly unwritable: (cause: NodeJS.ErrnoException | undefined) => UserError;
}

/**
 * Judges what has come.
 * @param isPieced whether it came in pieces, which may be of two files
 * @throws UserError; a Passing if another try may help
 */
export type Accept = (index: number, ended: Ended, isPieced: boolean) => Promise<void>;

/** A failure that may pass. */
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
 * Fetches all requests with one curl at a time. Redirects are approved like any other address and asked in the next round, and so is
 * what failed and may pass.
 * @throws UserError of the first request that can't be fetched; the others are ended then
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
      // Without an address curl would resolve the name itself.
      if (addresses.length === 0 && network.proxyFor(task.url) === undefined)
        throw new Error(`${task.url.host} has no address`);
      refuseInward(task.from, { url: task.url, addresses });
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
      if (!task.canContinue || ended.exitCode === 0 || isRefused)
        await rm(task.request.file, { force: true });
      // That the server can't continue a transfer says nothing about the whole file.
      if (isRefused) task.canContinue = false;
      if (isRefused && task.isPieced) again.push(task);
      else retry(task, error.message);
    }
  };
  await curl(transfers, network, settle, signal);
}

/** Each host's name is resolved once in a round, whoever asks. */
function approveOnce({ approve }: Network): (url: URL, label: string) => Promise<readonly string[]> {
  const known = new Map<string, Promise<readonly string[]>>();
  return (url, label) => {
    // Credentials in an address are judged, too.
    const key = `${url.origin} ${url.username !== '' || url.password !== ''}`;
    const approved = known.get(key) ?? approve(url.href, label);
    known.set(key, approved);
    return approved;
  };
}

/**
 * No server of the public internet sends us on to an inner one (this machine, its network, a cloud's metadata). It needs no
 * configuration, which a fixed-output derivation in Nix's sandbox does not know: an index that is itself inside may redirect to where it
 * likes, because the lock names the inside.
 */
function refuseInward(from: Hop | undefined, to: Hop): void {
  if (from === undefined || from.url.hostname === to.url.hostname) return;
  const inner = innerOf(to);
  if (inner === undefined || innerOf(from) !== undefined) return;
  throw new UserError(
    'redirect-inward',
    `${from.url.host} redirects to ${to.url.host.slice(0, 200)} (${inner}), which is not of the public internet, and is not followed there. If that server is your own, let the index's address in the project name it directly, and lock again.`,
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
    ...{
      url,
      addresses,
      headers,
      file,
      most,
      seconds,
      keepsErrors,
      offset: found?.isFile() ? found.size : 0,
    },
    proxy: network.proxyFor(url),
    login: network.loginFor(url),
  };
}

function redirected(task: Task, from: Hop, redirect: string): Task {
  const { unreachable } = task.request;
  const url = URL.parse(redirect);
  if (!url || !/^https?:$/.test(url.protocol)) throw unreachable('it redirects to no web address', 'address');
  if (from.url.protocol === 'https:' && url.protocol === 'http:')
    throw unreachable(`${from.url.host} redirects to plain http, at ${url.host}`, 'other');
  if (task.hops >= mostRedirects) throw unreachable(`more than ${mostRedirects} redirects`, 'other');
  return Object.assign(task, { url, from, hops: task.hops + 1 });
}

/** curl's exit codes that may pass: names, connections, time-outs, broken transfers, and a server that can't continue one. */
const passing = new Set([5, 6, 7, 16, 18, 28, 33, 35, 52, 55, 56, 92, 95, 96]);
const cannotContinue = 33;
/** Those of certificates. */
const certificates = new Set([51, 58, 60, 77, 83, 90, 91]);

/** @throws for what did not arrive */
async function check({ request, isPieced }: Task, { status, exitCode, message }: Ended): Promise<void> {
  const isPassing = [408, 416, 425, 429].includes(status) || status >= 500;
  if (exitCode === growing) throw request.tooLarge();
  if (exitCode === tooLarge) {
    if (isPieced) throw new Passing('what came in pieces is not one file');
    throw request.tooLarge();
  }
  if (exitCode === 23) throw request.unwritable(await whyUnwritable(request.file));
  if (exitCode === 22 || (exitCode === 0 && !request.keepsErrors && (status < 200 || status > 299))) {
    const said = `the server answered ${status}`;
    throw isPassing ? new Passing(said) : request.unreachable(said, 'other');
  }
  if (exitCode === 0) return;
  if (certificates.has(exitCode)) throw request.unreachable(message, 'certificate');
  if (passing.has(exitCode)) throw new Passing(message);
  throw request.unreachable(message, 'other');
}

/** curl does not say what the system said. */
async function whyUnwritable(file: string): Promise<NodeJS.ErrnoException | undefined> {
  return appendFile(file, Buffer.alloc(1 << 16)).then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error,
  );
}
