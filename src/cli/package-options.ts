import type { Command } from 'commander';
import { addNixOptions } from './nix-options.ts';

/** The argument and options of the commands that work on derivations, with the words of the Action's inputs. */
export function addPackageOptions(command: Command): Command {
  return addNixOptions(
    command.argument(
      '[attribute]',
      'attribute of the derivation, or name of a package of the configuration (default: all packages of the configuration)',
    ),
  ).option('--config <file>', 'configuration (default: ".github/uv-fod.toml" of the repository)');
}

/** Options of how a command tells what it does. */
export function addReportOptions(command: Command): Command {
  return command
    .option('--verbose', 'show what the programs that run print', false)
    .option('--json', 'machine-readable', false);
}
