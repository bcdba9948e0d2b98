// Runs inside Nix builds: in the fixed-output derivation that fetches wheels or a git tree, and at
// the start of the main build.
import { Command } from 'commander';
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

const program = new Command('uv-fod-nix')
  .description('What the Nix library runs inside builds.')
  .showHelpAfterError();

program
  .command('fetch')
  .description("download a plan's wheels into a fixed-output derivation")
  .requiredOption('--project <dir>', 'folder of uv.lock')
  .requiredOption('--target <file>', 'declared target, as JSON')
  .requiredOption('--out <dir>', 'its output')
  .action((options: { project: string; target: string; out: string }) =>
    fetchInto(options, readText, () => networkFrom(process.env), say),
  );

program
  .command('git')
  .description("write a commit's own files into a fixed-output derivation")
  .requiredOption('--url <url>', 'http, https or ssh address of the repository')
  .requiredOption('--commit <id>', '40 hexadecimal digits')
  .requiredOption('--out <dir>', 'its output')
  .action(({ url, commit, out }: { url: string; commit: string; out: string }) =>
    fetchGitTree({ url, commit }, out, makeRun({ ...process.env } as Record<string, string>)),
  );

program
  .command('sbom')
  .description('write a software bill of materials (CycloneDX 1.6)')
  .requiredOption('--project <dir>', 'folder of uv.lock')
  .requiredOption('--target <file>', 'declared target, as JSON')
  .requiredOption('--build-lock <file>', 'uv-fod.lock.json')
  .requiredOption('--out <file>', 'file to write')
  .action((options: { project: string; target: string; buildLock: string; out: string }) =>
    writeSbom(options, readText, manifest.version),
  );

program
  .command('check')
  .description('stop a build whose fixed-output derivation or build lock was made from another lock')
  .requiredOption('--project <dir>', 'folder of uv.lock')
  .requiredOption('--deps <dir>', 'its wheels: the output of the fixed-output derivation')
  .requiredOption('--build-lock <file>', 'uv-fod.lock.json')
  .requiredOption('--requirements <file>', 'where to write the pinned requirements of everything to install')
  .action((options: { project: string; deps: string; buildLock: string; requirements: string }) =>
    checkSource(options, readText),
  );

function say(line: string): void {
  process.stderr.write(`${harmless(`uv-fod: ${line}`)}\n`);
}

try {
  await program.parseAsync();
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
