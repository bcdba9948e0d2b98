import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../system/errors.ts';
import type { Run } from '../../system/run.ts';

/** Uses of a workflow, each with the name of its example. */
export const uses = { update: 'bump', updater: 'updater', check: 'check', 'two-jobs': 'two-jobs' } as const;
export type Use = keyof typeof uses;

/** Workflow folder of each forge; names as in the Action's input `forge`. */
export const workflowFolders = {
  github: '.github/workflows',
  forgejo: '.forgejo/workflows',
  gitea: '.gitea/workflows',
} as const;
export type ForgeName = keyof typeof workflowFolders;

const forges = Object.keys(workflowFolders) as ForgeName[];

/** The forge of a repository, as detected. */
export interface SeenForge {
  readonly forge: ForgeName;
  /** Forges whose workflow folder exists. */
  readonly folders: readonly ForgeName[];
}

/**
 * Detects the forge: by a workflow folder of Forgejo or Gitea, otherwise by a remote on Codeberg,
 * otherwise GitHub.
 */
export async function seeForge(root: string, run: Run): Promise<SeenForge> {
  const folders: ForgeName[] = [];
  for (const name of forges)
    if (await readdir(path.join(root, workflowFolders[name])).catch(() => undefined)) folders.push(name);
  const own = folders.find((name) => name !== 'github');
  if (own !== undefined) return { forge: own, folders };
  const { code, stdout } = await run('git', ['-C', root, 'remote', 'get-url', 'origin']);
  const isCodeberg = code === 0 && /^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?codeberg\.org[:/]/.test(stdout);
  return { forge: isCodeberg ? 'forgejo' : 'github', folders };
}

/**
 * Uses that have a workflow on a forge. `two-jobs` needs GitHub's artifact Actions, which refuse
 * other servers.
 */
export function usesOn(forge: ForgeName): Use[] {
  return (Object.keys(uses) as Use[]).filter((use) => forge === 'github' || use !== 'two-jobs');
}

/**
 * Name of the example that a workflow is made from, below `examples`.
 * @throws UserError `use-not-there` if this forge has none
 */
export function exampleFor(forge: ForgeName, use: Use): string {
  if (!usesOn(forge).includes(use))
    throw new UserError(
      'use-not-there',
      `There is no workflow for ${use} on ${forge}, because GitHub's Actions for artifacts refuse other servers. Choose another --use, or write one with your server's own Actions (docs/forgejo.md).`,
    );
  return `${forge === 'github' ? 'workflows' : 'forgejo'}/${uses[use]}`;
}

/**
 * Warns about workflows in other folders, which the forge ignores once its own folder exists.
 * Forgejo reads `.github/workflows` only "in the absence of a .forgejo/workflows directory" (its
 * user guide, "Workflows"), and Gitea reads the first existing folder of `WORKFLOW_DIRS`.
 * @returns undefined if none is ignored
 */
export function shadowed(forge: ForgeName, { folders }: SeenForge): string | undefined {
  if (forge === 'github' || folders.includes(forge) || folders.length === 0) return undefined;
  const others = folders.map((name) => workflowFolders[name]).join(' and ');
  return `${forge} runs only the workflows in ${workflowFolders[forge]} once that folder exists. Move the workflows that it should run there from ${others}.`;
}

/** A file that `init` writes. */
export interface NewFile {
  /** Relative to the root of the repository. */
  readonly path: string;
  readonly text: string;
}

/** The placeholder in documentation and examples for a user's copy of uv-fod at a commit. */
const placeholder = { repository: 'OWNER/uv-fod', commit: '0'.repeat(40) } as const;

/**
 * Makes a workflow from its example: for the packages of the configuration, the repository's
 * branch, and the reviewed commit of the Action.
 *
 * @param example text of examples/workflows/NAME.yml, or of examples/forgejo/NAME.yml
 * @param branch that starts the workflow
 * @param action `owner/name@commit`
 * @param isFlake whether all packages are in flakes, which need no `nix_path`
 */
