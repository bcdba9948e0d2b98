import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Run } from '../system/run.ts';

/** What attribute paths start from. */
export type NixRoot =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'flake'; readonly flake: string }
  | { readonly kind: 'expression'; readonly expression: string };

/** Where a derivation is: an attribute of what a Nix file, a flake or an expression evaluates to. */
export interface DerivationRef {
  /** Absolute path of the `.nix` file; of a flake, its `flake.nix`; of an expression, the file that has it, where one has. */
  readonly file: string | undefined;
  /** Attribute path in it, e.g. `authentik-django` or `packages.backend`. */
  readonly attribute: string;
  /** What the path starts from, where that is not what `file` evaluates to. */
  readonly root?: Root;
}

export type Root =
  /** A flake's `packages`, `legacyPackages` and its own attributes, in this order, for the system that Nix builds for. */
  | {
      readonly kind: 'flake';
      readonly url: string;
      /** Folder that the flake's source is a copy of. */
      readonly checkout: string;
    }
  /** Relative paths in it start at the current folder. */
  | {
      readonly kind: 'expression';
      readonly expression: string;
      /** Folder of the build lock, where the derivation names none. */
      readonly folder: string;
    };

/**
 * Where a package is that a configuration, an input or an option names.
 * @param checkout root of the repository; a flake is read as Nix reads one in git: tracked files, changed or not
 * @param file the configuration, where an expression is out of one
 */
export function derivationRef(
  nix: NixRoot,
  attribute: string,
  checkout: string,
  file?: string,
): DerivationRef {
  switch (nix.kind) {
    case 'file':
      return { file: path.resolve(checkout, nix.file), attribute };
    case 'expression':
      return { file, attribute, root: { ...nix, folder: checkout } };
    case 'flake': {
      const folder = path.posix.normalize(nix.flake).replace(/\/$/, '');
      const url = new URL(`git+${pathToFileURL(checkout).href}`);
      // Runners' checkouts are shallow, which Nix refuses unless it is told.
      url.searchParams.set('shallow', '1');
      if (folder !== '.') url.searchParams.set('dir', folder);
      const root = { kind: 'flake', url: url.href, checkout } as const;
      return { file: path.join(checkout, folder, 'flake.nix'), attribute, root };
    }
  }
}

/**
 * As `derivationRef`, for paths that start at a folder which need not be the root of a repository: a person's current one.
 * A flake outside of git is read as Nix reads one there, with all files of its folder.
 */
export async function derivationRefFrom(
  folder: string,
  nix: NixRoot,
  attribute: string,
  run: Run,
): Promise<DerivationRef> {
  if (nix.kind !== 'flake') return derivationRef(nix, attribute, folder);
  const flake = path.resolve(folder, nix.flake);
  const top = await run('git', ['-C', flake, 'rev-parse', '--show-toplevel', '--show-prefix']);
  const [checkout = '', prefix = ''] = top.stdout.split('\n');
  if (top.code === 0) return derivationRef({ kind: 'flake', flake: prefix || '.' }, attribute, checkout);
  const url = `path:${pathToFileURL(flake).pathname}`;
  return { file: path.join(flake, 'flake.nix'), attribute, root: { kind: 'flake', url, checkout: flake } };
}

/** Folder where the build lock is when the derivation names none. */
export function folderOf({ file, root }: DerivationRef): string {
  if (root?.kind === 'expression') return root.folder;
  return path.dirname(file ?? '.');
}

/** What a message calls it, in a sentence. */
export function nameOf({ file, root }: DerivationRef): string {
  return root?.kind === 'expression' || file === undefined ? 'the expression' : `'${file}'`;
}

/** The place that a message about all of it points at. */
export function placeOf({ file }: DerivationRef): { at?: { file: string } } {
  return file === undefined ? {} : { at: { file } };
}
