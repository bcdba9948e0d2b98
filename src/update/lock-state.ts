import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../system/errors.ts';
import { noSuchProgram, type Run } from '../system/run.ts';
import type { Project } from '../uv/lock/project.ts';
import { isTable } from '../uv/lock/reader.ts';
import { changedRequirements, dynamicFields } from '../uv/lock/recorded.ts';
import { parseToml, type TomlTable } from '../uv/lock/toml.ts';
import { copyMetadata, type LocalPackage, unbuildable } from './metadata-copy.ts';

/** Whether uv.lock still matches what it was made from. */
export interface LockState {
  readonly kind: 'current' | 'outdated' | 'not-checked';
  /** What is wrong and its fix, or why it was not checked; empty if current. */
  readonly message: string;
}

export interface LockStateContext {
  readonly read: (file: string) => Promise<string | undefined>;
  /** Runs uv so that each address that it contacts is approved. */
  readonly contact: Run;
  readonly scratch: string;
}

/** The state as lines of a check's result. */
export const linesOf = ({ kind, message }: LockState) => ({
  warnings: kind === 'outdated' ? [message] : [],
  notChecked: kind === 'not-checked' ? [message] : [],
});

const current: LockState = { kind: 'current', message: '' };

/**
 * Asks uv whether a project's lock is current (`uv lock --check`), or without uv compares the
 * requirements that the lock records. No build backend runs: what would need one is not checked.
 */
export async function lockState(project: Project, context: LockStateContext): Promise<LockState> {
  const packages = await localPackages(project, context);
  const dynamic = packages.filter(({ pyproject }) => !pyproject || dynamicFields(pyproject).length > 0);
  const asked = dynamic.length > 0 ? undefined : await askUv(project, packages, context);
  if (asked?.kind === 'current') return asked;
  const names = await changedNames(project, packages, dynamic, context);
  if (names.length > 0 || asked?.kind === 'outdated') return outdated(project, names);
  if (dynamic.length === 0) return asked ?? current;
  const which = dynamic.map(({ name }) => name).join(', ');
  return {
    kind: 'not-checked',
    message: `Whether ${project.lockFile} matches its pyproject.toml was not checked: ${which} ${dynamic.length === 1 ? 'has' : 'have'} dynamic metadata.`,
  };
}

function outdated({ lockFile }: Project, names: readonly string[]): LockState {
  const which =
    names.length === 0 ? '' : ` (${names.slice(0, 10).join(', ')}${names.length > 10 ? ', …' : ''})`;
  return {
    kind: 'outdated',
    message: `${lockFile} no longer matches its pyproject.toml${which}: run 'uv lock' and commit the result.`,
  };
}

async function localPackages({ lock, root }: Project, { read }: LockStateContext): Promise<LocalPackage[]> {
  const found = lock.packages.flatMap(({ name, source }) =>
    source.kind === 'directory' || source.kind === 'editable' || source.kind === 'virtual'
      ? [{ name, folder: path.resolve(root, source.path) }]
      : [],
  );
  return Promise.all(
    found.map(async ({ name, folder }) => {
      const file = path.join(folder, 'pyproject.toml');
      const text = await read(file);
      return { name, folder, pyproject: text === undefined ? undefined : parseToml(text, file) };
    }),
  );
}

/** @returns undefined if there is no uv */
async function askUv(
  project: Project,
  packages: readonly LocalPackage[],
  { read, contact, scratch }: LockStateContext,
): Promise<LockState | undefined> {
  const dir = await mkdtemp(path.join(scratch, 'metadata-'));
  try {
    const copied = await copyMetadata(project, packages, dir, read);
    if (copied.refused !== undefined) return notChecked(project, copied.refused);
    const args = ['lock', '--check', '--no-build', '--no-progress', '--no-python-downloads'];
    const { code, stderr } = await contact('uv', [...args, '--directory', copied.root]);
    if (code === noSuchProgram) return undefined;
    if (code === 0) return current;
    if (isOutdated.test(stderr)) return outdated(project, []);
    const cause = /^(?:error: |\s*cause: |\s*[×╰─▶]+ )(.+)$/m.exec(stderr)?.[1] ?? `uv ended with ${code}`;
    return notChecked(project, cause);
  } catch (error) {
    if (error instanceof UserError) return notChecked(project, error.message);
    throw error;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/**
 * uv reports it, or it tried to lock again, for which it would have to build: it does neither for a
 * lock that is current (uv, crates/uv/src/commands/project/lock.rs).
 */
const isOutdated = new RegExp(`needs to be updated|No solution found when resolving|${unbuildable}`);

const notChecked = ({ lockFile }: Project, why: string): LockState => ({
  kind: 'not-checked',
  message: `Whether ${lockFile} matches its pyproject.toml was not checked: ${why}`,
});

/** The requirements that differ from those in the lock, of packages whose metadata is static. */
async function changedNames(
  { lockFile }: Project,
  packages: readonly LocalPackage[],
  dynamic: readonly LocalPackage[],
  { read }: LockStateContext,
): Promise<string[]> {
  const { package: tables } = parseToml((await read(lockFile)) ?? '', lockFile);
  const recorded = new Map<unknown, TomlTable>();
  for (const one of Array.isArray(tables) ? tables.filter(isTable) : []) {
    if (isTable(one.metadata)) recorded.set(one.name, one.metadata);
  }
  const names = packages
    .filter((one) => !dynamic.includes(one))
    .flatMap(({ name, pyproject }) => {
      const metadata = recorded.get(name);
      return metadata && pyproject ? changedRequirements(metadata, pyproject) : [];
    });
  return [...new Set(names)].sort();
}
