import path from 'node:path';
import { gitSettings, quietGit } from './git-settings.ts';
import { evaluatorMemory } from './limits.ts';

/**
 * What of this process's environment a child gets: what concerns finding programs, files, trust,
 * proxies and indexes. Everything else stays here, GitHub's tokens and the Action's inputs first of
 * all.
 */
const passed =
  /^(PATH|HOME|USER|LOGNAME|LANG|LC_\w+|TZ|TERM|TMPDIR|XDG_\w+|NIX_\w+|SSL_CERT_(FILE|DIR)|GIT_SSL_CAINFO|NODE_EXTRA_CA_CERTS|(https?|all|no|ftp)_proxy|NETRC|UV_(DEFAULT_INDEX|INDEX|INDEX_\w+|CACHE_DIR|PYTHON\w*|NATIVE_TLS|SYSTEM_CERTS|OFFLINE))$/i;

/**
 * Seconds after which Nix ends a build, and one that prints nothing: a hang must not take a day.
 * The user's own NIX_CONFIG wins.
 */
const nixLimits = 'timeout = 10800\nmax-silent-time = 3600';

/**
 * Bytes a second, and seconds, below which git gives a transfer up (git-config,
 * http.lowSpeedLimit).
 */
const slowGit = { GIT_HTTP_LOW_SPEED_LIMIT: '1000', GIT_HTTP_LOW_SPEED_TIME: '60' };

/** @returns the environment of children, out of that of this process */
export function childEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value !== undefined && passed.test(name) ? [[name, value]] : [],
    ),
  );
  return {
    ...kept,
    PATH: absoluteOnly(environment.PATH ?? ''),
    ...slowGit,
    ...gitSettings(quietGit),
    ...evaluatorMemory(environment),
    NIX_CONFIG: `${nixLimits}\n${environment.NIX_CONFIG ?? ''}`,
  };
}

/**
 * An entry of PATH that is relative, or empty, means the current folder: that is a checkout, whose
 * files must not run.
 */
export const absoluteOnly = (entries: string): string =>
  entries.split(path.delimiter).filter(path.isAbsolute).join(path.delimiter);
