/**
 * Settings of git by the environment, which come before those of files (git-config, GIT_CONFIG_COUNT): they hold for the git that we
 * start, and for the one that Nix or uv starts.
 */
export function gitSettings(pairs: readonly (readonly [string, string])[]): Record<string, string> {
  const entries = pairs.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(pairs.length), ...Object.fromEntries(entries) };
}

/** What keeps the settings of a checkout's own `.git/config` from starting programs in the commands that read it. */
export const quietGit: readonly (readonly [string, string])[] = [
  ['core.fsmonitor', 'false'],
  ['core.hooksPath', '/dev/null'],
  ['core.alternateRefsCommand', 'true'],
  ['protocol.ext.allow', 'never'],
  ['maintenance.auto', 'false'],
];

/** For a fork's checkout besides: no login of this machine, and no program that has some. */
export const forkGit: readonly (readonly [string, string])[] = [
  ...quietGit,
  // An empty value takes back what files list.
  ['credential.helper', ''],
  ['core.askPass', 'true'],
];
