import { readFileSync } from 'node:fs';
import path from 'node:path';
import { styleText } from 'node:util';
import tab from '@bomb.sh/tab/commander';
import { Command } from 'commander';
import { parseConfig } from '../config/parse.ts';
import { registerCheck } from './check.ts';
import type { CliContext } from './context.ts';
import { registerDiff } from './diff.ts';
import { registerHash } from './hash.ts';
import { registerInit } from './init/init.ts';
import { registerPlan } from './plan.ts';
import { registerSbom } from './sbom.ts';
import { registerLock, registerUpdate } from './update.ts';

const bold = (text: string): string => styleText('bold', text, { validateStream: false });

const completion = 'Completion in bash (zsh, fish and powershell likewise): source <(uv-fod complete bash)';

/** The command line with all commands. */
export function makeProgram(cli: CliContext): Command {
  const program = new Command('uv-fod')
    .description('keeps Nix fixed-output derivations of a uv.lock current')
    // A command may have an option with the same name as the program, such as --version.
    .enablePositionalOptions()
    .version(cli.version, '--version', 'print the version')
    .exitOverride()
    .configureOutput({ writeOut: cli.stdout, writeErr: cli.stderr })
    // commander removes the colours again if the terminal does not support them.
    .configureHelp({ styleTitle: bold, styleCommandText: bold })
    .addHelpText('after', `\n${completion}`);
  registerPlan(program, cli);
  registerDiff(program, cli);
  registerLock(program, cli);
  registerHash(program, cli);
  registerSbom(program, cli);
  registerCheck(program, cli);
  registerUpdate(program, cli);
  registerInit(program, cli);
  return program;
}

/** Adds `complete`, which prints a shell's completion script and answers its requests. */
export function addCompletion(program: Command): void {
  for (const [, command] of tab(program).commands) {
    const attribute = command.arguments.get('attribute');
    if (!attribute) continue;
    attribute.handler = (complete) => {
      for (const { name, attribute: path } of packagesHere()) complete(name, path);
    };
  }
}

/**
 * Packages of the configuration in this folder. Mistakes in it are not reported during completion.
 */
function packagesHere(): readonly { readonly name: string; readonly attribute: string }[] {
  try {
    const file = path.resolve('.github/uv-fod.toml');
    return parseConfig(readFileSync(file, 'utf8'), file).packages;
  } catch {
    return [];
  }
}
