/**
 * Settings of git by the environment, which override files (git-config, GIT_CONFIG_COUNT), also for
 * a git that Nix or uv starts.
 */
export function gitSettings(pairs: readonly (readonly [string, string])[]): Record<string, string> {
  const entries = pairs.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(pairs.length), ...Object.fromEntries(entries) };
}

/** Prevents a checkout's `.git/config` from starting programs. */
export const quietGit: readonly (readonly [string, string])[] = [
  ['core.fsmonitor', 'false'],
  ['core.hooksPath', '/dev/null'],
  ['core.alternateRefsCommand', 'true'],
  ['protocol.ext.allow', 'never'],
  ['maintenance.auto', 'false'],
];

/** The same for a fork's checkout, without this machine's credentials. */
export const forkGit: readonly (readonly [string, string])[] = [
  ...quietGit,
  // An empty value clears the list of the files.
  ['credential.helper', ''],
  ['core.askPass', 'true'],
];
