import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../system/errors.ts';
import type { Run } from '../../system/run.ts';
import { type Use, uses } from './uses.ts';

/** The folder that each forge has its workflows in; the forges are named as by the Action's input `forge`. */
export const workflowFolders = {
  github: '.github/workflows',
  forgejo: '.forgejo/workflows',
  gitea: '.gitea/workflows',
} as const;
export type ForgeName = keyof typeof workflowFolders;

/** What a repository shows of the forge that it lives on. */
export interface SeenForge {
  readonly forge: ForgeName;
  /** Those that have their folder of workflows here. */
  readonly folders: readonly ForgeName[];
}

const forges = Object.keys(workflowFolders) as ForgeName[];

/** Which forge a repository lives on: Forgejo's or Gitea's own folder says it, else the remote, where that is Codeberg; else it is GitHub. */
export async function seeForge(root: string, run: Run): Promise<SeenForge> {
  const has = (name: ForgeName): Promise<boolean> =>
    readdir(path.join(root, workflowFolders[name])).then(
      () => true,
      () => false,
    );
  const there = await Promise.all(forges.map(has));
  const folders = forges.filter((_, index) => there[index]);
  const own = folders.find((name) => name !== 'github');
  if (own !== undefined) return { forge: own, folders };
  const remote = await run('git', ['-C', root, 'remote', 'get-url', 'origin']);
  const isCodeberg =
    remote.code === 0 && /^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?codeberg\.org[:/]/.test(remote.stdout);
  return { forge: isCodeberg ? 'forgejo' : 'github', folders };
}

/** The uses that there is a workflow for on a forge. In two jobs one hands the other an artifact, by Actions of GitHub's that refuse other servers. */
export function usesOn(forge: ForgeName): Use[] {
  return (Object.keys(uses) as Use[]).filter((use) => forge === 'github' || use !== 'two-jobs');
}

/**
 * Name of the example that a workflow is made from, below `examples`.
 * @throws UserError `use-not-there` where there is none for this forge
 */
export function exampleFor(forge: ForgeName, use: Use): string {
  if (!usesOn(forge).includes(use))
    throw new UserError(
      'use-not-there',
      `There is no workflow for ${use} on ${forge}, because GitHub's Actions for artifacts refuse other servers; choose another --use, or write it by hand with your server's own (docs/forgejo.md).`,
    );
  return `${forge === 'github' ? 'workflows' : 'forgejo'}/${uses[use]}`;
}

/**
 * What becomes of the workflows in other folders once there is one in this forge's own: Forgejo reads `.github/workflows` only "in the
 * absence of a .forgejo/workflows directory" (its user guide, "Workflows"), and Gitea takes the first folder of `WORKFLOW_DIRS` that is there (modules/actions/workflows.go).
 * @returns a warning; undefined where nothing is lost
 */
export function shadowed(forge: ForgeName, { folders }: SeenForge): string | undefined {
  if (forge === 'github' || folders.includes(forge)) return undefined;
  const others = folders.map((name) => workflowFolders[name]);
  if (others.length === 0) return undefined;
  return `Once there is ${workflowFolders[forge]}, ${forge} runs the workflows of that folder alone: move those of ${others.join(' and ')} that it is to run there too.`;
}
