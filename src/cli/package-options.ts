import type { Command } from 'commander';
import { addNixOptions } from './nix-options.ts';

/** The argument and options of commands for derivations, named like the Action's inputs. */
export function addPackageOptions(command: Command): Command {
  return addNixOptions(
    command.argument(
      '[attribute]',
      'attribute of the derivation, or name of a package in the configuration (default: all its packages)',
    ),
  ).option('--config <file>', 'configuration (default: ".github/uv-fod.toml" of the repository)');
}

/** Options for the output of a command. */
export function addReportOptions(command: Command): Command {
  return command
    .option('--verbose', 'show the output of the programs that are run', false)
    .option('--json', 'print JSON', false);
}
