import { type Command, InvalidArgumentError, Option } from 'commander';
import { isRootAttribute, rootAttributeText } from '../../config/names.ts';
import type { Effects } from '../effects.ts';
import { addExamples } from '../examples.ts';
import type { Io } from '../io.ts';
import { addNixOptions } from '../nix-options.ts';
import { parseAction } from './action.ts';
import { workflowFolders } from './forges.ts';
import type { InitOptions } from './types.ts';
import { uses } from './uses.ts';

/** Adds `init`: writes a configuration and a workflow for the current repository. */
export function registerInit(program: Command, io: Io, effects: Effects): void {
  const command = addNixOptions(program.command('init'))
    .description('write .github/uv-fod.toml and a workflow for this repository')
    .argument(
      '[attribute]',
      'attribute of the derivation (default: all that evaluation finds)',
      attributePath,
    )
    .addOption(new Option('--use <use>', 'purpose of the workflow').choices(Object.keys(uses)))
    .addOption(
      new Option('--forge <forge>', 'forge of the repository (default: detected)').choices(
        Object.keys(workflowFolders),
      ),
    )
    .option(
      '--action <owner/name@commit>',
      'your copy of uv-fod on GitHub, and the commit that you reviewed (default: those of the clone that this program runs from)',
      actionAt,
    )
    .option('--yes', 'do not ask', false)
    .option('--force', 'overwrite existing files', false)
    .option('--dry-run', 'print what would be written as a diff, and write nothing', false)
    .option('--verbose', 'show the output of the programs that are run', false)
    .option('--json', 'print JSON; do not ask', false)
    .action((attribute: string | undefined, options: Omit<InitOptions, 'attribute'>) =>
      import('./run.ts').then(({ runInit }) => runInit({ ...options, attribute }, io, effects)),
    );
  addExamples(command, [
    ['uv-fod init --dry-run', 'show what would be written'],
    ['uv-fod init --yes', 'the workflow for bumps, for all packages found'],
    ['uv-fod init authentik-django --use check --yes', 'the status check for one attribute'],
    ['uv-fod init --forge forgejo --dry-run', 'the same in .forgejo/workflows'],
  ]);
}

function attributePath(text: string): string {
  if (isRootAttribute(text)) return text;
  throw new InvalidArgumentError(`it takes ${rootAttributeText}.`);
}

function actionAt(text: string): string {
  const action = parseAction(text);
  if (action !== undefined) return action;
  throw new InvalidArgumentError(
    'it takes owner/name@commit, with a full commit of 40 digits (a tag can be moved) and your own owner.',
  );
}
