import { existsSync } from 'node:fs';
import { appendFile, rm } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { UserError } from '../system/errors.ts';
import { type Hop, refuseInward } from './addresses.ts';
import { curl, type Ended, type Transfer, tooLarge } from './curl.ts';
import { statusText } from './netrc.ts';
import type { Network } from './network.ts';

const mostRedirects = 5;

export type FailureKind = 'unreachable' | 'address' | 'certificate' | 'too-large' | 'unwritable';

/** One file to fetch, through redirects. */
export interface Request extends Omit<Transfer, 'addresses'> {
  /** Name of the file in messages. */
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
  readonly from?: Hop;
  readonly redirects: number;
  readonly tries: number;
}

/** Verifies a completed transfer; throws Passing if a retry may help. */
type Accept = (index: number, ended: Ended) => Promise<void>;

/**
 * Fetches all requests in rounds, with one curl each. Redirects are approved like any other address
 * and followed in the next round, together with retries. (curl itself would follow redirects
 * without approval, and `--retry` does not repeat a transfer that broke.)
 * @throws UserError of the first request that fails; the others are cancelled
 */
export async function fetchAll(
  requests: readonly Request[],
  network: Network,
  accept: Accept,
): Promise<void> {
  let tasks = requests.map((request, index): Task => first(request, index, 0));
  while (tasks.length > 0) {
    tasks = await round(tasks, network, accept);
    const tries = Math.min(...tasks.map((task) => task.tries));
    if (tasks.length > 0 && tries > 0)
      await setTimeout(network.retryDelay * 2 ** (tries - 1), undefined, { signal: network.stop });
  }
}

const first = (request: Request, index: number, tries: number): Task => ({
  ...{ request, index, tries, url: request.url, redirects: 0 },
});

/** @returns the tasks of the next round */
async function round(tasks: readonly Task[], network: Network, accept: Accept): Promise<Task[]> {
  const again: Task[] = [];
  /** Plans a retry if the failure is temporary. */
  const attempt = async ({ request, index, tries }: Task, action: () => Promise<void>): Promise<void> => {
    try {
      await action();
    } catch (error) {
      if (!(error instanceof Passing)) throw error;
      await rm(request.file, { force: true });
      if (tries >= network.retries) throw request.explain('unreachable', error.message);
      again.push(first(request, index, tries + 1));
    }
  };
  const approve = approveOnce(network);
  const asked: [Task, Hop][] = [];
  for (const task of tasks) await attempt(task, async () => void asked.push([task, await approve(task)]));
  if (asked.length === 0) return again;
  const settle = async (index: number, ended: Ended): Promise<void> => {
    const [task, hop] = asked[index] as [Task, Hop];
    await attempt(task, async () => {
      const next = redirected(task, hop, ended);
      if (next === undefined) {
        await check(task.request, ended);
        return accept(task.index, ended);
      }
      again.push(next);
      await rm(task.request.file, { force: true });
    });
  };
  const transfers = asked.map(([{ request }, hop]) => ({ ...request, ...hop }));
  await curl(transfers, network, settle);
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
    const addresses = await approved.catch((error: unknown) => {
      throw error instanceof UserError ? error : new Passing((error as Error).message);
    });
    // Without an address, curl would resolve the name itself.
    if (addresses.length === 0 && proxyFor(url) === undefined)
      throw new Passing(`${url.host} has no address`);
    if (from) refuseInward(from, { url, addresses });
    // Newer versions of curl end before any transfer if this file is missing.
    if (url.protocol === 'https:' && certificates !== undefined && !existsSync(certificates))
      throw request.explain('certificate', `the file of certificates '${certificates}' does not exist`);
    return { url, addresses };
  };
}

/** @returns the next request if a response is a redirect */
function redirected(task: Task, from: Hop, { status, redirect }: Ended): Task | undefined {
  if (![301, 302, 303, 307, 308].includes(status) || redirect === '') return undefined;
  const { explain } = task.request;
  const url = URL.parse(redirect);
  if (!url || !/^https?:$/.test(url.protocol))
    throw explain('address', 'what it redirects to is not an http or https address');
  if (from.url.protocol === 'https:' && url.protocol === 'http:')
    throw explain('unreachable', `${from.url.host} redirects to plain http, at ${url.host}`);
  if (task.redirects >= mostRedirects) throw explain('unreachable', `more than ${mostRedirects} redirects`);
  return { ...task, url, from, redirects: task.redirects + 1 };
}

/** Exit codes of temporary failures: names, connections, time-outs, broken transfers. */
const passing = [5, 6, 7, 16, 18, 28, 35, 52, 55, 56, 92, 95, 96];
/** Exit codes of certificate errors. */
const untrusted = [51, 58, 60, 77, 83, 90, 91];

/** @throws UserError or Passing for a failed transfer */
async function check(
  { explain, keepsErrors, most, file }: Request,
  { status, exitCode, message }: Ended,
): Promise<void> {
  if (exitCode === 22 || (exitCode === 0 && !keepsErrors && (status < 200 || status > 299))) {
    const reason = `the server responded with ${statusText(status)}`;
    const isPassing = [408, 425, 429].includes(status) || status >= 500;
    throw isPassing ? new Passing(reason) : explain('unreachable', reason);
  }
  if (exitCode === 0) return;
  if (exitCode === tooLarge) throw explain('too-large', `the response has more than ${most} bytes`);
  if (exitCode === 23) {
    // curl does not report the system's error; writing to the file does.
    const cause = await appendFile(file, Buffer.alloc(1 << 16)).catch(
      (error: NodeJS.ErrnoException) => error,
    );
    throw explain('unwritable', cause?.message ?? 'it could not be written', cause ?? undefined);
  }
  if (passing.includes(exitCode)) throw new Passing(message);
  throw explain(untrusted.includes(exitCode) ? 'certificate' : 'unreachable', message);
}
