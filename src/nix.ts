// Runs inside Nix builds: in the fixed-output derivation that fetches wheels or a git tree, and at
// the start of the main build.
import { Command } from 'commander';
import { UserError } from './system/errors.ts';
import { readText } from './system/files.ts';
import { harmless } from './system/printable.ts';
import { asUserError } from './system/system-error.ts';

const program = new Command('uv-fod-nix')
  .description('What the Nix library runs inside builds.')
  .showHelpAfterError();

program
  .command('fetch')
  .description("download a plan's wheels into a fixed output")
  .requiredOption('--project <dir>', 'folder of uv.lock')
  .requiredOption('--target <file>', 'declared target, as JSON')
  .requiredOption('--out <dir>', 'the output')
  .action(async (options: { project: string; target: string; out: string }) => {
    const { fetchInto } = await import('./fetch/inside-nix.ts');
    await fetchInto(options, readText, network, say);
  });

program
  .command('git')
  .description("write a commit's own files into a fixed output")
  .requiredOption('--url <url>', 'http, https or ssh address of the repository')
  .requiredOption('--commit <id>', '40 hexadecimal digits')
  .requiredOption('--out <dir>', 'the output')
  .action(async ({ url, commit, out }: { url: string; commit: string; out: string }) => {
    const [{ fetchGitTree }, { makeRun }] = await Promise.all([
      import('./build-lock/git-tree.ts'),
      import('./system/exec.ts'),
    ]);
    await fetchGitTree({ url, commit }, out, makeRun(definedOnly(process.env)));
  });

program
  .command('check')
  .description('stop a build whose fixed output or build lock was made from another lock')
  .requiredOption('--project <dir>', 'folder of uv.lock')
  .requiredOption('--deps <dir>', 'the fixed output')
  .requiredOption('--build-lock <file>', 'uv-fod.lock.json')
  .requiredOption('--requirements <file>', 'where to write the pinned requirements of everything to install')
  .action(async (options: { project: string; deps: string; buildLock: string; requirements: string }) => {
    const { checkSource } = await import('./build-lock/inside-nix.ts');
    await checkSource(options, readText);
  });

function say(line: string): void {
  process.stderr.write(`${harmless(`uv-fod: ${line}`)}\n`);
}

async function network() {
  const { networkFrom } = await import('./fetch/network.ts');
  return networkFrom(process.env);
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
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
