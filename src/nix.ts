// Runs inside Nix builds: in the fixed-output derivation that fetches wheels or a git tree, and at
// the start of the main build.
import { parseArgs } from 'node:util';
import manifest from '../package.json' with { type: 'json' };
import { fetchGitTree } from './build-lock/git-tree.ts';
import { checkSource } from './build-lock/inside-nix.ts';
import { writeSbom } from './contents/inside-nix.ts';
import { fetchInto } from './fetch/inside-nix.ts';
import { networkFrom } from './fetch/network.ts';
import { UserError } from './system/errors.ts';
import { makeRun } from './system/exec.ts';
import { readText } from './system/files.ts';
import { harmless } from './system/printable.ts';
import { asUserError } from './system/system-error.ts';

/** A command that the Nix library of the same commit runs, with each option set. */
function command<Name extends string>(
  names: readonly Name[],
  run: (given: Readonly<Record<Name, string>>) => Promise<void>,
): (args: string[]) => Promise<void> {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' } as const]));
  return async (args) => {
    let given: Readonly<Record<string, unknown>>;
    try {
      given = parseArgs({ args, options }).values;
    } catch (cause) {
      throw new UserError('input-invalid', `${cause}`.replace(/\n.*/s, ''), { cause });
    }
    const missing = names.find((name) => given[name] === undefined);
    if (missing !== undefined) throw new UserError('input-invalid', `'--${missing}' is not set.`);
    await run(given as Record<Name, string>);
  };
}

/** `project` is the folder of `uv.lock`, and `target` a file with a declared target as JSON. */
const commands: Readonly<Record<string, (args: string[]) => Promise<void>>> = {
  /** Downloads a plan's wheels into a fixed-output derivation. */
  fetch: command(['project', 'target', 'out'], (given) =>
    fetchInto(given, readText, () => networkFrom(process.env), say),
  ),
  /** Writes a commit's own files into a fixed-output derivation. */
  git: command(['url', 'commit', 'out'], ({ out, ...from }) =>
    fetchGitTree(from, out, makeRun({ ...process.env } as Record<string, string>)),
  ),
  /** Writes a software bill of materials (CycloneDX 1.6). */
  sbom: command(['project', 'target', 'build-lock', 'out'], ({ 'build-lock': buildLock, ...given }) =>
    writeSbom({ ...given, buildLock }, readText, manifest.version),
  ),
  /**
   * Stops a build whose fixed-output derivation (`deps` is its output) or build lock was made from
   * another lock. Writes the pinned requirements of everything to install.
   */
  check: command(['project', 'deps', 'build-lock', 'requirements'], ({ 'build-lock': buildLock, ...given }) =>
    checkSource({ ...given, buildLock }, readText),
  ),
};

function say(line: string): void {
  process.stderr.write(`${harmless(`uv-fod: ${line}`)}\n`);
}

try {
  const [name = '', ...args] = process.argv.slice(2);
  const run = commands[name];
  if (!run) throw new UserError('input-invalid', `There is no command '${name}'.`);
  await run(args);
} catch (thrown) {
  const error = asUserError(thrown);
  // One line that begins with the program's name, by which the Action finds the cause.
  say(
    error instanceof UserError
      ? error.message
      : `this is a defect of uv-fod: ${error instanceof Error ? error.stack : error}`,
  );
  process.exitCode = 1;
}
