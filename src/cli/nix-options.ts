import { type Command, Option } from 'commander';
import type { NixRoot } from '../nix/target.ts';

/** The options that say what an attribute's path starts from; one of them at most. */
export interface NixOptions {
  readonly file?: string;
  readonly flake?: string;
  readonly expression?: string;
}

/** Adds `--file`, `--flake` and `--expression`, as the configuration and the Action's inputs have them. */
export function addNixOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--file <file>', 'Nix file that has the attribute (default: "default.nix")').conflicts([
        'flake',
        'expression',
      ]),
    )
    .addOption(
      new Option('--flake <folder>', 'folder of the flake.nix that has the attribute').conflicts(
        'expression',
      ),
    )
    .option('--expression <nix>', 'Nix expression that has the attribute');
}

export function nixRoot({ file = 'default.nix', flake, expression }: NixOptions): NixRoot {
  if (flake !== undefined) return { kind: 'flake', flake };
  if (expression !== undefined) return { kind: 'expression', expression };
  return { kind: 'file', file };
}
