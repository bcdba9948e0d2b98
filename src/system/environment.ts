import path from 'node:path';
import { evaluatorMemory } from './limits.ts';

/**
 * The variables of this process that a child gets: for finding programs, files, trusted
 * certificates, proxies and indexes. Everything else stays here, above all GitHub's tokens and the
 * Action's inputs.
 */
const passed =
  /^(PATH|HOME|USER|LOGNAME|LANG|LC_\w+|TZ|TERM|TMPDIR|XDG_\w+|NIX_\w+|SSL_CERT_(FILE|DIR)|GIT_SSL_CAINFO|NODE_EXTRA_CA_CERTS|(https?|all|no|ftp)_proxy|NETRC|UV_(DEFAULT_INDEX|INDEX|INDEX_\w+|EXTRA_INDEX_URL|CACHE_DIR|PYTHON\w*|NATIVE_TLS|SYSTEM_CERTS|OFFLINE)|PIP_(EXTRA_)?INDEX_URL|GOPROXY|NPM_CONFIG_REGISTRY)$/i;

/**
 * Seconds after which Nix ends a build, and a build that prints nothing: a hang must not take a
 * day. The user's own NIX_CONFIG takes precedence.
 */
const nixLimits = 'timeout = 10800\nmax-silent-time = 3600';

/** @returns the environment of children, made from this process's environment */
export function childEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value !== undefined && passed.test(name) ? [[name, value]] : [],
    ),
  );
  return {
    ...kept,
    PATH: absoluteOnly(environment.PATH ?? ''),
    ...quietGit(),
    ...evaluatorMemory(environment),
    NIX_CONFIG: `${nixLimits}\n${environment.NIX_CONFIG ?? ''}`,
  };
}

/**
 * Removes entries of PATH that are relative or empty: they start at the current folder, which is a
 * checkout whose files must not run.
 */
export const absoluteOnly = (entries: string): string =>
  entries.split(path.delimiter).filter(path.isAbsolute).join(path.delimiter);

/** Variables with addresses of indexes. These may contain a login; the rest is not secret. */
const addresses =
  /^(UV_(DEFAULT_INDEX|INDEX|INDEX_URL|EXTRA_INDEX_URL)|PIP_(EXTRA_)?INDEX_URL|GOPROXY|NPM_CONFIG_REGISTRY)$/i;
/** The login of a named index, as uv reads it: `UV_INDEX_<NAME>_PASSWORD`. */
export const isNamedLogin = (name: string): boolean => /^UV_INDEX_\w+_(USERNAME|PASSWORD)$/i.test(name);

/**
 * The environment of children that work for an untrusted contributor. It opens no private index or
 * repository, from which the contributor could lock a file. The user's settings of Nix stay.
 *
 * @param environment as `childEnvironment` gives it
 * @param home a folder without any logins: uv, git and curl search a home for them
 */
export function forkEnvironment(
  environment: Readonly<Record<string, string>>,
  home: string,
): Record<string, string> {
  const before = environment.HOME ?? home;
  const config = environment.XDG_CONFIG_HOME ?? path.join(before, '.config');
  return {
    XDG_CACHE_HOME: path.join(before, '.cache'),
    NIX_USER_CONF_FILES: path.join(config, 'nix/nix.conf'),
    ...withoutLogins(environment),
    HOME: home,
    XDG_CONFIG_HOME: path.join(home, '.config'),
    XDG_DATA_HOME: path.join(home, '.local/share'),
    // OpenSSH finds keys by the user's entry in passwd, not by HOME.
    GIT_SSH_COMMAND: 'ssh -F none -o BatchMode=yes -o IdentityFile=none -o IdentityAgent=none',
    GIT_CONFIG_GLOBAL: '/dev/null',
    ...quietGit(...withoutHelpers),
  };
}

/** @returns the variables without logins of indexes, which may also be in addresses */
export function withoutLogins(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const kept = Object.entries(environment).flatMap(([name, value]) => {
    if (value === undefined || name.toUpperCase() === 'NETRC' || isNamedLogin(name)) return [];
    return [[name, addresses.test(name) ? bare(value) : value] as const];
  });
  return Object.fromEntries(kept);
}

/** @returns the variables without logins by the names of indexes */
export const withoutNamedLogins = (environment: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !isNamedLogin(name)));

/** `name=https://login:word@host/…`, several of them with spaces between (uv's `UV_INDEX`). */
const bare = (value: string): string => value.replaceAll(/(:\/\/)[^/?#@\s]*@/g, '$1');

/** Key and value. */
type GitSetting = readonly [string, string];

/**
 * The environment for a git that starts no program named in a checkout's `.git/config`, and gives
 * up a transfer below 1 kB/s for a minute. Its settings override files (git-config,
 * GIT_CONFIG_COUNT), also for a git that Nix or uv starts; they replace those of the parent.
 */
function quietGit(...more: GitSetting[]): Record<string, string> {
  const entries = [...quiet, ...more].flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return {
    ...{ GIT_HTTP_LOW_SPEED_LIMIT: '1000', GIT_HTTP_LOW_SPEED_TIME: '60' },
    ...{ GIT_CONFIG_COUNT: String(entries.length / 2), ...Object.fromEntries(entries) },
  };
}

const quiet: readonly GitSetting[] = [
  ['core.fsmonitor', 'false'],
  ['core.hooksPath', '/dev/null'],
  ['core.alternateRefsCommand', 'true'],
  ['protocol.ext.allow', 'never'],
  ['maintenance.auto', 'false'],
];

/** Removes this machine's credential helpers: an empty value clears the list from the files. */
const withoutHelpers: readonly GitSetting[] = [
  ['credential.helper', ''],
  ['core.askPass', 'true'],
];

/** As `quietGit`, without the settings of the machine or the user, and without prompts. */
export const loneGit = (...more: GitSetting[]): Record<string, string> => ({
  ...quietGit(...withoutHelpers, ...more),
  ...{ GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_ATTR_NOSYSTEM: '1' },
  GIT_TERMINAL_PROMPT: '0',
});