export function workflowOf(
  example: string,
  {
    forge,
    branch,
    action,
    isFlake = false,
  }: {
    readonly forge: ForgeName;
    readonly branch: string;
    readonly action: string;
    readonly isFlake?: boolean;
  },
): NewFile {
  const name = /^# Copy to \.\w+\/workflows\/([\w-]+\.yml)/m.exec(example)?.[1];
  if (name === undefined) throw new Error('the example does not say where to copy it to');
  const { repository, commit } = placeholder;
  const text = (isFlake ? withoutNixPath(example) : example)
    // Instructions for copying the example by hand.
    .replace(/^# Copy to [^\n]*\n(?:# [^\n]*\n)*/m, (comment) => seeAlso(comment))
    // Not needed, because the configuration lists the packages.
    .replace(/^ *attribute: .*\n/gm, '')
    .replace(/^ *with:\n(?= *(?:- |$|\n))|^ *with:\n$/gm, '')
    .replace(/^( *branches: )\[main\]$/m, (_, key: string) => `${key}[${branchPattern(branch)}]`)
    .replaceAll(`${repository}@${commit} # the commit that you reviewed`, () => action)
    // The address of the Nix library.
    .replaceAll(`${repository}/archive/${commit}`, () => action.replace('@', '/archive/'));
  return { path: `${workflowFolders[forge]}/${name}`, text };
}

const withoutNixPath = (example: string): string =>
  example
    .replace(/^( *# Installs Nix) and sets <nixpkgs>[^\n]*\n *# its own inputs [^\n]*$/m, '$1.')
    .replace(/^ *nix_path: .*\n/gm, '');

function seeAlso(comment: string): string {
  const page = /docs\/[\w-]+\.md(?=\n$)/.exec(comment)?.[0];
  return `# Written by \`uv-fod init\` from an example of uv-fod.${page ? ` How it works: ${page} in its repository.` : ''}\n`;
}

/** A branch name as a GitHub branch filter in YAML; quoted and with escaped wildcards if needed. */
function branchPattern(branch: string): string {
  if (/^[A-Za-z_][\w./-]*$/.test(branch)) return branch;
  return `'${branch.replace(/[+!\]]/g, '\\$&').replaceAll("'", "''")}'`;
}

/**
 * Parses `owner/name@commit`, the form of `uses:`; undefined for anything else and the placeholder.
 */
export function parseAction(text: string): string | undefined {
  const [, owner = '', commit] = /^([A-Za-z0-9][\w-]*)\/[\w.-]+@([0-9a-f]{40})$/.exec(text) ?? [];
  const isPlaceholder = owner.toUpperCase() === 'OWNER' || commit === placeholder.commit;
  return commit === undefined || isPlaceholder ? undefined : text;
}

/**
 * The Action for a workflow: `--action`, otherwise the clone of uv-fod that this program runs from.
 * @param given value of `--action`, already read by `parseAction`
 * @param clone folder that contains `dist/` of this program
 * @throws UserError `action-unknown` if neither names a commit on GitHub
 */
export async function actionOf(given: string | undefined, clone: string, run: Run): Promise<string> {
  const { action, why } = given === undefined ? await actionOfClone(clone, run) : { action: given, why: '' };
  if (action !== undefined) return action;
  throw new UserError(
    'action-unknown',
    `No workflow was written, because the commit of uv-fod for it is unknown: ${why}. Set --action OWNER/NAME@COMMIT to your copy of uv-fod and the commit that you reviewed.`,
  );
}

/** The Action of a clone whose commit is on GitHub, or the reason why it can't be used. */
async function actionOfClone(
  clone: string,
  run: Run,
): Promise<{ readonly action?: string | undefined; readonly why: string }> {
  const git = async (...args: string[]): Promise<string> => {
    const { code, stdout } = await run('git', ['-C', clone, ...args]);
    return code === 0 ? stdout.trim() : '';
  };
  // A copy of the program in another repository is not a clone.
  if (path.resolve(await git('rev-parse', '--show-toplevel')) !== path.resolve(clone))
    return { why: `this program runs from ${clone}, which is not a clone of uv-fod` };
  const remote = await git('remote', 'get-url', 'origin');
  const [, name] =
    /^(?:https:\/\/(?:[^@/]*@)?|(?:ssh:\/\/)?git@)github\.com[:/]([^/]+\/[^/]+?)(?:\.git)?\/?$/.exec(
      remote,
    ) ?? [];
  if (name === undefined)
    return { why: `the remote 'origin' of the clone ${clone} is not a repository on GitHub` };
  const head = await git('rev-parse', 'HEAD');
  // GitHub can run only commits that were pushed.
  const places = ['refs/remotes/origin', 'refs/tags'];
  if ((await git('for-each-ref', '--count=1', '--contains=HEAD', ...places)) === '')
    return {
      why: `HEAD of the clone ${clone}, ${head.slice(0, 7)}, is on no branch of origin and in no tag; push or check out one that is`,
    };
  const action = parseAction(`${name}@${head}`);
  return { action, why: `${name} is a placeholder, not your copy` };
}

/** The branch that workflows run on: the remote's default branch, otherwise the checked-out one. */
export async function branchOf(root: string, run: Run): Promise<string> {
  const git = (...args: string[]) => run('git', ['-C', root, ...args]);
  const remote = await git('symbolic-ref', '--short', 'refs/remotes/origin/HEAD');
  if (remote.code === 0) return remote.stdout.trim().replace(/^origin\//, '');
  const here = await git('symbolic-ref', '--short', 'HEAD');
  return here.code === 0 ? here.stdout.trim() : 'main';
}
