import path from 'node:path';
import { forkGit, gitSettings } from './git-settings.ts';

/** Index addresses may have a login in them; the addresses themselves are no secret. */
const addresses = /^UV_(DEFAULT_INDEX|INDEX|INDEX_URL)$/;
const logins = /^(NETRC|UV_INDEX_\w+_(USERNAME|PASSWORD))$/i;

/**
 * The environment of children that work for an untrusted contributor: nothing in it opens a private
 * index or repository, of which they could otherwise lock a file. The user's settings of Nix stay.
 *
 * @param environment as `childEnvironment` gives it
 * @param home a folder without any logins: uv, git and curl look for them in a home
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
    ...gitSettings(forkGit),
  };
}

/** @returns the variables that open no index: logins are left out, also those in addresses */
export function withoutLogins(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const kept = Object.entries(environment).flatMap(([name, value]) => {
    if (value === undefined || logins.test(name)) return [];
    return [[name, addresses.test(name) ? bare(value) : value] as const];
  });
  return Object.fromEntries(kept);
}

/** `name=https://login:word@host/…`, several of them with spaces between (uv's `UV_INDEX`). */
const bare = (value: string): string => value.replaceAll(/(:\/\/)[^/?#@\s]*@/g, '$1');
