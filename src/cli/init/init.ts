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

/** Adds `init`: writes the configuration and a workflow for the repository of the current folder. */
export function registerInit(program: Command, io: Io, effects: Effects): void {
  const command = addNixOptions(program.command('init'))
    .description('look at this repository, and write .github/uv-fod.toml and a workflow')
    .argument(
      '[attribute]',
      'attribute of the derivation (default: all that are found by evaluation)',
      attributePath,
    )
    .addOption(new Option('--use <use>', 'what the workflow is for').choices(Object.keys(uses)))
    .addOption(
      new Option('--forge <forge>', 'what the repository lives on (default: what it looks like)').choices(
        Object.keys(workflowFolders),
      ),
    )
    .option(
      '--action <owner/name@commit>',
      'your copy of uv-fod on GitHub, and the commit that you reviewed (default: those of the clone that this program is in)',
      actionAt,
    )
    .option('--yes', 'ask nothing', false)
    .option('--force', 'overwrite what is there', false)
    .option('--dry-run', 'show what would be written as a diff, and write nothing', false)
    .option('--verbose', 'show what the programs that run print', false)
    .option('--json', 'machine-readable; asks nothing', false)
    .action((attribute: string | undefined, options: Omit<InitOptions, 'attribute'>) =>
      import('./run.ts').then(({ runInit }) => runInit({ ...options, attribute }, io, effects)),
    );
  addExamples(command, [
    ['uv-fod init --dry-run', 'what it finds and would write'],
    ['uv-fod init --yes', 'the step on a version bump, for all that is found'],
    ['uv-fod init authentik-django --use check --yes', 'the status check, for one attribute'],
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
    'it takes owner/name@commit, with a full commit of 40 digits (a tag can be moved), and not the placeholder OWNER.',
  );
}
