import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../system/errors.ts';
import { inFolder } from '../system/files.ts';
import { repositoryOf } from '../system/inside.ts';
import { noSuchProgram, type Run } from '../system/run.ts';
import type { Project } from '../uv/lock/project.ts';
import { changedRequirements, dynamicFields } from '../uv/lock/recorded.ts';
import { isTree } from '../uv/lock/source.ts';
import { parseToml } from '../uv/lock/toml.ts';
import { causesOf } from '../uv/reason.ts';
import type { Context } from './context.ts';
import { copyMetadata, type LocalPackage, unbuildable } from './metadata-copy.ts';
import { optionsOf } from './upgrade/lock-text.ts';

type LockStateContext = Pick<Context, 'read' | 'contact' | 'scratch'>;

/** Results of a check in addition to the hash, as lines of text. */
export interface LockLines {
  /** Problems, each with its fix. */
  readonly warnings: readonly string[];
  /** Checks that were not done, each with the reason. */
  readonly notChecked: readonly string[];
}

/**
 * Asks uv whether a lock is current (`uv lock --check`), or without uv compares the requirements
 * that the lock records. No build backend runs: packages that need one are not checked.
 * @returns no lines if it is current
 */
export async function lockState(project: Project, context: LockStateContext): Promise<LockLines> {
  const { root, lockFile } = project;
  const current = { warnings: [], notChecked: [] };
  const packages = await localPackages(project, context);
  const dynamic = packages.filter(({ pyproject }) => !pyproject || dynamicFields(pyproject).length > 0);
  const asked = dynamic.length > 0 ? undefined : await askUv(project, packages, context);
  if (asked?.kind === 'current') return current;
  // Relative, because the lines are in a report that is the same for every checkout.
  const file = path.relative((await repositoryOf(root)) ?? root, lockFile);
  const names = changedNames(packages, dynamic);
  if (names.length > 0 || asked?.kind === 'outdated')
    return { ...current, warnings: [outdatedText(file, names)] };
  const [one, ...others] = dynamic.map(({ name }) => name);
  const why =
    one && `${[one, ...others].join(', ')} ${others.length === 0 ? 'has' : 'have'} dynamic metadata.`;
  const reason = why ?? asked?.why;
  const notChecked = `Whether ${file} matches its pyproject.toml was not checked: ${reason}`;
  return reason === undefined ? current : { ...current, notChecked: [notChecked] };
}

function outdatedText(file: string, names: readonly string[]): string {
  const which =
    names.length === 0 ? '' : ` (${names.slice(0, 10).join(', ')}${names.length > 10 ? ', …' : ''})`;
  return `${file} no longer matches its pyproject.toml${which}: run 'uv lock' and commit the result.`;
}

/** The packages of a lock whose files are in the repository. */
export async function localPackages(
  { lock, root }: Project,
  { read }: Pick<LockStateContext, 'read'>,
): Promise<LocalPackage[]> {
  const found = lock.packages.flatMap(({ name, source, metadata: recorded }) =>
    isTree(source) ? [{ name, folder: path.resolve(root, source.path), recorded }] : [],
  );
  return Promise.all(
    found.map(async (one) => {
      const file = path.join(one.folder, 'pyproject.toml');
      const text = await read(file);
      return { ...one, pyproject: text === undefined ? undefined : parseToml(text, file) };
    }),
  );
}

type UvAnswer =
  | { readonly kind: 'current' | 'outdated'; readonly why?: undefined }
  | { readonly kind: 'not-checked'; readonly why: string };

/** @returns undefined if uv is missing */
async function askUv(
  project: Project,
  packages: readonly LocalPackage[],
  { read, contact, scratch }: LockStateContext,
): Promise<UvAnswer | undefined> {
  return inFolder(path.join(scratch, 'metadata-'), async (dir) => {
    try {
      const copied = await copyMetadata(project, packages, dir, read);
      if (copied.refused !== undefined) return { kind: 'not-checked', why: copied.refused };
      return await runUv(copied.root, dir, contact);
    } catch (error) {
      if (error instanceof UserError) return { kind: 'not-checked', why: error.message };
      throw error;
    }
  });
}

/**
 * @param root the project in the copy
 * @param dir all of the copy
 */
async function runUv(root: string, dir: string, contact: Run): Promise<UvAnswer | undefined> {
  const args = ['lock', '--check', '--no-build', '--no-progress', '--no-python-downloads'];
  const until = lockedUntil(await readFile(path.join(root, 'uv.lock'), 'utf8'));
  const { code, stderr } = await contact('uv', [...args, ...until, '--directory', root]);
  if (code === noSuchProgram) return undefined;
  if (code === 0) return { kind: 'current' };
  if (isOutdated.test(stderr)) return { kind: 'outdated' };
  const cause = causesOf(stderr).at(-1) ?? `uv ended with ${code}`;
  return { kind: 'not-checked', why: cause.replaceAll(dir, '') };
}

/** The option of a lock that was made with `--exclude-newer`; without it, uv calls it outdated. */
function lockedUntil(lock: string): string[] {
  const options = optionsOf(lock);
  const day = /^exclude-newer = "([^"]+)"$/m.exec(options)?.[1];
  return day === undefined || options.includes('exclude-newer-span') ? [] : [`--exclude-newer=${day}`];
}

/**
 * Matches uv's report of an outdated lock, and the failure of an attempt to lock again, which would
 * have to build. For a current lock there is neither (uv, crates/uv/src/commands/project/lock.rs).
 */
const isOutdated = new RegExp(`needs to be updated|No solution found when resolving|${unbuildable}`);

/** The requirements that differ from those in the lock, of packages whose metadata is static. */
function changedNames(packages: readonly LocalPackage[], dynamic: readonly LocalPackage[]): string[] {
  const names = packages.flatMap((one) => {
    const { recorded, pyproject } = one;
    return recorded && pyproject && !dynamic.includes(one) ? changedRequirements(recorded, pyproject) : [];
  });
  return [...new Set(names)].sort();
}
