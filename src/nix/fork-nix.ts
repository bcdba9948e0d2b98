import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { loneGit } from '../system/environment.ts';
import { UserError } from '../system/errors.ts';
import type { Run } from '../system/run.ts';
import { copiesIn } from './copy.ts';
import { lockedFlake } from './locked-flake.ts';
import { foldersBeside } from './nix-path.ts';

/** The dependencies of the restricted evaluator. */
export interface ForkNix {
  readonly run: Run;
  /** Runs a program whose only network access is the host policy's proxy. */
  readonly contact: Run;
  /** The checkout. Evaluation may read it and copies of it, the Nix path and the store. */
  readonly checkout: string;
  readonly scratch: string;
  /** NIX_PATH. */
  readonly nixPath: string;
}

/** Schemes that builtins may fetch; the proxy checks the host. No local files, and no ssh. */
const schemes = ['http', 'https', 'git+http', 'git+https', 'tarball+http', 'tarball+https', 'file+http'];
const uris = [
  // Older versions of Nix do not accept a scheme alone.
  ...[...schemes, 'file+https'].flatMap((scheme) => [`${scheme}:`, `${scheme}://`]),
  ...['github:', 'gitlab:', 'sourcehut:'],
].join(' ');

/** Settings for the evaluation of untrusted code (Nix manual, "nix.conf"). */
const settings: readonly (readonly [string, string])[] = [
  ['allow-import-from-derivation', 'false'],
  ['allow-unsafe-native-code-during-evaluation', 'false'],
  // Credentials of this machine, which Nix would send.
  ['access-tokens', ''],
  ['netrc-file', '/dev/null'],
  ['download-attempts', '2'],
];
const options = (pairs: readonly (readonly [string, string])[]): string[] =>
  pairs.flatMap(([name, value]) => ['--option', name, value]);

/** Nix's fetchers run git, which can reach the network only through the proxy. */
const env = { ...loneGit(), GIT_SSH_COMMAND: 'false' };

/**
 * Runs Nix with the code of a fork restricted: a file under `restrict-eval` and without
 * experimental features, a flake under `pure-eval`. Evaluation is a separate program
 * (src/nix/expression.ts), because builds must not inherit the proxy. Other programs run unchanged.
 */
export function makeForkNix(fork: ForkNix): Run {
  return async (program, args, given = {}) => {
    if (!args.includes('--expr')) return fork.run(program, args, given);
    if (program !== 'nix-instantiate')
      throw new UserError('evaluation-failed', `${program} does not evaluate code of a fork.`);
    const restricted = await restrict(args, fork);
    return fork.contact(program, restricted, { ...given, env: { ...given.env, ...env } });
  };
}

async function restrict(args: readonly string[], fork: ForkNix): Promise<string[]> {
  const at = args.findIndex((arg, index) => arg === 'url' && args[index - 1] === '--argstr');
  return at < 0 ? restrictFile(args, fork) : restrictFlake(args, at + 1, fork);
}

async function restrictFile(
  args: readonly string[],
  { checkout, nixPath, scratch }: ForkNix,
): Promise<string[]> {
  const copies = await realpath(copiesIn(scratch)).catch(() => undefined);
  const folders = [
    ...[path.resolve(checkout), await realpath(checkout), ...foldersBeside(nixPath)],
    ...(copies === undefined ? [] : [copies, copiesIn(scratch)]),
  ];
  return [
    ...args,
    // With a name, so that `<nixpkgs>` is still looked up in the user's Nix path.
    ...[...new Set(folders)].flatMap((folder, index) => ['-I', `uv-fod-reads-${index}=${folder}`]),
    ...options([
      ...[['restrict-eval', 'true'] as const, ['allowed-uris', uris] as const],
      // builtins.getFlake would fetch and read what `restrict-eval` forbids.
      ['experimental-features', ''],
      ...settings,
    ]),
  ];
}

/** @param at index of the flake's address */
async function restrictFlake(args: readonly string[], at: number, fork: ForkNix): Promise<string[]> {
  const url = await lockedFlake(args[at] ?? '', fork.run, fork.scratch);
  // Pure evaluation has no builtins.currentSystem.
  const { stdout } = await fork.run('nix-instantiate', ['--eval', '--json', '-E', 'builtins.currentSystem']);
  const pure = [['pure-eval', 'true'] as const, ['accept-flake-config', 'false'] as const];
  return [
    ...args.with(at, url),
    ...['--argstr', 'ownSystem', String(JSON.parse(stdout || '""'))],
    ...options([...pure, ['flake-registry', ''], ...settings]),
  ];
}
