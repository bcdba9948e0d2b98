import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../system/errors.ts';
import type { Run } from '../../system/run.ts';
import { type Use, uses } from './uses.ts';

/** Workflow folder of each forge; names as in the Action's input `forge`. */
export const workflowFolders = {
  github: '.github/workflows',
  forgejo: '.forgejo/workflows',
  gitea: '.gitea/workflows',
} as const;
export type ForgeName = keyof typeof workflowFolders;

/** The forge of a repository, as detected. */
export interface SeenForge {
  readonly forge: ForgeName;
  /** Forges whose workflow folder exists. */
  readonly folders: readonly ForgeName[];
}

const forges = Object.keys(workflowFolders) as ForgeName[];

/**
 * Detects the forge: by a workflow folder of Forgejo or Gitea, else by a remote on Codeberg, else
 * GitHub.
 */
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

/**
 * Uses with a workflow on a forge. GitHub's Actions for artifacts, which two jobs need, refuse
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
  if (forge === 'github' || folders.includes(forge)) return undefined;
  const others = folders.map((name) => workflowFolders[name]);
  if (others.length === 0) return undefined;
  return `${forge} runs only the workflows in ${workflowFolders[forge]} once that folder exists. Move the workflows that it should run there from ${others.join(' and ')}.`;
}
