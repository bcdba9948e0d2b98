import type { Command } from 'commander';
import type { Selection } from '../uv/plan/selection.ts';

/** The options that select a part of a lock, named as in uv. */
export interface SelectionOptions {
  readonly project: string;
  readonly lock?: string;
  readonly package: readonly string[];
  readonly allPackages: boolean;
  readonly extra: readonly string[];
  readonly group: readonly string[];
  readonly defaultGroups: boolean;
}

export function addSelectionOptions(command: Command): Command {
  return command
    .option('--project <dir>', 'folder of the project or workspace member', '.')
    .option('--lock <file>', "lock to read instead of the project's own")
    .option('--package <name>', 'workspace member instead of the folder’s project (repeatable)', collect, [])
    .option('--all-packages', 'every member of the workspace', false)
    .option('--extra <name>', 'extra of the project (repeatable)', collect, [])
    .option('--group <name>', 'dependency group (repeatable)', collect, [])
    .option('--default-groups', 'also the groups that uv sync installs by default', false);
}

export const selectionOf = (options: SelectionOptions): Selection => ({
  packages: options.package,
  allPackages: options.allPackages,
  extras: options.extra,
  groups: options.group,
  defaultGroups: options.defaultGroups,
});

/** Collects the values of a repeatable option. */
export const collect = (value: string, previous: readonly string[]): readonly string[] => [
  ...previous,
  value,
];
