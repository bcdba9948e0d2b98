import { styleText } from 'node:util';
import { Command, CommanderError, Help, type Option } from 'commander';
import { registerCheck } from './check.ts';
import { registerDiff } from './diff.ts';
import type { Effects } from './effects.ts';
import { registerHash } from './hash.ts';
import { registerInit } from './init/init.ts';
import type { Io } from './io.ts';
import { registerPlan } from './plan.ts';
import { registerLock, registerUpdate } from './update.ts';

const bold = (text: string): string => styleText('bold', text, { validateStream: false });

/** Like commander's, without the defaults `false` and `[]`. */
function describeOption(option: Option): string {
  const value: unknown = option.defaultValue;
  const isObvious = typeof value === 'boolean' || (Array.isArray(value) && value.length === 0);
  const shown = isObvious ? Object.create(option, { defaultValue: { value: undefined } }) : option;
  return new Help().optionDescription(shown as Option);
}

const completion = 'Completion in bash (zsh, fish and powershell likewise): source <(uv-fod complete bash)';

/** Whether commander ended the run; it has printed the reason. */
export const isUsage = (error: unknown): error is CommanderError => error instanceof CommanderError;

/** The command line with all commands. */
export function makeProgram(io: Io, effects: Effects): Command {
  const program = new Command('uv-fod')
    .description('keeps Nix fixed-output derivations of a uv.lock current')
    // A command may have an option with the name of one of the program's, such as --version.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeOut: io.stdout, writeErr: io.stderr })
    // commander removes the colours again if the terminal has none.
    .configureHelp({ styleTitle: bold, styleCommandText: bold, optionDescription: describeOption })
    .addHelpText('after', `\n${completion}`);
  registerPlan(program, io);
  registerDiff(program, io);
  registerLock(program, io, effects);
  registerHash(program, io, effects);
  registerCheck(program, io, effects);
  registerUpdate(program, io, effects);
  registerInit(program, io, effects);
  return program;
}
