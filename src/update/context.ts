import path from 'node:path';
import { cacheHome } from '../fetch/cache.ts';
import { makeContact } from '../fetch/contact.ts';
import { type Amount, type HashTools, makeHashTools } from '../fetch/hash-tools.ts';
import {
  type CheckHost,
  everywhere,
  type HostRules,
  makeHostPolicy,
  withNixPath,
} from '../fetch/host-policy.ts';
import { indexesIn, namedLoginsFor } from '../fetch/index-logins.ts';
import { type Network, networkFrom } from '../fetch/network.ts';
import { type FetchText, makeFetchText } from '../fetch/text.ts';
import { upstreamFrom } from '../fetch/upstream.ts';
import { cacheCredentials } from '../nix/copy-to-cache.ts';
import { Edits } from '../nix/edits.ts';
import { makeForkNix } from '../nix/fork-nix.ts';
import { openJournal } from '../nix/journal.ts';
import { findSandbox } from '../nix/sandbox.ts';
import { statusOf } from '../system/end-tree.ts';
import {
  childEnvironment,
  forkEnvironment,
  withoutLogins,
  withoutNamedLogins,
} from '../system/environment.ts';
import { makeRun } from '../system/exec.ts';
import { checkWithin, readText, readTextWithin } from '../system/files.ts';
import { timeLimit } from '../system/limits.ts';
import type { Log } from '../system/log.ts';
import { once } from '../system/promises.ts';
import type { Run } from '../system/run.ts';
import type { Sandbox } from '../system/sandbox.ts';
import type { ReadText } from '../uv/lock/project.ts';
import type { TomlTable } from '../uv/lock/toml.ts';

/** The data that a build lock is verified against, in addition to the checkout itself. */
export interface Verification {
  /**
   * Text of a file in the commit that counts as base: the base commit of a pull request; in runs on
   * a branch, and on the command line, the checked-out commit. Undefined if that commit does not
   * have the file.
   */
  readonly baseText: (file: string) => Promise<string | undefined>;
  /**
   * Whether lock and sources come from an untrusted contributor: anything that can't be verified is
   * then an error.
   */
  readonly isUntrusted: boolean;
  /** Addresses of the user's own indexes (UV_DEFAULT_INDEX, UV_INDEX). */
  readonly indexes: readonly string[];
}

/** The dependencies of all stages. */
export interface Context {
  readonly run: Run;
  /** Runs a program that contacts hosts by itself: each address is approved first. */
  readonly contact: Run;
  /**
   * The logins of named indexes that uv gets, if an untrusted contributor may have written its
   * settings; empty if uv has all logins anyway.
   */
  readonly uvLogins: (settings: TomlTable) => Promise<Readonly<Record<string, string>>>;
  readonly log: Log;
  readonly read: ReadText;
  readonly network: () => Promise<Network>;
  readonly fetchText: FetchText;
  /** Approves addresses before they are contacted. Not set: all of them. */
  readonly checkHost?: CheckHost;
  readonly native: () => Promise<HashTools>;
  /** Whether builds run in Nix's sandbox; checked once. */
  readonly sandbox: () => Promise<Sandbox>;
  readonly verification: Verification;
  /** Folder for temporary files. */
  readonly scratch: string;
  /**
   * Opens the edits of the repository that contains a folder, and restores what a killed run left
   * there.
   */
  readonly openEdits: (folder: string) => Promise<Edits>;
  /** Credentials for a binary cache, by its address. */
  readonly cacheCredentials: (address: string) => Readonly<Record<string, string>>;
  /** Aborted when the run is cancelled. */
  readonly stop: AbortSignal;
  /** Milliseconds, to measure stages. */
  readonly now: () => number;
}

interface MoreContext {
  /** Ends programs and downloads. */
  readonly stop?: AbortSignal;
  /**
   * The checkout: nothing outside of it is changed, and its links may lead out only to Nix's store.
   */
  readonly within?: { readonly checkout: string; readonly store: string };
  /** Whether lock and sources come from a fork: no index or repository login is used then. */
  readonly isFork?: boolean;
  /**
   * The base to verify build locks against. Not set: the checked-out files, which are trusted then.
   */
  readonly base?: Pick<Verification, 'baseText' | 'isUntrusted'>;
  /** Hosts that may be fetched from. Not set: all of them. */
  readonly hosts?: (run: Run) => Promise<HostRules>;
  /**
   * uv's settings of trusted projects, even if the checkout is untrusted: they name the indexes,
   * and so select the logins. Not set: no project's settings are used.
   */
  readonly settings?: (run: Run) => Promise<readonly TomlTable[]>;
  /** Whether downloads are kept in the runner's cache, if there is one. */
  readonly usesRunnerCache?: boolean;
}

