import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'smol-toml';
import { UserError } from '../../system/errors.ts';
import { inFolder } from '../../system/files.ts';
import { noSuchProgram, type Run } from '../../system/run.ts';
import { toolMissing } from '../../system/tools.ts';
import type { Project, ReadText } from '../../uv/lock/project.ts';
import { isTable, tableOf, tablesOf } from '../../uv/lock/reader.ts';
import { parseToml, type TomlTable } from '../../uv/lock/toml.ts';
import { causesOf } from '../../uv/reason.ts';
import { localPackages } from '../lock-state.ts';
import { copyMetadata } from '../metadata-copy.ts';
import {
  optionsOf,
  optionsUntil,
  type Until,
  withOptions,
  withoutMetadata,
  withoutVersions,
} from './lock-text.ts';
import { metadataOf, sourceOnly, withStaticMetadata } from './static-metadata.ts';

interface CopyContext {
  readonly read: ReadText;
  /** Runs uv so that each address that it contacts is approved. */
  readonly contact: Run;
  readonly scratch: string;
}

/** One attempt of uv to lock again. */
export interface Attempt {
  /** By name, the specifier that its versions have to meet, or empty; undefined: all packages. */
  readonly packages: ReadonlyMap<string, string> | undefined;
  /** Not set: as the project's own settings have it. */
  readonly until?: Until | undefined;
}

/**
 * A copy of a project for uv, which has static metadata alone and build requirements that cannot be
 * met: uv runs no build backend, and finds no program of the project.
 */
export interface UvCopy {
  /** Packages that stay as they are, because only a build could show their metadata. */
  readonly left: ReadonlySet<string>;
  /**
   * @returns the lock that `uv lock` makes
   * @throws UserError `upgrade-failed` with uv's reason
   */
  readonly lock: (attempt: Attempt) => Promise<string>;
  /**
   * Has uv check a lock under the project's own settings.
   * @returns the lock as the project has it
   * @throws UserError `upgrade-failed` if uv would lock again
   */
  readonly accepted: (lock: string) => Promise<string>;
}

/**
 * Runs a step with a copy of a project, which is deleted afterwards.
 * @throws UserError `upgrade-failed` if uv must not see the project
 */
export async function inUvCopy<T>(
  project: Project,
  { read, contact, scratch }: CopyContext,
  step: (copy: UvCopy) => Promise<T>,
): Promise<T> {
  const { lock, lockFile } = project;
  return inFolder(path.join(scratch, 'upgrade-'), async (dir) => {
    const text = (await read(lockFile)) ?? '';
    const recorded = recordedMetadata(text, lockFile);
    const local = (await localPackages(project, { read })).map((one) =>
      withStaticMetadata(one, lock, recorded.get(one.name)),
    );
    const { root, refused } = await copyMetadata(project, local, dir, read);
    if (refused !== undefined)
      throw new UserError('upgrade-failed', `${lockFile} can't be upgraded: ${refused} Nothing was changed.`);
    const items = sourceOnly(lock);
    await declare(root, items.map(metadataOf));
    const left = new Set(items.map(({ name }) => name));
    // Their metadata is declared, so none of them is built; otherwise uv would leave them out.
    const source = [...left].map((name) => `--no-binary-package=${name}`);
    const uv = async (...args: readonly string[]): Promise<void> => {
      const always = ['lock', '--no-build', '--no-progress', '--no-python-downloads'];
      const { code, stderr } = await contact('uv', [...always, ...source, ...args, '--directory', root]);
      if (code === noSuchProgram) throw toolMissing('uv');
      if (code !== 0) throw failure(stderr, dir, lockFile);
    };
    // Local packages whose version only a build backend knows.
    const unversioned = local.filter(({ name }) => lock.byName.get(name)?.[0]?.version === undefined);
    const names = new Set(unversioned.map(({ name }) => name));
    const copy = path.join(root, 'uv.lock');
    return step({
      left,
      lock: async ({ packages, until }) => {
        const options = until && optionsUntil(optionsOf(text), until);
        await writeFile(copy, options === undefined ? text : withOptions(text, options));
        await uv(...argumentsFor({ packages, until }));
        return readFile(copy, 'utf8');
      },
      accepted: async (made) => {
        await writeFile(copy, made);
        await uv('--check');
        return withoutVersions(withoutMetadata(made, left), names);
      },
    });
  });
}

const argumentsFor = ({ packages, until }: Attempt): string[] => [
  ...(packages ? [...packages].map(([name, range]) => `--upgrade-package=${name}${range}`) : ['--upgrade']),
  ...(until ? [`--exclude-newer=${until.time}`] : []),
  ...[...(until?.packages ?? [])].map(([name, time]) => `--exclude-newer-package=${name}=${time}`),
];

function failure(stderr: string, dir: string, lockFile: string): UserError {
  const text = stderr.replaceAll(dir, '');
  const [first = '', ...more] = causesOf(text).filter(
    (line) => !/^Using C?P|^Resolving despite|^Ignoring existing|^warning: /.test(line),
  );
  // A package that is not in the lock yet can't be kept.
  const [, young] = /^[^\w\n]*hint: (`[^`]+`) was filtered by `exclude-newer`/m.exec(text) ?? [];
  const fix = /No interpreter found/.test(first)
    ? 'Install that Python in a step before this one'
    : young
      ? `${young} has no release whose age is known to be what minimum-release-age asks for: lock it with 'uv lock' first`
      : "Change what the message names, or run 'uv lock --upgrade' by hand";
  const reason = [`${first}.`, ...more].join(' ').replace(/\.$/, '');
  return new UserError(
    'upgrade-failed',
    `uv can't upgrade ${lockFile}: ${reason.slice(0, 2000)}. Nothing was changed. ${fix}.`,
    { log: stderr },
  );
}

/** `[package.metadata]` of the packages in a lock, by name. */
function recordedMetadata(text: string, file: string): ReadonlyMap<unknown, TomlTable> {
  const { package: tables } = parseToml(text, file);
  return new Map(
    tablesOf(tables).flatMap(({ name, metadata }) => (isTable(metadata) ? [[name, metadata]] : [])),
  );
}

/** Adds static metadata to uv's settings in the copy; the project's own takes precedence. */
async function declare(root: string, metadata: readonly TomlTable[]): Promise<void> {
  if (metadata.length === 0) return;
  const inUvToml = path.join(root, 'uv.toml');
  const text = await readFile(inUvToml, 'utf8').catch(() => undefined);
  const file = text === undefined ? path.join(root, 'pyproject.toml') : inUvToml;
  const document = parseToml(text ?? (await readFile(file, 'utf8')), file);
  const tool = tableOf(document.tool);
  const uv = text === undefined ? tableOf(tool.uv) : document;
  const own = tablesOf(uv['dependency-metadata']);
  const known = new Set(own.map(({ name }) => name));
  const added = metadata.filter(({ name }) => !known.has(name));
  const settings = { ...uv, 'dependency-metadata': [...own, ...added] };
  await writeFile(
    file,
    stringify(text === undefined ? { ...document, tool: { ...tool, uv: settings } } : settings),
  );
}
