import { type Command, Option } from 'commander';
import type { NixRoot } from '../nix/target.ts';

/** The options for the Nix code that has the attribute; at most one of them. */
export interface NixOptions {
  readonly file?: string;
  readonly flake?: string;
  readonly expression?: string;
}

/** Adds `--file`, `--flake` and `--expression`, named like the Action's inputs. */
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