/**
 * Creates the dependencies of all stages from a process's environment.
 * @param scratch folder for temporary files, which the caller deletes
 */
export function makeContext(
  given: NodeJS.ProcessEnv,
  log: Log,
  scratch: string,
  more: MoreContext = {},
): Context {
  const { stop = new AbortController().signal, hosts, within, isFork } = more;
  // Temporary files of a program that is ended are deleted with our own.
  const all = { ...childEnvironment(given), TMPDIR: scratch };
  const children = isFork ? forkEnvironment(all, scratch) : all;
  const start = (own: Readonly<Record<string, string>>): Run => makeRun(own, stop, timeLimit(given));
  const run = start(children);
  const environment = isFork ? withoutLogins(given) : given;
  const policy = hosts ? makeHostPolicy(() => hosts(run)) : everywhere;
  const upstream = upstreamFrom(given);
  const contact = makeContact(run, policy, upstream);
  // Nix code of a fork is evaluated under restrictions.
  const restricted = (checkout: string): Run => {
    const { NIX_PATH: nixPath = '' } = given;
    const judged = makeContact(run, withNixPath(policy, everywhere, nixPath), upstream);
    return makeForkNix({ run, contact: judged, checkout, scratch, nixPath });
  };
  const read = within ? readTextWithin([within.checkout, within.store]) : readText;
  const settings = async () => (isFork ? [] : ((await more.settings?.(run)) ?? []));
  const network = once(async () => networkFrom(environment, policy.approve, stop, await settings()));
  const fetchText = makeFetchText(network, scratch);
  const base = more.base ?? { baseText: read, isUntrusted: false };
  // The project's settings decide where uv sends the login of a named index.
  const uv = base.isUntrusted ? makeContact(start(withoutNamedLogins(children)), policy, upstream) : contact;
  return {
    run: isFork && within ? restricted(within.checkout) : run,
    ...{ stop, log, read, scratch, network, fetchText, checkHost: policy.check },
    contact: (program, ...rest) => (program === 'uv' ? uv : contact)(program, ...rest),
    uvLogins: async (untrusted) =>
      base.isUntrusted ? namedLoginsFor(environment, untrusted, (await network()).loginFor) : {},
    openEdits: async (folder) => {
      const processes = { self: identity(process.pid), isAlive };
      const journal = await openJournal(folder, run, processes);
      return new Edits({ read, run, journal, mayWrite: within && checkWithin(within.checkout) });
    },
    sandbox: once(() => findSandbox(run, [path.join(cacheHome(given) ?? scratch, 'uv-fod'), scratch])),
    native: async () => ({
      ...(await makeHashTools(environment, log, network, runnerCacheFor(more))),
      onProgress: (sofar, all) => log.progress(downloadsSoFar(sofar, all)),
    }),
    now: () => performance.now(),
    cacheCredentials: (address) => (isFork ? {} : cacheCredentials(address, given)),
    verification: { ...base, indexes: indexesIn(withoutLogins(environment)).map(({ url }) => url) },
  };
}

/**
 * Untrusted contributors write nothing into the runner's cache that runs of the base branch read.
 */
const runnerCacheFor = ({
  usesRunnerCache = true,
  isFork,
}: MoreContext): 'nothing' | 'reading' | 'everything' =>
  usesRunnerCache ? (isFork ? 'reading' : 'everything') : 'nothing';

const megabytes = ({ bytes }: Amount): string => (bytes / 1e6).toFixed(1);

const downloadsSoFar = (sofar: Amount, all: Amount): string =>
  `${sofar.files} of ${all.files} files, ${megabytes(sofar)} of ${megabytes(all)} MB`;

/** A process by its number and its start time: numbers are reused. */
const identity = (pid: number): string => `${pid} ${statusOf(pid)?.start ?? ''}`;

const isAlive = (other: string): boolean => {
  const pid = Number(other.split(' ')[0]);
  return pid !== process.pid && statusOf(pid) !== undefined && identity(pid) === other;
};
