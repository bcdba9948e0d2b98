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

/** As commander does it, but for defaults that say nothing: a flag is what its name says, a list is empty. */
function describeOption(option: Option): string {
  const value: unknown = option.defaultValue;
  const saysNothing = typeof value === 'boolean' || (Array.isArray(value) && value.length === 0);
  const shown = saysNothing ? Object.create(option, { defaultValue: { value: undefined } }) : option;
  return new Help().optionDescription(shown as Option);
}

const completion = 'Completion in bash (zsh, fish and powershell likewise): source <(uv-fod complete bash)';

/** Whether commander has ended a run, and said why. */
export const isUsage = (error: unknown): error is CommanderError => error instanceof CommanderError;

/** The command line: every command with its options, examples and what it does. */
export function makeProgram(io: Io, effects: Effects): Command {
  const program = new Command('uv-fod')
    .description('keeps Nix fixed-output derivations of a uv.lock current')
    // An option of a command may be called as one of the program's, such as --version.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeOut: io.stdout, writeErr: io.stderr })
    // commander takes colours out again where the reader's terminal shows none.
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
